# SPDX-License-Identifier: EUPL-1.2
"""The terms of what a charter owes a person: of a remedy to be delivered, of a claim to be decided.

Each is a clock like those of requests, in business days of the body: it moves when its calendar does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from siac.cases.public import CASES_WITHOUT_UNIT, case_names
from siac.charters import subjects
from siac.charters.models import Claim, Remedy
from siac.charters.sealing import claim_digest, remedy_digest
from siac.charters.subjects import BREACH_OF
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
from siac.organizations.public import Institution, institution_of

REMEDY = "remedy"
CLAIM = "claim"
_MODELS: dict[str, Any] = {REMEDY: Remedy, CLAIM: Claim}
_DIGESTS: dict[str, Callable[[Any], str]] = {REMEDY: remedy_digest, CLAIM: claim_digest}


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


def _held(subject: str, institution_id: int, ids: Collection[int]) -> list[Any]:
    """Return remedies, or claims, of a body, read with what they are of (1 SQL)."""
    if subject == CLAIM:
        return list(Claim.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk"))
    rows = Remedy.objects.filter(institution_id=institution_id, pk__in=ids)
    return list(rows.select_related("breach__commitment", *BREACH_OF).order_by("pk"))


def _stream(row: Any) -> str:
    return f"case:{row.case_id}" if isinstance(row, Claim) else row.breach.stream


def follow_moved(moves: Sequence[Moved], now: datetime) -> None:
    """Put the days to which a change of calendar moved terms on what they are of, each told in the history of
    that; 3 SQL for each body.
    """
    for institution_id in sorted({move.institution_id for move in moves}):
        own = {move.subject_id: move for move in moves if move.institution_id == institution_id}
        subject = next(iter(own.values())).subject_type
        rows = _held(subject, institution_id, own)
        for row in rows:
            row.due_on = own[row.pk].due_to
        _MODELS[subject].objects.bulk_update(rows, ["due_on"])
        entries = [
            NewEntry(
                stream=_stream(row),
                kind=f"charters.{subject}_moved",
                data={
                    subject: row.pk, "from": own[row.pk].due_from.isoformat(),
                    "to": own[row.pk].due_to.isoformat(), "digest": _DIGESTS[subject](row),
                },
            )
            for row in rows
        ]  # fmt: skip
        record_many(institution_id, entries, at=now)


class Owed:
    """How remedies, or claims, are known to their clocks."""

    def __init__(self, subject: str) -> None:
        self.subject, self.model = subject, _MODELS[subject]

    def lock(self, ids: Sequence[int]) -> None:
        """Lock the rows, the lowest id first (1 SQL)."""
        rows = self.model.objects.select_for_update(of=("self",)).filter(pk__in=ids)
        list(rows.order_by("pk").values_list("pk"))

    def names(self, institution_id: int, ids: Sequence[int]) -> Mapping[int, Named]:
        """Return what each is of, its page and unit, by id; a restricted request gives nothing away
        (5 SQL at most).
        """
        rows = _held(self.subject, institution_id, ids)
        if self.subject == CLAIM:
            told = case_names(institution_id, sorted({row.case_id for row in rows}))
            return {row.pk: told[row.case_id] for row in rows}
        of = subjects.names(institution_of(institution_id), [row.breach for row in rows])
        return {row.pk: of[row.breach_id] for row in rows}

    def by_unit(self, institution_id: int, ids: Sequence[int]) -> Mapping[str, int]:
        """Return how many of some each unit has (1 SQL)."""
        if self.subject == CLAIM:
            rows = Claim.objects.filter(institution_id=institution_id, pk__in=ids)
            rows = rows.order_by("case__unit__name")
            counted = rows.values_list("case__unit__name").annotate(count=Count("pk"))
            return {unit or CASES_WITHOUT_UNIT: count for unit, count in counted}
        held = _held(self.subject, institution_id, ids)
        return subjects.by_unit(institution_of(institution_id), [row.breach for row in held])

    def within(self, institution_id: int, units: Collection[int], or_none: bool) -> QuerySet[Any, Any]:
        """Return the query of the ids of those whose term counts at the place of the body, asked with
        `or_none`; a unit's place is that of none.
        """
        rows: QuerySet[Any, Any] = self.model.objects.filter(institution_id=institution_id)
        return (rows if or_none else rows.none()).values("pk")
