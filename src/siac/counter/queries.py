# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about counters: lines, desks, a room as it is, the place of a ticket."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from siac.counter.domain.queueing import NIGHT, Waiting, in_turn, wait_range
from siac.counter.domain.rights import CounterRight
from siac.counter.domain.states import AT_DESK, LIVE, WAITS, State
from siac.counter.models import Desk, DeskShift, Halt, QueueLine, Stage, Visit
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Access, Institution
from siac.servicepoints.public import ServicePoint, service_points

SNAPSHOT_FOR = timedelta(seconds=2)
"""So long all screens and phones of a point read the same rows."""
LAST_CALLED, LAST_SERVED = 5, 30


def _load_lines(institution_id: int) -> dict[int, QueueLine]:
    rows = QueueLine.objects.filter(institution_id=institution_id).select_related("service")
    return {line.pk: line for line in rows.order_by("point__sort_key", "prefix", "pk")}


def _load_desks(institution_id: int) -> dict[int, Desk]:
    rows = Desk.objects.filter(institution_id=institution_id)
    return {desk.pk: desk for desk in rows.order_by("point__sort_key", "name", "pk")}


_LINES: ConfigCache[dict[int, QueueLine]] = ConfigCache(_load_lines)
_DESKS: ConfigCache[dict[int, Desk]] = ConfigCache(_load_desks)


def lines(institution: Institution) -> dict[int, QueueLine]:
    """Return the lines of a body by primary key, by point and letter; no SQL when warm."""
    return _LINES.get(institution)


def lines_of(institution: Institution, point_id: int) -> list[QueueLine]:
    """Return the lines in use of a point by letter; no SQL when warm."""
    return [line for line in lines(institution).values() if line.point_id == point_id and line.is_active]


def desks(institution: Institution) -> dict[int, Desk]:
    """Return the desks of a body by primary key, by point and name; no SQL when warm."""
    return _DESKS.get(institution)


def desks_of(institution: Institution, point_id: int) -> list[Desk]:
    """Return the desks in use of a point by name; no SQL when warm."""
    return [desk for desk in desks(institution).values() if desk.point_id == point_id and desk.is_active]


def counter_points(access: Access, right: CounterRight) -> list[ServicePoint]:
    """Return the points in use with lines that the holder of `access` may do something at: of a unit of
    theirs, each with `right`; no SQL when warm.
    """
    institution = access.institution
    open_to = {
        line.point_id
        for line in lines(institution).values()
        if line.is_active and access.has_in(right, line.unit_id)
    }
    known = service_points(institution).items()
    return [point for pk, point in known if point.is_active and pk in open_to]


@dataclass(frozen=True, slots=True)
class Called:
    """A call: of which ticket to which desk, for which line, and how often."""

    stage_id: int
    code: str
    desk_id: int
    line_id: int
    calls: int
    called_at: datetime


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Somebody who is at a desk, or was sent away from one for a moment."""

    visit_id: int
    code: str
    line_id: int
    desk_id: int | None
    officer_id: int | None
    state: str
    begun_at: datetime
    calls: int
    priority: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A room at one moment."""

    at: datetime
    waiting: Sequence[Waiting]
    """In the order in which they are called."""
    at_desks: Sequence[AtDesk]
    held: Sequence[AtDesk]
    called: Sequence[Called]
    """The last calls of the day, the newest first."""
    officers: Mapping[int, int]
    """Who sits at each open desk."""
    took: Sequence[int]
    """Seconds that each of the last services of the day took, from call to end."""
    serves: Mapping[int, frozenset[int]]
    """The lines of each open desk."""
    is_halted: bool = False
    """It gives no more numbers today."""

    def ahead(self, line_id: int, before: Waiting | None = None) -> int:
        """Return how many go before somebody who waits for a line (or before one who comes now): those whom
        the desks of that line call first.
        """
        shared = frozenset[int]().union(*self._serving(line_id)) | {line_id}
        found = 0
        for each in self.waiting:
            if before is not None and each.visit_id == before.visit_id:
                break
            found += each.line_id in shared
        return found

    def range_of(self, line_id: int, before: Waiting | None = None) -> tuple[int, int] | None:
        """Return from how many to how many minutes one waits for a line; None: today tells too little."""
        return wait_range(self.ahead(line_id, before), self.took, len(self._serving(line_id)))

    def of(self, visit_id: int) -> Waiting | None:
        """Return who waits with a ticket; None where they do not."""
        return next((each for each in self.waiting if each.visit_id == visit_id), None)

    def at_desk(self, desk_id: int) -> AtDesk | None:
        """Return who is at a desk."""
        return next((each for each in self.at_desks if each.desk_id == desk_id), None)

    def _serving(self, line_id: int) -> list[frozenset[int]]:
        return [given for given in self.serves.values() if line_id in given]


