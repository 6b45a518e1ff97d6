# SPDX-License-Identifier: EUPL-1.2
"""Long work: a row that says how far it is, and one runner that does it in steps.

A work is a generator of steps, and is given back what each returned. A step is a transaction that has the row
locked; what the generator does between two steps holds nothing. A worker has a work by a lease, which every
step renews: one that died loses it, and the next one goes on behind the last whole step. Which act leads to
which state is told in `kernel.work_states`.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.infra.jobs import SHORT, STALLED_AFTER, is_passing, job
from siac.infra.models import LongWork
from siac.infra.readers import at_home, reading_all_apart
from siac.infra.retrying import Busy, Ended, tried_again
from siac.kernel.errors import Refused
from siac.kernel.work_states import Act, WorkState, after, is_moving

LEASE = timedelta(seconds=STALLED_AFTER)
W = TypeVar("W", bound=LongWork)
TimeSource = Callable[[], datetime]
Step = Callable[[W, datetime], Any]
"""A part of a work, given the locked row and the time; done whole or not at all."""
Steps = Callable[[W, TimeSource], Generator[Step[W], Any, None]]


@dataclass(frozen=True, slots=True)
class Line(Generic[W]):
    """Where the works of a model wait: the job that does one of them, and how it is told which one."""

    model: type[W]
    job: str
    argument: str
    queue: str = SHORT
    related: tuple[str, ...] = ()
    """What its steps read along with the row."""
    only: Mapping[str, Any] = field(default_factory=dict)
    """Of a model with works of several kinds: which of them are of this one."""
    reads_apart: bool = False
    """What it does between two steps only reads, but for `tell`: from the replica, if there is one and it has
    all that was written before; else, and where that one is lost meanwhile, at the next try, as any other.
    """

    def locked(self, pk: int, **only: Any) -> W | None:
        """Return a work locked for change (1 SQL), or None where `only` does not hold."""
        rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)
        rows = rows.filter(pk=pk, **self.only, **only)
        return rows.select_related(*self.related).first()


def begin(
    line: Line[W], row: W, *, now: datetime, refusal: str, also: Sequence[str] = (), by_job: bool = True
) -> W:
    """Put a work in line that was in a state of its own, or one that failed or was stopped; the caller has it
    locked or just made it. `also`: fields that the caller changed, saved with it.

    Raises:
        Refused: a job has it, or it is done (`refusal`).
    """
    is_new = row._state.adding
    state = WorkState.WAITING if is_new else after(row.state, Act.BEGIN) or after(row.state, Act.TAKE_UP)
    if state is None:
        raise Refused(refusal)
    row.state, row.ended_at, row.fault, row.leased_until = state, None, "", None
    row.begun_at = row.begun_at or now
    row.save(update_fields=None if is_new else [*_KEPT, "begun_at", *also])
    if by_job:
        _queue(line, row)
    return row


def _queue(line: Line[W], row: W) -> None:
    app.configure_task(line.job, lock=_lock_of(row)).defer(**{line.argument: row.pk})


def _lock_of(row: LongWork) -> str:
    """Return the lock of a work's job; by it the job is found, too."""
    return f"{row._meta.label_lower}:{row.pk}"


_KEPT = ("state", "ended_at", "fault", "leased_until")


def _end(row: LongWork, state: str, now: datetime, fault: str = "") -> None:
    row.state, row.ended_at, row.fault, row.leased_until = state, now, fault[:100], None
    row.save(update_fields=_KEPT)


def stop(row: LongWork, *, now: datetime, refusal: str) -> None:
    """Stop a work after the step it is in; what is done stays done. The caller has it locked.

    Raises:
        Refused: no job has it (`refusal`).
    """
    state = after(row.state, Act.STOP)
    if state is None:
        raise Refused(refusal)
    _end(row, state, now)


def finish(row: LongWork, now: datetime, *, into: str = WorkState.DONE) -> None:
    """End a work within its last step, so that what it did and that it is done are one transaction.

    `into`: a state of its own that it ends in, from which it may begin again.
    """
    if after(row.state, Act.FINISH):
        _end(row, into, now)


def fail(row: LongWork, now: datetime, fault: str) -> None:
    """End a work within a step without an exception: a part of it could not be done (`fault`: a class)."""
    if after(row.state, Act.FAIL):
        _end(row, WorkState.FAILED, now, fault)


def tell(row: LongWork, now: datetime, **values: Any) -> None:
    """Note how far a work is, between two steps, and keep its lease (1 SQL).

    Raises:
        Ended: it was stopped, or another worker has it.
    """
    until = now + LEASE
    mine = type(row)._default_manager.filter(
        pk=row.pk, state=WorkState.RUNNING, leased_until=row.leased_until
    )
    with at_home():
        is_mine = mine.update(leased_until=until, **values)
    if not is_mine:
        raise Ended
    row.leased_until = until


def real_time() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


