# SPDX-License-Identifier: EUPL-1.2
"""A session from its plan to its end: agenda, summons, who comes and leaves, votes, what is agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from siac.accounts.public import User
from siac.governance.domain.deciding import Choice, Majority, Result, decide, tally
from siac.governance.domain.states import Move, SessionState, moved
from siac.governance.domain.subjects import Decided, decidable
from siac.governance.models import AgendaItem, Agreement, Attendance, Council, Motion, Sitting, Vote
from siac.governance.queries import Room, day_of, room, seats_on
from siac.journal.public import record
from siac.kernel.approvals import digest_of
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.notices.public import queue
from siac.organizations.public import Institution, lock_institution, unit_tree

CALLED = "governance.called"
"""The notice that tells a member of a session."""
MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """A thing on an agenda; `subject` is its kind and number where a context has it decided."""

    title: str
    subject_kind: str = ""
    subject_id: int | None = None
    pk: int | None = None
    """That of a point that is there already; None of a new one."""


def tell_sitting(sitting: Sitting, kind: str, actor: User, now: datetime, **data: Any) -> None:
    """Write what happened in a session into its chain (1 SQL)."""
    record(
        sitting.institution_id, sitting.stream, f"governance.{kind}", now, actor.pk, data,
        new_stream=kind == "sitting_planned",
    )  # fmt: skip


def locked_sitting(institution: Institution, sitting_id: int, *states: SessionState) -> Sitting:
    """Return a session, locked, in one of some states (1 SQL).

    Raises:
        Refused: it is not the moment (council_moment).
    """
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("council")
    row = rows.filter(institution=institution, pk=sitting_id).first()
    if row is None or row.state not in states:
        raise Refused("council_moment")
    return row


@transaction.atomic
def plan_sitting(
    *,
    institution: Institution,
    council: Council,
    starts_at: datetime,
    place: str,
    points: Sequence[Point],
    is_extraordinary: bool = False,
    actor: User,
    now: datetime,
) -> Sitting:
    """Plan a session of a body with its agenda (6 SQL).

    Raises:
        Refused: the body is not in use (council_unknown), it begins before now (sitting_past), its agenda has
            no point (sitting_agenda) or one that nobody may decide about (sitting_subject).
    """
    if not council.is_active:
        raise Refused("council_unknown")
    _check(starts_at, points, now)
    lock_institution(institution.pk)
    last = Sitting.objects.filter(council=council).aggregate(last=Max("number"))["last"] or 0
    row = Sitting.objects.create(
        institution=institution, council=council, number=last + 1, starts_at=starts_at, place=squeeze(place),
        is_extraordinary=is_extraordinary,
    )  # fmt: skip
    _write_agenda(row, points)
    data = {"council": council.pk, "number": row.number, "points": len(points)}
    tell_sitting(row, "sitting_planned", actor, now, **data)
    return row


@transaction.atomic
def change_sitting(
    *,
    institution: Institution,
    sitting_id: int,
    starts_at: datetime,
    place: str,
    points: Sequence[Point],
    is_extraordinary: bool = False,
    actor: User,
    now: datetime,
) -> Sitting:
    """Change a session that was not opened; of one that was called its members are told anew by calling it
    again (8 SQL).

    Raises:
        Refused: as `plan_sitting`; it was opened or is over (council_moment).
    """
    row = locked_sitting(institution, sitting_id, SessionState.PLANNED, SessionState.CALLED)
    _check(starts_at, points, now)
    row.starts_at, row.place, row.is_extraordinary = starts_at, squeeze(place), is_extraordinary
    row.state = SessionState.PLANNED
    row.save(update_fields=["starts_at", "place", "is_extraordinary", "state"])
    _write_agenda(row, points)
    tell_sitting(row, "sitting_changed", actor, now, points=len(points))
    return row


def points_of(sitting: Sitting) -> list[Point]:
    """Return the agenda of a session as it stands, to be written anew (1 SQL)."""
    return [
        Point(item.title, item.subject_kind, item.subject_id, item.pk)
        for item in sitting.items.order_by("place", "pk")
    ]


def _check(starts_at: datetime, points: Sequence[Point], now: datetime) -> None:
    if starts_at < now:
        raise Refused("sitting_past")
    if not points or len(points) > MOST_ITEMS or not all(squeeze(point.title) for point in points):
        raise Refused("sitting_agenda")
    for point in points:
        if point.subject_kind and (decidable(point.subject_kind) is None or point.subject_id is None):
            raise Refused("sitting_subject")


def _write_agenda(row: Sitting, points: Sequence[Point]) -> None:
    known = {item.pk: item for item in row.items.all()}
    kept = {point.pk for point in points if point.pk in known}
    row.items.exclude(pk__in=kept).delete()
    for place, point in enumerate(points, 1):
        item = known[point.pk] if point.pk in kept else AgendaItem(sitting=row)
        item.place, item.title = place, squeeze(point.title)
        item.subject_kind, item.subject_id = point.subject_kind, point.subject_id
        item.save()


@transaction.atomic
def call_sitting(*, institution: Institution, sitting_id: int, actor: User, now: datetime) -> int:
    """Tell those who sit in a body of a session, by mail where they have an account; return how many were
    told (5 SQL and 1 for each). Called again after a change, all are told anew.

    Raises:
        Refused: it was opened or is over (council_moment), or nobody sits in the body (sitting_members).
    """
    row = locked_sitting(institution, sitting_id, SessionState.PLANNED, SessionState.CALLED)
    seats = seats_on(row.council_id, institution.local_date(row.starts_at))
    if not seats:
        raise Refused("sitting_members")
    row.state, row.called_at = moved(row.state, Move.CALL), now
    row.save(update_fields=["state", "called_at"])
    told = [seat for seat in seats if seat.user_id is not None]
    for seat in told:
        queue(institution.pk, CALLED, f"user:{seat.user_id}", "email", "sitting", row.pk, {}, now)
    tell_sitting(row, "called", actor, now, told=len(told), starts_at=row.starts_at.isoformat())
    return len(told)


@transaction.atomic
def cancel_sitting(*, institution: Institution, sitting_id: int, actor: User, now: datetime) -> None:
    """Cancel a session that was not opened (3 SQL).

    Raises:
        Refused: it was opened or is over (council_moment).
    """
    row = locked_sitting(institution, sitting_id, SessionState.PLANNED, SessionState.CALLED)
    row.state, row.closed_at = moved(row.state, Move.CANCEL), now
    row.save(update_fields=["state", "closed_at"])
    tell_sitting(row, "cancelled", actor, now)


@transaction.atomic
def open_sitting(
    *, institution: Institution, sitting_id: int, present: Sequence[int], actor: User, now: datetime
) -> Sitting:
    """Open a session with those who are there, by the number of their seat (6 SQL and 1 for each).

    Raises:
        Refused: it was not called, or is open or over (council_moment); somebody of them does not sit in the
            body on this day (attendance_seat); too few who vote are there (sitting_quorum).
    """
    row = locked_sitting(institution, sitting_id, SessionState.CALLED)
    row.state, row.opened_at = moved(row.state, Move.OPEN), now
    row.save(update_fields=["state", "opened_at"])
    day = institution.local_date(now)
    known = {seat.pk for seat in seats_on(row.council_id, day)}
    if not set(present) <= known:
        raise Refused("attendance_seat")
    Attendance.objects.bulk_create(Attendance(sitting=row, seat_id=pk, came_at=now) for pk in set(present))
    found = room(row, day)
    if not found.has_quorum:
        raise Refused("sitting_quorum", missing=found.missing)
    tell_sitting(row, "opened", actor, now, present=sorted(set(present)))
    return row


@transaction.atomic
def come(*, institution: Institution, sitting_id: int, seat_id: int, actor: User, now: datetime) -> None:
    """Note that somebody came, or came back (5 SQL); who is there already stays.

    Raises:
        Refused: the session is not open (council_moment); they do not sit in the body (attendance_seat).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN)
    if seat_id not in {seat.pk for seat in seats_on(row.council_id, day_of(institution, row))}:
        raise Refused("attendance_seat")
    _, is_new = Attendance.objects.get_or_create(
        sitting=row, seat_id=seat_id, left_at=None, defaults={"came_at": now}
    )
    if is_new:
        tell_sitting(row, "came", actor, now, seat=seat_id)


