# SPDX-License-Identifier: EUPL-1.2
"""A broken promise opens a breach, and a breach owes a remedy: nobody has to remember to do it.

A calendar that is corrected afterwards takes back what it shows was not broken.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from siac.charters.commands.remedies import owe, undo
from siac.charters.models import (
    Breach,
    BreachCause,
    Claim,
    ClaimState,
    Commitment,
    PeriodResult,
    Remedy,
    RemedyState,
)
from siac.charters.sealing import breach_digest, remedy_digest
from siac.clocks.public import Clock, Moved
from siac.journal.public import NewEntry, record_many


@transaction.atomic
def open_breaches(clocks: Sequence[Clock], *, now: datetime) -> int:
    """Open a breach and its remedy for each missed clock of a commitment; return how many are new.

    Set-based and idempotent: a promise is broken once on a request or attention, also where a change
    of kind and back started its clock twice.
    """
    missed = {
        (clock.subject_type, clock.subject_id, _commitment_id(clock)): clock
        for clock in clocks
        if clock.source.startswith("commitment:")
    }
    if not missed:
        return 0
    promised = Commitment.objects.select_related("institution").in_bulk({key[-1] for key in missed})
    return len(
        _broken(
            [
                Breach(
                    institution_id=clock.institution_id,
                    commitment=promised[pk],
                    clock_id=clock.pk,
                    due_on=clock.due_on,
                    found_at=now,
                    **{f"{subject_type}_id": subject_id},
                )
                for (subject_type, subject_id, pk), clock in sorted(missed.items(), key=lambda pair: pair[0])
            ],
            now,
        )
    )


@transaction.atomic
def break_on_result(commitment: Commitment, result: PeriodResult, *, now: datetime) -> None:
    """Open the breach of a figure that owes a remedy where a closed period lies below its target: it is owed
    to everybody, and counts from the last day of the period.
    """
    breach = Breach(
        institution=commitment.institution, commitment=commitment, result=result, cause=BreachCause.FIGURE,
        due_on=result.last, found_at=now,
    )  # fmt: skip
    _broken([breach], now)


@transaction.atomic
def break_on_claim(commitment: Commitment, case_id: int, *, claimed_at: datetime, now: datetime) -> None:
    """Open the breach of a claim that is right, unless the clock opened it meanwhile; its case is locked."""
    institution = commitment.institution
    breach = Breach(
        institution=institution, commitment=commitment, case_id=case_id, cause=BreachCause.CLAIM,
        due_on=institution.local_date(claimed_at), found_at=now,
    )  # fmt: skip
    _broken([breach], now)


def _broken(found: Sequence[Breach], now: datetime) -> list[Breach]:
    """Save those of `found` that are news, with what is owed for each; return them.

    One that a change of calendar had taken back is open again: the row stays the same, as its remedy does.
    """
    before = {_key(row): row for row in _known_of(found)}
    fresh, again = [], []
    for breach in found:
        known = before.get(_key(breach))
        if known is None:
            fresh.append(breach)
        elif known.taken_back_at is not None:
            breach.pk = known.pk
            again.append(breach)
    if not fresh and not again:
        return []
    Breach.objects.bulk_create(fresh)
    if again:
        _keep_found(again, before)
        Breach.ever.bulk_update(again, ["cause", "clock_id", "due_on", "found_at", "taken_back_at"])
    news = [*fresh, *again]
    owed = {row.breach_id: row for row in owe(news, now=now)}

    def data(breach: Breach) -> Mapping[str, Any]:
        return {"due_on": breach.due_on.isoformat(), **_kept(owed.get(breach.pk))}

    _told(news, "charters.breach_opened", data, now)
    return news


_Key = tuple[str, int, int]


def _key(row: Breach) -> _Key:
    return row.subject_type, row.subject_id, row.commitment_id


def _known_of(found: Sequence[Breach]) -> list[Breach]:
    """Return what was ever broken on what `found` is about (1 SQL for each kind of these)."""
    by_type: dict[str, set[int]] = {}
    for row in found:
        by_type.setdefault(row.subject_type, set()).add(row.subject_id)
    known: list[Breach] = []
    for subject_type, ids in sorted(by_type.items()):
        known += Breach.ever.filter(**{f"{subject_type}_id__in": ids})
    return known


def _keep_found(again: Sequence[Breach], before: Mapping[_Key, Breach]) -> None:
    """Leave those that are open again with the moment at which they were found first, where what was owed
    then stays: it was decided, perhaps delivered, after that moment and before this one (1 SQL).
    """
    remedies = Remedy.objects.filter(breach__in=[breach.pk for breach in again])
    stay = set(remedies.exclude(state=RemedyState.UNDONE).values_list("breach_id", flat=True))
    for breach in again:
        if breach.pk in stay:
            breach.found_at = before[_key(breach)].found_at


def _kept(remedy: Remedy | None) -> Mapping[str, Any]:
    """Return what the entry of a breach keeps of what is owed for it."""
    return {"remedy": remedy.pk, "digest": remedy_digest(remedy)} if remedy else {"remedy": None}


@transaction.atomic
def take_back_breaches(clock_ids: Sequence[int], now: datetime) -> None:
    """Take back the breaches of clocks whose term is not over after all, by a corrected calendar, or by an
    attention that was written down wrong.

    What was not decided yet is owed no more; what was decided, delivered or refused stays as it is: nobody
    takes back from a person what they were told. For the same reason a promise stays broken of which a
    person claimed that it was, and was told that they are right. Told in the history of each request with
    what became of it.
    """
    upheld = Claim.objects.filter(
        case=OuterRef("case"), commitment=OuterRef("commitment"), state=ClaimState.UPHELD
    )
    rows = Breach.objects.filter(~Exists(upheld), clock_id__in=list(clock_ids))
    rows = rows.select_related("commitment", "remedy")
    breaches = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not breaches:
        return
    for breach in breaches:
        breach.taken_back_at = now
    Breach.ever.bulk_update(breaches, ["taken_back_at"])
    undone = undo([breach.owed for breach in breaches if breach.owed], now=now)
    gone = {row.breach_id: row for row in undone}

    def data(breach: Breach) -> Mapping[str, Any]:
        became = "none" if breach.owed is None else "gone" if breach.pk in gone else "kept"
        return {"became": became, **_kept(gone.get(breach.pk))}

    _told(breaches, "charters.breach_taken_back", data, now)


@transaction.atomic
def move_breaches(moves: Sequence[Moved], now: datetime) -> None:
    """Put on breaches the day to which a change of calendar moved their terms, where these are over all the
    same. The history of the request tells of it by the term (2 SQL).
    """
    days = {(move.institution_id, move.clock_id): move.due_to for move in moves}
    clocks = [move.clock_id for move in moves]
    held = Breach.objects.select_for_update().filter(clock_id__in=clocks).order_by("pk")
    rows = [row for row in held if (row.institution_id, row.clock_id) in days]
    for row in rows:
        row.due_on = days[row.institution_id, row.clock_id or 0]
    Breach.objects.bulk_update(rows, ["due_on"])


def _told(
    breaches: Iterable[Breach], kind: str, data: Callable[[Breach], Mapping[str, Any]], now: datetime
) -> None:
    by_body: dict[int, list[NewEntry]] = {}
    for row in breaches:
        by_body.setdefault(row.institution_id, []).append(
            NewEntry(
                stream=row.stream,
                kind=kind,
                data={
                    "breach": row.pk,
                    "commitment": row.commitment_id,
                    "stands": breach_digest(row),
                    **data(row),
                },
            )
        )
    for institution_id, entries in sorted(by_body.items()):
        record_many(institution_id, entries, at=now)


def _commitment_id(clock: Clock) -> int:
    return int(clock.source.partition(":")[2])
