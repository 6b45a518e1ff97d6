# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about collegiate bodies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from siac.governance.domain.deciding import Choice, Quorum, Result, Tally, needed, tally, voting
from siac.governance.domain.rights import CouncilRight
from siac.governance.domain.states import AgreementState, SessionState
from siac.governance.models import (
    VOTERS,
    AgendaItem,
    Agreement,
    Attendance,
    Council,
    Motion,
    Seat,
    SeatRole,
    Sitting,
    Vote,
)
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Access, Institution


def visible_councils(access: Access) -> QuerySet[Council]:
    """Return the bodies that the holder of `access` may read: all, or those in which they have or had a seat.
    Lazy: no SQL until it is read.
    """
    rows = Council.objects.filter(institution=access.institution)
    if access.has(CouncilRight.READ):
        return rows
    return rows.filter(Exists(Seat.objects.filter(council=OuterRef("pk"), user=access.user)))


def council_names(institution: Institution, numbers: Sequence[int]) -> dict[int, str]:
    """Return what some bodies of an institution are called, by number, in the order of names (1 SQL)."""
    rows = Council.objects.filter(institution=institution, pk__in=list(numbers))
    return dict(rows.order_by("name", "pk").values_list("pk", "name"))


def council_for(access: Access, council_id: int) -> Council:
    """Return one body (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    row = visible_councils(access).filter(pk=council_id).first()
    if row is None:
        raise Http404(str(council_id))
    return row


def sittings_for(access: Access) -> QuerySet[Sitting]:
    """Return the sessions of the bodies that the holder of `access` may read. Lazy: no SQL."""
    return Sitting.objects.filter(institution=access.institution, council__in=visible_councils(access))


def sitting_for(access: Access, sitting_id: int) -> Sitting:
    """Return one session with its body (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    row = sittings_for(access).select_related("council", "minuted_by").filter(pk=sitting_id).first()
    if row is None:
        raise Http404(str(sitting_id))
    return row


def seats_on(council_id: int, day: date) -> list[Seat]:
    """Return who sits in a body on a local day: those who preside first, alternates and advisers last (1
    SQL).
    """
    rows = Seat.objects.filter(council=council_id, since__lte=day).filter(Q(until=None) | Q(until__gte=day))
    order = list(SeatRole)
    return sorted(rows.select_related("user"), key=lambda seat: (order.index(SeatRole(seat.role)), seat.pk))


def seats_on_day(council: Council, day: date) -> list[Seat]:
    """Return who sits in a body on a local day, as `seats_on` (1 SQL)."""
    return seats_on(council.pk, day)


@dataclass(frozen=True, slots=True)
class Room:
    """Who sits in a body on the day of a session, who is there at an instant, and who of them votes."""

    seats: Sequence[Seat]
    here: frozenset[int]
    quorum: int
    """How many who vote must be there."""

    @property
    def titulars(self) -> list[Seat]:
        """Who votes of their own right."""
        return [seat for seat in self.seats if seat.role in VOTERS]

    @property
    def voters(self) -> set[int]:
        """Who votes of those who are there."""
        stands_in = {
            seat.pk: seat.stands_for_id
            for seat in self.seats
            if seat.role == SeatRole.ALTERNATE and seat.stands_for_id is not None
        }
        return voting((seat.pk for seat in self.titulars), stands_in, self.here)

    def same_vote(self, seat_id: int) -> set[int]:
        """Return the seats that share one vote: whoever has it, and those who stand in for them."""
        known = {seat.pk: seat for seat in self.seats}
        seat = known.get(seat_id)
        titular = seat.stands_for_id or seat.pk if seat else seat_id
        return {titular, *(each.pk for each in self.seats if each.stands_for_id == titular)}

    @property
    def has_quorum(self) -> bool:
        """Whether enough who vote are there."""
        return len(self.voters) >= self.quorum

    @property
    def missing(self) -> int:
        """How many who vote are missing for the quorum; 0 where there is one."""
        return max(0, self.quorum - len(self.voters))

    @property
    def chair(self) -> Seat | None:
        """Who presides; None where nobody does."""
        return next((seat for seat in self.seats if seat.role == SeatRole.CHAIR), None)


def room(sitting: Sitting, day: date) -> Room:
    """Return who sits and who is there now, or was there once it is over (2 SQL); `day` is the local day of
    the session.
    """
    seats = seats_on(sitting.council_id, day)
    came = Attendance.objects.filter(sitting=sitting)
    if sitting.state == SessionState.OPEN:
        came = came.filter(left_at=None)
    here = came.values_list("seat_id", flat=True)
    council = sitting.council
    votes = sum(seat.role in VOTERS for seat in seats)
    quorum = needed(Quorum(council.quorum), votes, council.quorum_number or 0)
    return Room(seats, frozenset(here), quorum)


def day_of(institution: Institution, sitting: Sitting) -> date:
    """Return the local day of a session: that on which it was opened, else the one it is called for. No
    SQL.
    """
    at: datetime = sitting.opened_at or sitting.starts_at
    return institution.local_date(at)


def counted(motion: Motion) -> Tally:
    """Return the votes of a motion, whose votes were read along (no SQL then, else 1)."""
    return tally(Choice(vote.choice) for vote in motion.votes.all())


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided about a thing: which body, in which session, on which motion, with what result, and
    whether the minutes of that session were approved.
    """

    council: str
    sitting: Sitting
    motion: Motion
    result: Result
    is_minuted: bool


def decisions_about(institution: Institution, kind: str, number: int) -> list[Decision]:
    """Return the votes that closed about a thing, the first first (1 SQL)."""
    rows = Motion.objects.filter(
        item__sitting__institution=institution, item__subject_kind=kind, item__subject_id=number,
        closed_at__isnull=False,
    ).select_related("item__sitting__council")  # fmt: skip
    return [
        Decision(
            row.item.sitting.council.name, row.item.sitting, row, Result(row.result),
            row.item.sitting.state == SessionState.MINUTED,
        )
        for row in rows.order_by("closed_at", "pk")
    ]  # fmt: skip


def sittings(councils: Iterable[Council]) -> QuerySet[Sitting]:
    """Return the sessions of some bodies, the latest first. Lazy: no SQL until it is read."""
    rows = Sitting.objects.filter(council__in=[council.pk for council in councils])
    return rows.select_related("council").order_by("-starts_at", "-pk")


def own_seats(access: Access, day: date) -> QuerySet[Seat]:
    """Return the seats that whoever asks has on a local day, with their bodies. Lazy: no SQL until it is
    read.
    """
    rows = Seat.objects.filter(council__institution=access.institution, user=access.user, since__lte=day)
    held = rows.filter(Q(until=None) | Q(until__gte=day))
    return held.select_related("council").order_by("council__name", "pk")


def _load_mandates(institution_id: int) -> dict[int, list[tuple[date, date | None]]]:
    """Return from when until when each account of a body has a seat (1 SQL)."""
    rows = Seat.objects.filter(institution=institution_id).exclude(user=None)
    found: dict[int, list[tuple[date, date | None]]] = {}
    for user, since, until in rows.values_list("user", "since", "until"):
        found.setdefault(user, []).append((since, until))
    return found


_MANDATES: ConfigCache[dict[int, list[tuple[date, date | None]]]] = ConfigCache(_load_mandates)


def is_seated(access: Access, day: date) -> bool:
    """Return whether whoever asks has a seat on a local day (no SQL when warm: a seat is configuration)."""
    own = _MANDATES.get(access.institution).get(access.user.pk, ())
    return any(since <= day and (until is None or day <= until) for since, until in own)


def was_seated(access: Access) -> bool:
    """Return whether whoever asks has a seat, had one or will (no SQL when warm)."""
    return access.user.pk in _MANDATES.get(access.institution)


def to_vote(access: Access, day: date) -> QuerySet[Motion]:
    """Return what is put to the vote in bodies where whoever asks has a seat on a local day, is there and has
    not voted. Lazy: no SQL until it is read.
    """
    seats = own_seats(access, day).exclude(role=SeatRole.ADVISER).order_by().values("pk")
    here = Attendance.objects.filter(sitting=OuterRef("item__sitting"), seat__in=seats, left_at=None)
    voted = Vote.objects.filter(motion=OuterRef("pk"), seat__in=seats)
    rows = Motion.objects.filter(
        Exists(here), ~Exists(voted), item__sitting__institution=access.institution,
        item__sitting__state=SessionState.OPEN, closed_at=None,
    )  # fmt: skip
    return rows.select_related("item__sitting__council").order_by("opened_at", "pk")


def decides_about(access: Access, kind: str, number: int, day: date) -> bool:
    """Return whether whoever asks has a seat on a local day in a body that is called or sits to decide about
    a thing (1 SQL).
    """
    rows = AgendaItem.objects.filter(
        subject_kind=kind, subject_id=number, sitting__institution=access.institution,
        sitting__state__in=(SessionState.CALLED, SessionState.OPEN),
        sitting__council__in=own_seats(access, day).order_by().values("council"),
    )  # fmt: skip
    return rows.exists()


def agreements(access: Access) -> QuerySet[Agreement]:
    """Return what was agreed in the bodies that the holder of `access` may read. Lazy: no SQL until it is
    read.
    """
    seen = visible_councils(access).values("pk")
    rows = Agreement.objects.filter(institution=access.institution, item__sitting__council__in=seen)
    return rows.select_related("item__sitting__council", "unit")


def open_agreements(access: Access) -> QuerySet[Agreement]:
    """Return what was agreed and is not done. Lazy: no SQL until it is read."""
    return agreements(access).filter(state=AgreementState.OPEN)


def minuted_between(institution: Institution, first: date, last: date) -> QuerySet[Sitting]:
    """Return the sessions held between two local days, both included, whose minutes were approved, the first
    first. Lazy: no SQL until it is read.
    """
    rows = Sitting.objects.filter(institution=institution, state=SessionState.MINUTED)
    since, before = institution.day_bounds(first, last)
    held = rows.filter(opened_at__gte=since, opened_at__lt=before)
    return held.select_related("council").order_by("opened_at", "pk")


def agreed_between(institution: Institution, first: date, last: date) -> QuerySet[Agreement]:
    """Return what was agreed between two local days, both included, in sessions whose minutes were approved,
    the first first. Lazy: no SQL until it is read.
    """
    rows = Agreement.objects.filter(institution=institution, item__sitting__state=SessionState.MINUTED)
    since, before = institution.day_bounds(first, last)
    said = rows.filter(agreed_at__gte=since, agreed_at__lt=before)
    return said.select_related("item__sitting__council", "unit").order_by("agreed_at", "pk")


def published_agreements(institution: Institution) -> QuerySet[Agreement]:
    """Return what people may read: of bodies that publish, of sessions whose minutes were approved. Lazy: no
    SQL until it is read.
    """
    rows = Agreement.objects.filter(
        institution=institution, item__sitting__state=SessionState.MINUTED,
        item__sitting__council__publishes=True,
    )  # fmt: skip
    return rows.select_related("item__sitting__council", "unit")


def publishes(institution: Institution) -> bool:
    """Return whether any body of an institution publishes what it agrees (1 SQL)."""
    return Council.objects.filter(institution=institution, publishes=True).exists()


def agreements_of(institution: Institution, council_id: int, *, before: Sitting) -> list[Agreement]:
    """Return what a body agreed in its sessions before another: what is open of all of them, and what the
    last of them agreed, the oldest first (2 SQL).
    """
    rows = Agreement.objects.filter(institution=institution, item__sitting__council=council_id)
    rows = rows.filter(item__sitting__number__lt=before.number)
    last = rows.order_by("-item__sitting__number").values_list("item__sitting", flat=True).first()
    wanted = rows.filter(Q(state=AgreementState.OPEN) | Q(item__sitting=last))
    return list(wanted.select_related("unit").order_by("agreed_at", "pk"))


def sitting_to_prepare(institution: Institution, sitting_id: int) -> Sitting | None:
    """Return a session that was not opened, with its body; None where there is none or it was (1 SQL)."""
    rows = Sitting.objects.filter(institution=institution, pk=sitting_id)
    rows = rows.filter(state__in=(SessionState.PLANNED, SessionState.CALLED))
    return rows.select_related("council").first()


def agreement_for(access: Access, agreement_id: int) -> Agreement | None:
    """Return an agreement that the holder of `access` may read; None where there is none (1 SQL)."""
    return agreements(access).filter(pk=agreement_id).first()
