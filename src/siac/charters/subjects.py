# SPDX-License-Identifier: EUPL-1.2
"""On what a promise is not kept: a request, an attention, or a period of a figure, as staff read of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from siac.cases.public import (
    CASES_WITHOUT_UNIT,
    attention_names,
    case_names,
    lock_attentions,
    lock_cases,
    may_read_cases,
    openable,
    readable_attentions,
    seen_by,
)
from siac.charters.models import Breach
from siac.clocks.public import Named
from siac.indicators.public import period_words
from siac.organizations.public import Access, Institution, unit_tree

BREACH_OF = ("breach__case", "breach__interaction__case", "breach__result")
"""What a remedy is read along with to tell of what it is owed for."""
RESTRICTED, ELSEWHERE = "Reservada", "De otra unidad"


@dataclass(frozen=True, slots=True)
class Told:
    """On what a promise was not kept, as somebody may read of it; without `url` it is not theirs to open."""

    name: str
    url: str = ""
    unit: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether not even its name is told."""
        return self.name in (RESTRICTED, ELSEWHERE)


def told(access: Access, breaches: Sequence[Breach]) -> dict[int, Told]:
    """Return on what each promise was not kept, by the primary key of its breach, which was read with all
    three (2 SQL).
    """
    slug = access.institution.slug
    cases = openable(access, [row.case_id for row in breaches if row.case_id is not None])
    attentions = readable_attentions(
        access, [row.interaction_id for row in breaches if row.interaction_id is not None]
    )
    found = {}
    for row in breaches:
        if row.case is not None:
            unit = _unit(access.institution, row.case.unit_id)
            if row.case_id in cases:
                page = reverse("workspace:cases:case", args=[slug, row.case.folio])
                found[row.pk] = Told(str(row.case.folio), page, unit)
            else:
                restricted = row.case.is_restricted
                found[row.pk] = Told(RESTRICTED) if restricted else Told(ELSEWHERE, unit=unit)
        elif row.interaction is not None:
            unit = _unit(access.institution, row.interaction.unit_id)
            page = reverse("workspace:cases:attention", args=[slug, row.interaction.pk])
            is_open, case = row.interaction_id in attentions, row.interaction.case
            if case is not None and case.is_restricted and not is_open:
                found[row.pk] = Told(RESTRICTED)
            else:
                found[row.pk] = Told(f"Atención {row.interaction_id}", page if is_open else "", unit)
        else:
            found[row.pk] = _of_period(access.institution, row)
    return found


def _unit(institution: Institution, unit_id: int | None) -> str:
    node = unit_tree(institution).nodes.get(unit_id) if unit_id else None
    return node.name if node else ""


def _of_period(institution: Institution, row: Breach) -> Told:
    if row.result is None:
        raise AssertionError("a breach is of something")
    page = reverse("workspace:charters:charter", args=[institution.slug, row.result.charter_id])
    name = period_words(row.commitment.moment, row.result.first)
    return Told(name[:1].upper() + name[1:], page, _unit(institution, row.commitment.responsible_id))


def names(institution: Institution, breaches: Sequence[Breach]) -> Mapping[int, Named]:
    """Return what people call that on which promises were not kept, its page and unit, by the primary key of
    the breach; a restricted request gives nothing away (3 SQL).
    """
    cases = case_names(institution.pk, sorted({row.case_id for row in breaches if row.case_id is not None}))
    of_attentions = sorted({row.interaction_id for row in breaches if row.interaction_id is not None})
    attentions = attention_names(institution.pk, of_attentions)
    found = {}
    for row in breaches:
        if row.case_id is not None:
            found[row.pk] = cases[row.case_id]
        elif row.interaction_id is not None:
            found[row.pk] = attentions[row.interaction_id]
        else:
            of = _of_period(institution, row)
            found[row.pk] = Named(of.name, of.url, of.unit or CASES_WITHOUT_UNIT)
    return found


def of_unit(access: Access, unit_id: int, *, through: str) -> Q:
    """Return what holds of the rows whose breach, along `through`, is of a unit and is told to the holder of
    `access`: which unit has a restricted request is told to whoever may open it. No SQL.
    """

    def is_told(case: str) -> Q:
        told = Q(**{f"{case}is_restricted": False})
        return told | seen_by(access, through=case) if may_read_cases(access) else told

    of_case = is_told(f"{through}case__") & Q(**{f"{through}case__unit": unit_id})
    filed = f"{through}interaction__case"
    of_attention = (Q(**{filed: None}) | is_told(f"{filed}__")) & Q(
        **{f"{through}interaction__unit": unit_id}
    )
    of_period = Q(**{f"{through}result__isnull": False, f"{through}commitment__responsible": unit_id})
    return of_case | of_attention | of_period


def unit_of(row: Breach) -> int | None:
    """Return the unit that has that on which a promise was not kept. No SQL when it was read along."""
    if row.case is not None:
        return row.case.unit_id
    return row.interaction.unit_id if row.interaction is not None else row.commitment.responsible_id


def lock(breaches: QuerySet[Breach]) -> None:
    """Lock the requests and attentions of breaches before anything of these, as every command of a request
    does (3 SQL at most).
    """
    rows = list(breaches.values_list("case_id", "interaction_id"))
    lock_cases(sorted({case for case, _ in rows if case is not None}))
    attentions = sorted({attention for _, attention in rows if attention is not None})
    if attentions:
        lock_attentions(attentions)


def by_unit(institution: Institution, breaches: Iterable[Breach]) -> Mapping[str, int]:
    """Return how many breaches, read with all three, each unit has. No SQL when warm."""
    found: dict[str, int] = {}
    for row in breaches:
        name = _unit(institution, unit_of(row)) or CASES_WITHOUT_UNIT
        found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))