_SNAPSHOTS: ConfigCache[dict[int, Snapshot]] = ConfigCache(lambda institution_id: {})


def snapshot(institution: Institution, point_id: int, *, now: datetime, fresh: bool = False) -> Snapshot:
    """Return a room as it is (5 SQL), or as it was up to `SNAPSHOT_FOR` ago unless `fresh` (none)."""
    kept = _SNAPSHOTS.get(institution)
    found = kept.get(point_id)
    if not fresh and found is not None and timedelta() <= now - found.at < SNAPSHOT_FOR:
        return found
    made = kept[point_id] = _read(institution, point_id, now)
    return made


def _read(institution: Institution, point_id: int, now: datetime) -> Snapshot:
    today, since = institution.local_date(now), institution.local_date(now - NIGHT)
    live = Stage.objects.filter(point_id=point_id, ended_at=None, state__in=LIVE).select_related("visit")
    rows = list(live.order_by("begun_at", "pk"))
    calls = Stage.objects.filter(
        point_id=point_id, calls__gt=0, visit__taken_on__gte=since, state=State.CALLED
    )
    served = Stage.objects.filter(point_id=point_id, state=State.SERVING, visit__taken_on__gte=since)
    shifts = dict(
        DeskShift.objects.filter(point_id=point_id, closed_at=None).values_list("desk_id", "officer_id")
    )
    known = desks(institution)
    return Snapshot(
        now,
        in_turn(
            (waiting_of(row) for row in rows if row.state in WAITS),
            institution.country.preferred_passes,
            now,
        ),
        [_at_desk(row) for row in rows if row.state in AT_DESK],
        [_at_desk(row) for row in rows if row.state == State.HELD],
        [
            Called(row.pk, row.visit.code, row.desk_id or 0, row.line_id, row.calls, row.called_at or now)
            for row in calls.select_related("visit").order_by("-called_at", "-pk")[:LAST_CALLED]
        ],
        shifts,
        [
            (row.ended_at - row.begun_at) // timedelta(seconds=1)
            for row in served.exclude(ended_at=None).order_by("-ended_at", "-pk")[:LAST_SERVED]
            if row.ended_at is not None
        ],
        {pk: frozenset(known[pk].line_ids) for pk in shifts if pk in known},
        Halt.objects.filter(point_id=point_id, on=today).exists(),
    )


def waiting_of(row: Stage) -> Waiting:
    """Return who waits in an open stage that was read with its visit. No SQL."""
    visit = row.visit
    return Waiting(visit.pk, visit.code, row.line_id, visit.taken_at, visit.priority, visit.hour)


def _at_desk(row: Stage) -> AtDesk:
    return AtDesk(
        row.visit_id, row.visit.code, row.line_id, row.desk_id, row.officer_id, row.state, row.begun_at,
        row.calls, row.visit.priority,
    )  # fmt: skip


def missed_today(institution: Institution, point_id: int, *, now: datetime) -> list[AtDesk]:
    """Return those who did not come when they were called today, the last one first (1 SQL)."""
    rows = Stage.objects.filter(
        point_id=point_id,
        ended_at=None,
        state=State.NO_SHOW,
        visit__taken_on__gte=institution.local_date(now - NIGHT),
    )
    return [_at_desk(row) for row in rows.select_related("visit").order_by("-begun_at", "-pk")[:20]]


def visit_by_token(institution: Institution, token: str) -> Visit | None:
    """Return the visit with a secret (1 SQL); None where there is none."""
    return Visit.objects.filter(institution=institution, token=token).first()


def stage_of(visit: Visit) -> Stage:
    """Return where a visit is now (1 SQL)."""
    return Stage.objects.get(visit=visit, ended_at=None)


def open_desk_of(institution: Institution, user_id: int) -> int | None:
    """Return the desk where somebody attends now (1 SQL); None where at none."""
    rows = DeskShift.objects.filter(institution=institution, officer_id=user_id, closed_at=None)
    return rows.values_list("desk_id", flat=True).first()


def visit_ends(visit_ids: Iterable[int]) -> dict[int, State]:
    """Return how each visit that is over ended (1 SQL); those that go on are left out."""
    over = Stage.objects.filter(visit_id__in=list(visit_ids), ended_at=None).exclude(state__in=LIVE)
    return {row.visit_id: State(row.state) for row in over.only("visit_id", "state")}


def visits_of_attentions(attention_ids: Iterable[int]) -> set[int]:
    """Return the visits whose services are some attentions (1 SQL)."""
    rows = Stage.objects.filter(interaction_id__in=list(attention_ids))
    return set(rows.values_list("visit_id", flat=True))
