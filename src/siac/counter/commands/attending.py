# SPDX-License-Identifier: EUPL-1.2
"""What is done at a desk: call, attend, hold, hand on, end.

The open stage of a visit is its lock: whoever comes second finds that it is no longer open.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.cases.public import UNDO_FOR, Attention, Channel, Interaction, register_attention
from siac.counter.commands.shifts import desk_in_use, locked_shift
from siac.counter.domain.queueing import in_turn, minutes_of
from siac.counter.domain.states import AT_DESK, WAITS, Move, State, check_move
from siac.counter.models import QueueLine, Stage, Visit
from siac.counter.queries import lines, waiting_of
from siac.infra.ready import rows
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_tree

_TABLE = Stage._meta.db_table
_FIRST_FREE = f"""
SELECT id FROM {_TABLE} WHERE id = ANY(%s) AND ended_at IS NULL
ORDER BY array_position(%s::bigint[], id) LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
"""  # noqa: S608 - a table of our own


@transaction.atomic
def call_next(*, institution: Institution, desk_id: int, actor: User, now: datetime) -> Visit | None:
    """Call to a desk whoever is next in its lines (9 SQL); None where nobody waits. Two desks that call at
    once call two people: each passes over whom the other one is calling.

    Raises:
        Refused: the desk is closed (desk_not_open), another person's (desk_of_another), or somebody is at it
            (desk_busy).
    """
    _own_desk(institution, desk_id, actor)
    desk = desk_in_use(institution, desk_id)
    waiting = Stage.objects.filter(point_id=desk.point_id, line_id__in=desk.line_ids, ended_at=None)
    by_visit = {row.visit_id: row for row in waiting.filter(state__in=WAITS).select_related("visit")}
    turns = in_turn(map(waiting_of, by_visit.values()), institution.country.preferred_passes, now)
    order = [by_visit[each.visit_id].pk for each in turns]
    found = rows(_FIRST_FREE, [order, order]) if order else ()
    if not found:
        return None
    stage = next(row for row in by_visit.values() if row.pk == found[0][0])
    _to_desk(stage, State.CALLED, desk_id, actor, now)
    _tell(stage, "counter.called", actor, now, desk=desk_id)
    return stage.visit


def _own_desk(institution: Institution, desk_id: int, actor: User, *, free: bool = True) -> None:
    """Lock a desk for whoever sits there, with nobody at it where it is to be `free` (2 SQL)."""
    shift = locked_shift(institution, desk_id)
    if shift.officer_id != actor.pk:
        raise Refused("desk_of_another")
    if free and Stage.objects.filter(desk_id=desk_id, ended_at=None, state__in=AT_DESK).exists():
        raise Refused("desk_busy")


def _locked(institution: Institution, visit_id: int, move: Move, actor: User | None = None) -> Stage:
    """Return the open stage of a visit, locked (1 SQL); at a desk it is that of `actor`.

    Raises:
        Refused: the visit is elsewhere by now (visit_moved), or at the desk of somebody else
            (desk_of_another).
    """
    held = Stage.objects.select_for_update(of=("self",), no_key=True).select_related("visit")
    stage = held.filter(institution=institution, visit_id=visit_id, ended_at=None).first()
    if stage is None:
        raise Refused("visit_moved")
    check_move(move, stage.state)
    if actor is not None and stage.state in AT_DESK and stage.officer_id != actor.pk:
        raise Refused("desk_of_another")
    return stage


def _end(stage: Stage, now: datetime) -> datetime:
    """Close an interval; a clock that was put back ends none before it began."""
    stage.ended_at = max(now, stage.begun_at)
    stage.save(update_fields=["ended_at"])
    return stage.ended_at


def _next(stage: Stage, state: State, now: datetime, *, line_id: int | None = None) -> None:
    """Go on to a state away from desks (2 SQL)."""
    Stage.objects.create(
        institution_id=stage.institution_id, point_id=stage.point_id, visit_id=stage.visit_id,
        line_id=line_id or stage.line_id, state=state, begun_at=_end(stage, now),
        desk_id=None if state in WAITS else stage.desk_id,
    )  # fmt: skip


def _to_desk(
    stage: Stage, state: State, desk_id: int, actor: User, now: datetime, *, line_id: int | None = None
) -> None:
    """Go on to a state at a desk (2 SQL).

    Raises:
        Refused: somebody is at it (desk_busy).
    """
    is_call = state is State.CALLED
    try:
        with transaction.atomic():
            at = _end(stage, now)
            Stage.objects.create(
                institution_id=stage.institution_id, point_id=stage.point_id, visit_id=stage.visit_id,
                line_id=line_id or stage.line_id, state=state, begun_at=at, desk_id=desk_id, officer=actor,
                calls=int(is_call), called_at=at if is_call else None,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("desk_busy") from error


def _tell(stage: Stage, kind: str, actor: User, now: datetime, **data: object) -> None:
    record(stage.institution_id, stage.visit.stream, kind, now, actor.pk, data)


@transaction.atomic
def recall(*, institution: Institution, visit_id: int, actor: User, now: datetime) -> None:
    """Call somebody once more (4 SQL).

    Raises:
        Refused: as `_locked`.
    """
    stage = _locked(institution, visit_id, Move.RECALL, actor)
    stage.calls, stage.called_at = stage.calls + 1, max(now, stage.begun_at)
    stage.save(update_fields=["calls", "called_at"])
    _tell(stage, "counter.recalled", actor, now, calls=stage.calls)


@transaction.atomic
def undo_call(*, institution: Institution, visit_id: int, actor: User, now: datetime) -> None:
    """Take back a call made by mistake: the person waits on as if it had not been made (6 SQL).

    Raises:
        Refused: as `_locked`, or it was called too long ago (visit_too_late).
    """
    stage = _locked(institution, visit_id, Move.UNCALL, actor)
    if now - stage.begun_at > UNDO_FOR:
        raise Refused("visit_too_late")
    before = Stage.objects.filter(visit_id=visit_id, ended_at__isnull=False).order_by("-ended_at", "-pk")[0]
    stage.delete()
    before.ended_at = None
    before.save(update_fields=["ended_at"])
    _tell(stage, "counter.call_undone", actor, now, desk=stage.desk_id)


@transaction.atomic
def start(*, institution: Institution, visit_id: int, actor: User, now: datetime) -> None:
    """Begin to attend whoever was called and came (5 SQL).

    Raises:
        Refused: as `_locked`.
    """
    stage = _locked(institution, visit_id, Move.START, actor)
    _to_desk(stage, State.SERVING, stage.desk_id or 0, actor, now)
    _tell(stage, "counter.started", actor, now, desk=stage.desk_id)


@transaction.atomic
def hold(*, institution: Institution, visit_id: int, actor: User, now: datetime) -> None:
    """Let somebody step aside, to fill something in or fetch a paper (5 SQL): the desk is free meanwhile.

    Raises:
        Refused: as `_locked`.
    """
    stage = _locked(institution, visit_id, Move.HOLD, actor)
    _next(stage, State.HELD, now)
    _tell(stage, "counter.held", actor, now, desk=stage.desk_id)


@transaction.atomic
def resume(*, institution: Institution, visit_id: int, desk_id: int, actor: User, now: datetime) -> None:
    """Call somebody back to a desk who was held or did not come when called (8 SQL).

    Raises:
        Refused: as `_locked` and `call_next`, or the desk is of another point (desk_lines).
    """
    _own_desk(institution, desk_id, actor)
    stage = _locked(institution, visit_id, Move.RESUME)
    if desk_in_use(institution, desk_id).point_id != stage.point_id:
        raise Refused("desk_lines")
    _to_desk(stage, State.CALLED, desk_id, actor, now)
    _tell(stage, "counter.resumed", actor, now, desk=desk_id)


def _line(institution: Institution, stage: Stage, line_id: int) -> QueueLine:
    line = lines(institution).get(line_id)
    if line is None or not line.is_active or line.point_id != stage.point_id:
        raise Refused("ticket_no_line")
    return line


@transaction.atomic
def transfer(*, institution: Institution, visit_id: int, line_id: int, actor: User, now: datetime) -> None:
    """Send somebody on to another line of the point (5 SQL); they keep the moment they came, so they are
    among the first there.

    Raises:
        Refused: as `_locked`; the line gives no numbers (ticket_no_line), or is theirs (visit_same_line).
    """
    stage = _locked(institution, visit_id, Move.TRANSFER, actor)
    line = _line(institution, stage, line_id)
    if line.pk == stage.line_id:
        raise Refused("visit_same_line")
    _next(stage, State.TRANSFERRED, now, line_id=line.pk)
    _tell(stage, "counter.transferred", actor, now, line=line.pk)


@transaction.atomic
def miss(*, institution: Institution, visit_id: int, actor: User, now: datetime) -> None:
    """Note that whoever was called did not come (5 SQL); who comes later is called back by `resume`.

    Raises:
        Refused: as `_locked`.
    """
    stage = _locked(institution, visit_id, Move.MISS, actor)
    _next(stage, State.NO_SHOW, now)
    _tell(stage, "counter.missed", actor, now, desk=stage.desk_id, calls=stage.calls)


@transaction.atomic
def end(
    *,
    institution: Institution,
    visit_id: int,
    actor: User,
    now: datetime,
    subject: str = "",
    is_resolved: bool = True,
    next_line_id: int | None = None,
) -> Interaction:
    """End a service and register it as an attention in the same transaction (9 SQL and those of
    `register_attention`): its minutes are those of the intervals of waiting and of service that belong to no
    earlier attention of the visit. With `next_line_id` the same person is attended on at the same desk for
    another line; otherwise the visit is over.

    Raises:
        Refused: as `_locked` and `register_attention`; the next line gives no numbers (ticket_no_line).
    """
    stage = _locked(institution, visit_id, Move.END, actor)
    following = _line(institution, stage, next_line_id) if next_line_id is not None else None
    if following is None:
        _next(stage, State.ENDED, now)
    else:
        _to_desk(stage, State.SERVING, stage.desk_id or 0, actor, now, line_id=following.pk)
    spans = Stage.objects.filter(
        visit_id=visit_id, interaction=None, ended_at__isnull=False, state__in=(*WAITS, State.SERVING)
    )
    counted = list(spans.order_by("begun_at", "pk"))
    told = _attention(institution, stage, counted, subject=subject, is_resolved=is_resolved)
    row = register_attention(
        institution=institution, attention=told, actor=actor, now=max(now, stage.begun_at)
    )
    Stage.objects.filter(pk__in=[each.pk for each in counted]).update(interaction=row)
    _tell(stage, "counter.ended", actor, now, interaction=row.pk, next=following.pk if following else None)
    return row


def _attention(
    institution: Institution, stage: Stage, counted: Sequence[Stage], *, subject: str, is_resolved: bool
) -> Attention:
    """Return what the intervals of a service say of it; waiting is not known of what follows at once."""
    line = lines(institution)[stage.line_id]
    waited = [each for each in counted if each.state in WAITS]
    served = [each for each in counted if each.state == State.SERVING]
    return Attention(
        channel=Channel.COUNTER,
        unit_id=unit_tree(institution).current(line.unit_id) or line.unit_id,
        begun_at=served[0].begun_at,
        service_point_id=stage.point_id,
        topic_id=line.topic_id or (line.service.topic_id if line.service else None),
        subject=subject,
        minutes=minutes_of(_spans(served)),
        waited=minutes_of(_spans(waited)) if waited else None,
        is_resolved=is_resolved,
    )


def _spans(stages: Sequence[Stage]) -> list[tuple[datetime, datetime]]:
    return [(each.begun_at, each.ended_at) for each in stages if each.ended_at is not None]