def run_long(
    line: Line[W],
    pk: int,
    steps: Steps[W],
    *,
    clock: TimeSource = real_time,
    failed: Callable[[W, Exception, datetime], None] | None = None,
) -> None:
    """Do a work, or what is left of one; one that is done, stopped or not begun stays as it is.

    `failed` is called, with the row locked, in the transaction that notes a failure: it may say more than
    the class of the error, and lead to a state of its own. A refusal is no fault of the job, and not raised.

    Raises:
        Busy: another worker has it, and its lease still runs; the job is tried again.
        Exception: whatever ended it; a fault that passes leaves it as it is, for the job comes again.
    """
    row = tried_again(partial(_claimed, line, pk, clock))
    if row is None:
        return
    try:
        with closing(steps(row, clock)) as parts:
            step = _read_on(line, row, parts, None, clock, goes_on=False)
            while step is not None:
                result = tried_again(partial(_one, line, row, step, clock))
                step = _read_on(line, row, parts, result, clock, goes_on=True)
        tried_again(partial(_one, line, row, finish, clock))
    except Ended:
        return
    except Exception as error:
        if is_passing(error):
            _let_go(row)
            raise
        with suppress(Ended):
            tried_again(partial(_one, line, row, partial(_failing, error=error, failed=failed), clock))
        if not isinstance(error, Refused):
            raise
    except BaseException:  # the process ends in order
        _let_go(row)
        raise


@transaction.atomic
def _claimed(line: Line[W], pk: int, clock: TimeSource) -> W | None:
    row, now = line.locked(pk), clock()
    if row is None or after(row.state, Act.CLAIM) is None:
        return None
    if row.state == WorkState.RUNNING and row.leased_until is not None and row.leased_until > now:
        raise Busy(f"{row._meta.label} {pk}")
    row.state, row.leased_until = WorkState.RUNNING, now + LEASE
    row.save(update_fields=["state", "leased_until"])
    return row


def _read_on(
    line: Line[W],
    row: W,
    parts: Generator[Step[W], Any, None],
    result: Any,
    clock: TimeSource,
    *,
    goes_on: bool,
) -> Step[W] | None:
    """Return the next step as `_after`, what is done before it read apart where the line wants that."""
    row.data_at = clock()
    with reading_all_apart(goes_on=goes_on) if line.reads_apart else nullcontext():
        return _after(parts, result)


def _after(parts: Generator[Step[W], Any, None], result: Any) -> Step[W] | None:
    """Return the next step, told what the last one returned; None behind the last one."""
    try:
        return parts.send(result)
    except StopIteration:
        return None


def _one(line: Line[W], mine: W, step: Step[W], clock: TimeSource) -> Any:
    """Do one step; `mine` knows of the new lease only once it is committed.

    Raises:
        Ended: it is done, somebody stopped it, or another worker has it.
    """
    now = clock()
    with transaction.atomic():
        row = line.locked(mine.pk, state=WorkState.RUNNING, leased_until=mine.leased_until)
        if row is None:
            raise Ended
        result = step(row, now)
        if row.state == WorkState.RUNNING:
            line.model._default_manager.filter(pk=mine.pk).update(leased_until=now + LEASE)
    mine.leased_until = now + LEASE
    return result


def _failing(
    row: W, now: datetime, *, error: Exception, failed: Callable[[W, Exception, datetime], None] | None
) -> None:
    _end(row, WorkState.FAILED, now, type(error).__name__)
    if failed is not None:
        failed(row, error, now)


def _let_go(row: LongWork) -> None:
    """Give a lease back where the database still answers, so that the next try need not wait for its end."""
    try:
        with transaction.atomic():
            mine = type(row)._default_manager.filter(pk=row.pk, leased_until=row.leased_until)
            mine.update(leased_until=None)
    except (DatabaseError, InterfaceError):
        pass  # it runs out by itself


_LINES: list[Line[Any]] = []
"""Every line that a job works."""
LOST_AFTER = timedelta(minutes=5)


def queue_lost(*, now: datetime) -> int:
    """Queue each work again that was begun five minutes ago, that nobody has and that no job will do; return
    how many. Its job was deleted, or stayed behind when a backup was restored (2 SQL for each line).
    """
    count = 0
    for line in _LINES:
        moving = Q(state=WorkState.WAITING) | Q(state=WorkState.RUNNING)
        nobodys = Q(leased_until=None) | Q(leased_until__lt=now)
        rows = line.model._default_manager.filter(moving, nobodys, begun_at__lt=now - LOST_AFTER, **line.only)
        by_lock = {_lock_of(row): row.pk for row in rows.only("pk")}
        jobs = ProcrastinateJob.objects.filter(lock__in=by_lock, status__in=("todo", "doing"))
        for lock in by_lock.keys() - set(jobs.values_list("lock", flat=True)):
            count += _queued_again(line, by_lock[lock], now)
    return count


@transaction.atomic
def _queued_again(line: Line[Any], pk: int, now: datetime) -> bool:
    row = line.locked(pk)
    if row is None or not is_moving(row.state) or (row.leased_until is not None and row.leased_until >= now):
        return False
    _queue(line, row)
    return True


def declare_long_job(
    line: Line[W], steps: Steps[W], *, failed: Callable[[W, Exception, datetime], None] | None = None
) -> Any:
    """Declare the job of a line; called with the key of a work it does it."""

    def work(*args: Any, **kwargs: Any) -> None:
        (pk,) = (*args, *kwargs.values())
        run_long(line, pk, steps, failed=failed)

    work.__doc__ = steps.__doc__
    _LINES.append(line)
    return job(line.job, queue=line.queue)(work)
