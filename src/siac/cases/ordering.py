# SPDX-License-Identifier: EUPL-1.2
"""In which order the work list stands: as its view says, or by the column that somebody chose."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from siac.cases.domain.asking import Asks
from siac.cases.domain.states import State
from siac.cases.models import Case, DraftState
from siac.cases.queries import DUE_FIRST, View

ORDERS: Mapping[str, tuple[str, ...]] = {
    "vence": DUE_FIRST,
    "folio": ("year", "number", "pk"),
    "asunto": ("subject_key", "pk"),
    "unidad": ("unit__sort_key", "due_on", "pk"),
    "estado": ("asks", "due_on", "pk"),
}
"""Columns by the code of their head. Names of people are sealed, so that nothing can be ordered by them."""
_LONG = frozenset({"cerradas", "todas"})
"""Views without end: only what an index keeps in order is offered there."""
_ACCENTED, _PLAIN = "áéíóúüàèìòùâêîôûäëïöçñ", "aeiouuaeiouaeiouaeiocñ"


def sortable(view: View) -> frozenset[str]:
    """Return by which columns a view can be ordered."""
    return frozenset({"folio"} if view.code in _LONG else ORDERS)


def chosen_order(view: View, params: Mapping[str, str]) -> tuple[str, bool]:
    """Return the column that the parameter `orden` names («-folio» downwards) and
    whether it goes down; "" as the view says.
    """
    code = params.get("orden", "")
    column = code.removeprefix("-")
    if column not in sortable(view):
        return ("vence", False) if view.order == DUE_FIRST else ("", False)
    return column, code.startswith("-")


def order_of(view: View, params: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns by which the list under `params` stands; the last is unique."""
    column, downwards = chosen_order(view, params)
    if not column:
        return view.order
    first, *rest = ORDERS[column]
    if not downwards:
        return (first, *rest)
    return (f"-{first}", *((f"-{name}" for name in rest) if column == "folio" else rest))


def with_order(cases: QuerySet[Case], order: tuple[str, ...]) -> QuerySet[Case]:
    """Bring along what `order` names beside the columns of a case."""
    made: dict[str, Any] = {"subject_key": _subject_key(), "asks": asks()}
    return cases.annotate(**{name: made[name] for name in made if order[0].lstrip("-") == name})


def asks() -> models.Case:
    """Return what a case asks for, as a number (`Asks`); with the answer that waits to be approved."""
    is_open = Q(state__in=[State.RECEIVED, State.WITH_UNIT])
    return models.Case(
        When(state=State.WAITING, then=Value(Asks.WAIT)),
        When(is_open & Q(unit=None), then=Value(Asks.ROUTE)),
        When(is_open & Q(answer_draft__state=DraftState.REVIEW), then=Value(Asks.APPROVE)),
        default=Value(Asks.NOTHING),
        output_field=models.IntegerField(),
    )


def _subject_key() -> Func:
    """Return the subject as a dictionary orders it: no capitals nor accents, ñ after n."""
    accents = Value(_ACCENTED + _ACCENTED.upper()), Value(_PLAIN * 2)
    plain = Lower(Func(F("text__subject"), *accents, function="translate", output_field=models.CharField()))
    return Func(plain, Value("ñ"), Value("n~"), function="replace", output_field=models.CharField())