@transaction.atomic
def leave(*, institution: Institution, sitting_id: int, seat_id: int, actor: User, now: datetime) -> None:
    """Note that somebody left (3 SQL); a vote that they cast stands.

    Raises:
        Refused: the session is not open (council_moment).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN)
    if Attendance.objects.filter(sitting=row, seat=seat_id, left_at=None).update(left_at=now):
        tell_sitting(row, "left", actor, now, seat=seat_id)


def _item(row: Sitting, item_id: int) -> AgendaItem:
    item = row.items.filter(pk=item_id).first()
    if item is None:
        raise Refused("council_moment")
    return item


def _with_quorum(institution: Institution, row: Sitting) -> Room:
    found = room(row, day_of(institution, row))
    if not found.has_quorum:
        raise Refused("sitting_quorum", missing=found.missing)
    return found


@transaction.atomic
def open_motion(
    *, institution: Institution, sitting_id: int, item_id: int, text: str, actor: User, now: datetime
) -> Motion:
    """Put something to the vote (6 SQL): one at a time, and only while there is a quorum.

    Raises:
        Refused: the session is not open (council_moment), nobody says what is voted (motion_text), another
            vote is open (sitting_vote_open), or too few who vote are there (sitting_quorum).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN)
    item = _item(row, item_id)
    if not squeeze(text):
        raise Refused("motion_text")
    if Motion.objects.filter(item__sitting=row, closed_at=None).exists():
        raise Refused("sitting_vote_open")
    _with_quorum(institution, row)
    motion = Motion.objects.create(item=item, text=squeeze(text)[:1000], opened_at=now)
    tell_sitting(row, "motion_opened", actor, now, motion=motion.pk, digest=digest_of(motion.text))
    return motion


