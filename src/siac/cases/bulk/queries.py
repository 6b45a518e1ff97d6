# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about bulk actions: the latest of a person, why rows do not change, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from siac.cases.access import seen_by
from siac.cases.bulk.domain import ACTS
from siac.cases.models import BulkAction, BulkRow, BulkRowState
from siac.cases.queries import topics_named, unit_names
from siac.cases.texts import refusal_context
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, colleagues
from siac.ui.public import refusal_text

SHOWN = 100
_PLAIN = {"asignar": "Asignar", "derivar": "Derivar", "clasificar": "Clasificar"}


def bulk_actions(access: Access) -> QuerySet[BulkAction]:
    """Return what this user did, or prepares to do, to many cases; the newest first.

    Nobody sees another's.

    Lazy: no SQL until it is read.
    """
    return BulkAction.objects.filter(
        institution=access.institution, requested_by=access.user, code__in=ACTS
    ).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Why:
    """A reason not to change, in Spanish, and how many cases it holds for."""

    sentence: str
    count: int


def why_not(bulk: BulkAction) -> list[Why]:
    """Return why cases do not change, the most common reason first (1 SQL)."""
    rows = bulk.rows.filter(state=BulkRowState.REFUSED).values_list("reason", "context")
    found = rows.annotate(count=Count("pk")).order_by("-count", "reason")
    return [Why(sentence(reason, context), count) for reason, context, count in found]


def sentence(reason: str, context: dict[str, str]) -> str:
    """Return the words for what was kept of a refusal. No SQL."""
    words = refusal_context(context["move"], context["state"]) if "move" in context else {}
    return refusal_text(Refused(reason, **{**context, **words}))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that does not change: its folio and subject where the reader still sees it, and why."""

    folio: str
    subject: str
    why: str


def left_out(access: Access, bulk: BulkAction, *, limit: int | None = SHOWN) -> Iterator[LeftOut]:
    """Yield the cases that do not change, oldest first (1 SQL); what the reader
    no longer sees is told without its name.
    """
    rows = (
        BulkRow.objects.filter(action=bulk, state=BulkRowState.REFUSED)
        .select_related("case__text")
        .only("reason", "context", "case__year", "case__number", "case__text__subject")
        .annotate(is_seen=ExpressionWrapper(seen_by(access, through="case__"), BooleanField()))
        .order_by("case_id")
    )
    for row in rows[:limit] if limit else rows.iterator(chunk_size=1000):
        seen = vars(row)["is_seen"]
        yield LeftOut(
            row.case.folio if seen else "",
            row.case.text.subject if seen else "",
            sentence(row.reason, row.context),
        )


def what_it_does(institution: Institution, bulk: BulkAction) -> str:
    """Return what a bulk action does, in words: «Asignar a Ana Soto».

    1 SQL where somebody is named, else none when warm.
    """
    act = ACTS[bulk.code]
    if act.value and act.value not in bulk.values:  # not chosen yet, or forgotten: nobody is not "no one"
        return _PLAIN[bulk.code]
    value: Any = bulk.values.get(act.value)
    if bulk.code == "asignar":
        return (
            f"Asignar a {dict(colleagues(institution)).get(value, 'otra persona')}"
            if value
            else "Dejar sin responsable"
        )
    if bulk.code == "derivar":
        return f"Derivar a {unit_names(institution).get(value, 'otra unidad')}"
    if bulk.code == "clasificar":
        return (
            f"Clasificar con el tema {topics_named(institution).get(value, 'otro')}"
            if value
            else "Dejar sin tema"
        )
    return "Cerrar"


def selection_filter(access: Access, value: str) -> tuple[str, Q] | None:
    """Build the filter `seleccion`: the cases that this very user marked for a
    bulk action; no SQL of its own.

    What a colleague marked is nobody else's: it leaves no case.
    """
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        return None
    rows = BulkRow.objects.filter(
        action=int(value), action__institution=access.institution, action__requested_by=access.user
    )
    return f"Selección N.º {value}", Q(pk__in=rows.values("case_id"))
