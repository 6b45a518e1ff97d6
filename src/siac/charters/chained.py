# SPDX-License-Identifier: EUPL-1.2
"""Promises as a link of the chain from a service to what was mended: how each is kept, what became of what
was broken, its last closed period, and which findings are about it; of all promises at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from siac.charters.commands.freezing import SUBJECT
from siac.charters.found import BREACH
from siac.charters.models import WAITING, Breach, Commitment, PeriodResult, RemedyState
from siac.charters.queries import commitments
from siac.charters.standings import Standing, is_late_open, lineage, standings
from siac.charters.subjects import Told, told
from siac.organizations.public import Access, Institution

ABOUT_PROMISES = (SUBJECT, BREACH)
"""Kinds of things by which a finding is about a promise."""
_STATES: Mapping[str, Sequence[str]] = {
    "owed": WAITING,
    "delivered": (RemedyState.DELIVERED,),
    "refused": (RemedyState.REFUSED, RemedyState.UNDONE),
}


@dataclass(frozen=True, slots=True)
class Became:
    """How often a promise was broken in some days, and what became of what that owed."""

    breaches: int = 0
    owed: int = 0
    delivered: int = 0
    refused: int = 0
    late_open: int = 0
    """Of all days until the last: requests that had no answer then."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise in force with how it is kept, what became of its breaches, and its last closed period (None:
    none is closed yet).
    """

    standing: Standing
    became: Became
    closed: PeriodResult | None

    @property
    def commitment(self) -> Commitment:
        """The promise."""
        return self.standing.commitment


def kept_promises(institution: Institution, *, first: date, last: date) -> list[Kept]:
    """Return each commitment in force on `last` with how it was kept from `first` to `last`, local days
    before today (2 SQL when warm however many promises, and 1 more for each of: figures of cases, other
    units, other figures).
    """
    became, closed = _became(institution, first, last), _newest_closed(institution)
    lines = standings(
        institution, first=first, last=last, is_dated=False,
        late={of: each.late_open for of, each in became.items()},
    )  # fmt: skip
    return [
        Kept(
            line, became.get(lineage(line.commitment), Became()), closed.get(lineage(line.commitment))
        )
        for line in lines
    ]  # fmt: skip


def _became(institution: Institution, first: date, last: date) -> dict[tuple[int, str], Became]:
    due = Q(due_on__gte=first)
    counts = {
        name: Count("pk", filter=due & Q(remedy__state__in=[str(each) for each in states]))
        for name, states in _STATES.items()
    }
    counts["late"] = Count("case", filter=is_late_open(institution, last), distinct=True)
    rows = Breach.objects.filter(institution=institution, due_on__lte=last).order_by()
    known, found = commitments(institution), dict[tuple[int, str], Became]()
    counts["n"] = Count("pk", filter=due)
    told: Any = rows.values("commitment_id").annotate(**counts)
    for row in told:
        of = lineage(known[row["commitment_id"]])
        before = found.get(of, Became())
        found[of] = Became(
            before.breaches + row["n"], before.owed + row["owed"], before.delivered + row["delivered"],
            before.refused + row["refused"], before.late_open + row["late"],
        )  # fmt: skip
    return found


def _newest_closed(institution: Institution) -> dict[tuple[int, str], PeriodResult]:
    rows = PeriodResult.objects.filter(institution=institution)
    newest = rows.order_by("charter_id", "code", "-last", "-pk").distinct("charter_id", "code")
    return {(row.charter_id, row.code): row for row in newest}


def breaches_among(
    institution: Institution, promises: Sequence[Commitment], *, first: date, last: date, became: str = ""
) -> QuerySet[Breach]:
    """Return the breaches that `kept_promises` counts of some promises in the same days, all of them or those
    that `became` owed, delivered or refused, read with what they are about. Lazy: no SQL until it is read.
    """
    wanted = {lineage(each) for each in promises}
    own = [pk for pk, each in commitments(institution).items() if lineage(each) in wanted]
    rows = Breach.objects.filter(
        institution=institution, commitment__in=own, due_on__range=(first, last)
    ).select_related("commitment__edition", "case", "interaction__case", "result", "remedy")
    return rows.filter(remedy__state__in=[str(each) for each in _STATES[became]]) if became else rows


def breach_subjects(access: Access, rows: Sequence[Breach]) -> Mapping[int, Told]:
    """Return on what each promise was not kept, by breach, as somebody may read of it (2 SQL)."""
    return told(access, rows)


def promises_found(
    institution: Institution, subjects: Sequence[tuple[str, int]]
) -> dict[tuple[str, int], tuple[int, str]]:
    """Return the charter and code of the promise that things named by findings are about: closed periods and
    breaches, by kind and key (1 SQL, none of nothing).
    """
    results = [pk for kind, pk in subjects if kind == SUBJECT]
    broken = [pk for kind, pk in subjects if kind == BREACH]
    if not results and not broken:
        return {}
    columns = ("pk", "told_kind", "told_charter", "told_code")
    of_results: QuerySet[Any] = PeriodResult.objects.filter(institution=institution, pk__in=results)
    of_breaches: QuerySet[Any] = Breach.objects.filter(institution=institution, pk__in=broken)
    both = (
        of_results.order_by()
        .annotate(
            told_kind=Value(SUBJECT, output_field=CharField()), told_charter=F("charter_id"),
            told_code=F("code"),
        )
        .values_list(*columns)
        .union(
            of_breaches.order_by()
            .annotate(
                told_kind=Value(BREACH, output_field=CharField()),
                told_charter=F("commitment__edition__charter_id"), told_code=F("commitment__code"),
            )
            .values_list(*columns),
            all=True,
        )
    )  # fmt: skip
    return {(kind, pk): (charter, code) for pk, kind, charter, code in both}