def _open_motion(row: Sitting, motion_id: int) -> Motion:
    motion = Motion.objects.select_related("item").filter(item__sitting=row, pk=motion_id).first()
    if motion is None or motion.closed_at is not None:
        raise Refused("motion_closed")
    return motion


@transaction.atomic
def cast_vote(
    *,
    institution: Institution,
    sitting_id: int,
    motion_id: int,
    seat_id: int,
    choice: str,
    actor: User,
    now: datetime,
) -> None:
    """Cast a vote, one's own or, by whoever keeps the minutes, that of somebody who said it aloud (6 SQL).

    Raises:
        Refused: the session is not open (council_moment) or the vote is over (motion_closed); it is no choice
            (vote_choice); whoever votes is not there or has no vote (vote_absent), or voted (vote_twice).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN)
    motion = _open_motion(row, motion_id)
    if choice not in list(Choice):
        raise Refused("vote_choice")
    found = room(row, day_of(institution, row))
    if seat_id not in found.voters:
        raise Refused("vote_absent")
    if motion.votes.filter(seat__in=found.same_vote(seat_id)).exists():
        raise Refused("vote_twice")
    try:
        with transaction.atomic():
            Vote.objects.create(motion=motion, seat_id=seat_id, choice=choice, cast_at=now, cast_by=actor)
    except IntegrityError as error:
        raise Refused("vote_twice") from error
    tell_sitting(row, "voted", actor, now, motion=motion.pk, seat=seat_id, choice=choice)


@transaction.atomic
def close_motion(
    *, institution: Institution, sitting_id: int, motion_id: int, actor: User, now: datetime
) -> Result:
    """Close a vote and return what it decided (8 SQL, and what the context of the thing does with it). Who
    left took their vote with nobody: it counts; but where too few are left for a quorum nothing is decided.

    Raises:
        Refused: the session is not open (council_moment) or the vote is over (motion_closed).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN)
    motion = _open_motion(row, motion_id)
    found, council = room(row, day_of(institution, row)), row.council
    votes = {vote.seat_id: Choice(vote.choice) for vote in motion.votes.all()}
    casting = votes.get(found.chair.pk) if council.chair_breaks_ties and found.chair else None
    result = Result.NO_QUORUM
    if found.has_quorum:
        result = decide(
            tally(votes.values()), majority=Majority(council.majority), seats=len(found.titulars),
            present=len(found.voters | set(votes)), casting=casting,
        )  # fmt: skip
    motion.closed_at, motion.result = now, result
    motion.seats, motion.present = len(found.titulars), len(found.voters)
    motion.save(update_fields=["closed_at", "result", "seats", "present"])
    tell_sitting(row, "motion_closed", actor, now, motion=motion.pk, result=result.value)
    item = motion.item
    about = decidable(item.subject_kind)
    if about is not None and item.subject_id is not None:
        about.decided(Decided(institution.pk, council.pk, item.subject_id, result, actor.pk, now))
    return result


@transaction.atomic
def agree(
    *,
    institution: Institution,
    sitting_id: int,
    item_id: int,
    text: str,
    unit_id: int | None,
    due_on: date | None,
    actor: User,
    now: datetime,
) -> Agreement:
    """Note what was agreed to do, by which unit and until which local day (4 SQL).

    Raises:
        Refused: the session is not open nor its minutes being written (council_moment); nobody says what
            (agreement_text) or who answers for it (agreement_unit); or a day before the session
            (agreement_due).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN, SessionState.CLOSED)
    item = _item(row, item_id)
    if not squeeze(text):
        raise Refused("agreement_text")
    if unit_id is None or unit_tree(institution).current(unit_id) != unit_id:
        raise Refused("agreement_unit")
    if due_on is not None and due_on < day_of(institution, row):
        raise Refused("agreement_due")
    made = Agreement.objects.create(
        institution=institution, item=item, text=squeeze(text)[:1000], unit_id=unit_id, due_on=due_on,
        agreed_at=now,
    )  # fmt: skip
    tell_sitting(row, "agreed", actor, now, agreement=made.pk, unit=unit_id, digest=digest_of(made.text))
    return made


@transaction.atomic
def close_sitting(*, institution: Institution, sitting_id: int, actor: User, now: datetime) -> None:
    """End a session; whoever is there leaves (5 SQL).

    Raises:
        Refused: it is not open (council_moment), or a vote is (sitting_vote_open).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN)
    if Motion.objects.filter(item__sitting=row, closed_at=None).exists():
        raise Refused("sitting_vote_open")
    Attendance.objects.filter(sitting=row, left_at=None).update(left_at=now)
    row.state, row.closed_at = moved(row.state, Move.CLOSE), now
    row.save(update_fields=["state", "closed_at"])
    tell_sitting(row, "closed", actor, now)
