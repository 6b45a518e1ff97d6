# SPDX-License-Identifier: EUPL-1.2
"""The terms of what a charter owes a person: of a remedy to be delivered, of a claim to be decided.

Each is a clock like those of requests, in business days of the body: it moves when its calendar does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet

from siac.cases.public import CASES_WITHOUT_UNIT, case_names
from siac.charters.models import Claim, Remedy
from siac.charters.sealing import claim_digest, remedy_digest
from siac.clocks.public import (
    Amount,
    Clock,
    ClockSpec,
    Moved,
    Named,
    Unit,
    copy_planned,
    plan_clock,
    versions_for,
)
from siac.journal.public import NewEntry, record_many
from siac.organizations.public import Institution

REMEDY = "remedy"
CLAIM = "claim"
_DIGESTS: dict[str, Callable[[Any], str]] = {REMEDY: remedy_digest, CLAIM: claim_digest}
_OF_CASE: dict[str, tuple[Any, str]] = {REMEDY: (Remedy, "breach__case"), CLAIM: (Claim, "case")}


def planned(institution: Institution, subject: str, label: str, days: int, *, now: datetime) -> Clock:
    """Return the clock, unsaved, of something owed within `days` business days of `now`. No SQL when warm.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    spec = ClockSpec(
        institution_id=institution.pk, subject_type=subject, subject_id=0, kind=subject, label=label[:200],
        place=institution.place, time_zone=institution.time_zone, event_at=now,
        amount=Amount(days, Unit.BUSINESS_DAYS), channel=None,
    )  # fmt: skip
    return plan_clock(spec, versions=versions_for(institution))


def begin(clocks: Iterable[tuple[Clock, int]]) -> None:
    """Save planned clocks, each with the key of its subject (1 SQL, however many)."""
    rows = []
    for clock, subject_id in clocks:
        clock.subject_id = subject_id
        rows.append(clock)
    if rows:
        copy_planned(rows)


def follow_moved(moves: Sequence[Moved], now: datetime) -> None:
    """Put the days to which a change of calendar moved terms on what they are of, each told in the history of
    its request; 3 SQL for each body.
    """
    for institution_id in sorted({move.institution_id for move in moves}):
        own = [move for move in moves if move.institution_id == institution_id]
        model, case = _OF_CASE[own[0].subject_type]
        rows = model.objects.filter(institution_id=institution_id, pk__in=[move.subject_id for move in own])
        found = {row.pk: row for row in rows.annotate(of_case=F(f"{case}_id"))}
        own = [move for move in own if move.subject_id in found]
        for move in own:
            found[move.subject_id].due_on = move.due_to
        model.objects.bulk_update(found.values(), ["due_on"])
        entries = [
            NewEntry(
                stream=f"case:{found[move.subject_id].of_case}",
                kind=f"charters.{move.subject_type}_moved",
                data={
                    move.subject_type: move.subject_id, "from": move.due_from.isoformat(),
                    "to": move.due_to.isoformat(),
                    "digest": _DIGESTS[move.subject_type](found[move.subject_id]),
                },
            )
            for move in own
        ]  # fmt: skip
        record_many(institution_id, entries, at=now)


class Owed:
    """How remedies, or claims, are known to their clocks."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.model, self.case = _OF_CASE[subject]

    def _rows(self, institution_id: int) -> QuerySet[Any]:
        rows: QuerySet[Any, Any] = self.model.objects.filter(institution_id=institution_id)
        return rows

    def lock(self, ids: Sequence[int]) -> None:
        """Lock the rows, the lowest id first (1 SQL)."""
        rows = self.model.objects.select_for_update(of=("self",)).filter(pk__in=ids)
        list(rows.order_by("pk").values_list("pk"))

    def names(self, institution_id: int, ids: Sequence[int]) -> Mapping[int, Named]:
        """Return the request, page and unit of each by id; a restricted one gives nothing away (3 SQL)."""
        of_case = dict(self._rows(institution_id).filter(pk__in=ids).values_list("pk", self.case))
        told = case_names(institution_id, sorted(set(of_case.values())))
        return {pk: told[case_id] for pk, case_id in of_case.items()}

    def by_unit(self, institution_id: int, ids: Sequence[int]) -> Mapping[str, int]:
        """Return how many of some each unit has (1 SQL)."""
        name = f"{self.case}__unit__name"
        rows = self._rows(institution_id).filter(pk__in=ids).order_by(name).values_list(name)
        return {unit or CASES_WITHOUT_UNIT: count for unit, count in rows.annotate(count=Count("pk"))}

    def within(self, institution_id: int, units: Collection[int], or_none: bool) -> QuerySet[Any, Any]:
        """Return the query of the ids of those whose term counts at the place of the body, asked with
        `or_none`; a unit's place is that of none.
        """
        rows = self._rows(institution_id)
        return (rows if or_none else rows.none()).values("pk")
