# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar would move, computed by a job, shown, and applied as it was shown.

A body may have a hundred thousand running terms: no page waits for them.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Count, Func, Sum

from siac.clocks.bulk import Live, NewDue
from siac.clocks.commands.changes import begin_adding, begin_revoking
from siac.clocks.commands.moves import all_versions, preview_batches, touched
from siac.clocks.domain.refusals import Code
from siac.clocks.models import APPLIED, CalendarChange, CalendarLayer, CalendarPreview
from siac.clocks.queries.changes import sums_of
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, Step, TimeSource, begin, finish, tell
from siac.kernel.approvals import Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.kernel.work_states import WorkState

LINE = Line(
    CalendarPreview, "clocks.preview_change", "preview_id", queue=ASKED, related=("layer", "requested_by")
)
KEPT_FOR = timedelta(days=30)
APPROVAL = Approval(
    after={(WorkState.DONE, ApprovalStep.APPROVE): APPLIED}, closed={ApprovalStep.APPROVE: Code.PREVIEW_GONE}
)
"""A preview is applied once, by whoever asked for it and saw it."""
_PRINT: Any = Func(
    *Live._fields,
    template="hashtextextended(ROW(%(expressions)s)::text, 0)",
    output_field=BigIntegerField(),
)
"""All that the day of a clock hangs on, as a number."""
_ADDED = CalendarChange.Action.ADDED


@dataclass(frozen=True, slots=True)
class Asked:
    """Days to add to a calendar, or to take out of it, as staff typed them.

    `days` are local dates; `kind`, `source` are of days that are added. `screen` and `typed` lead back to the
    form.
    """

    layer: CalendarLayer
    action: str
    days: Sequence[date]
    name: str
    reason: str
    kind: str = ""
    source: str = ""
    screen: str = ""
    typed: Mapping[str, str] | None = None


@transaction.atomic
def begin_preview(asked: Asked, *, institution_id: int, actor_id: int, now: datetime) -> CalendarPreview:
    """Start the job that computes what a change of calendar would move; nothing is changed.

    Previews that were asked for a month ago go.

    Raises:
        Refused: as `add_days` or `revoke_days` would refuse the change itself.
    """
    row = CalendarPreview(
        institution_id=institution_id,
        layer=asked.layer,
        action=asked.action,
        days=[day.isoformat() for day in sorted(set(asked.days))],
        kind=asked.kind,
        name=squeeze(asked.name)[:120],
        source=squeeze(asked.source)[:200],
        reason=squeeze(asked.reason)[:300],
        screen=asked.screen,
        typed=dict(asked.typed or {}),
        requested_by_id=actor_id,
        created_at=now,
    )
    with transaction.atomic():  # what would be refused is said now, by the command that will refuse it
        _apply(row, now)
        transaction.set_rollback(True)
    old = CalendarPreview.objects.filter(institution_id=institution_id, created_at__lt=now - KEPT_FOR)
    old.exclude(state__in=(WorkState.WAITING, WorkState.RUNNING)).delete()
    row.total = touched(row.layer, row.dates).count()
    return begin(LINE, row, now=now, refusal=Code.PREVIEW_GONE)


@transaction.atomic
def renew_preview(row: CalendarPreview, *, now: datetime) -> CalendarPreview:
    """Ask once more for what a preview asked for; the old one stays as it is.

    Raises:
        Refused: as `begin_preview`.
    """
    asked = Asked(
        row.layer, row.action, row.dates, row.name, row.reason, row.kind, row.source, row.screen, row.typed
    )
    return begin_preview(asked, institution_id=row.institution_id, actor_id=row.requested_by_id, now=now)


def previewing(row: CalendarPreview, clock: TimeSource) -> Generator[Step[CalendarPreview], Any, None]:
    """Compute what a change of calendar would move; begun again from the start if a worker dies.

    What was computed is kept with the digest of what it was computed from, read before and after; where
    somebody changed a clock meanwhile it is computed again.
    """
    while True:
        stands = _standing(row)
        moved = _computed(row, clock)
        if (yield partial(_keep, moved=moved, stands=stands)):
            return


def _computed(row: CalendarPreview, clock: TimeSource) -> list[NewDue]:
    added, removed = (row.dates, []) if row.action == _ADDED else ([], row.dates)
    moved: list[NewDue] = []
    done = 0
    for batch in preview_batches(row.layer, added=added, removed=removed, kind=row.kind):
        moved += [new for new in batch if new.due_on != new.clock.due_on]
        done += len(batch)
        tell(row, clock(), done=done)
    return moved


def _keep(row: CalendarPreview, now: datetime, *, moved: Sequence[NewDue], stands: str) -> bool:
    if _standing(row) != stands:
        return False
    row.found, row.digest = asdict(sums_of(moved, row.institution_id)), stands
    row.save(update_fields=["found", "digest"])
    finish(row, now)
    return True


def _standing(row: CalendarPreview) -> str:
    """Return the digest of all that the moves of a change hang on: the calendars and every live clock that it
    touches (2 SQL; a tenth of a second for 50,000 clocks).
    """
    clocks = touched(row.layer, row.dates).order_by().aggregate(count=Count("pk"), sum=Sum(_PRINT))
    asked = (row.layer.code, row.action, row.days, row.kind)
    return digest_of(asked, sorted(all_versions().items()), clocks)


@transaction.atomic
def apply_preview(
    *, preview_id: int, institution_id: int, actor_id: int, seen: str | None = None, now: datetime
) -> CalendarChange:
    """Make the change of a preview and start the job that moves the clocks.

    `seen` is the digest of the preview that was looked at; None does not ask.

    Raises:
        Refused: it was applied, or is not done (calendar_preview_gone); a clock or a calendar changed since
            it was computed (approval_overtaken); or as `add_days` and `revoke_days`.
    """
    row = LINE.locked(preview_id, institution_id=institution_id, requested_by_id=actor_id)
    if row is None:
        raise Refused(Code.PREVIEW_GONE)
    CalendarLayer.objects.select_for_update().get(pk=row.layer_id)
    row.state = APPROVAL.approve(row.state, stands=_standing(row), seen=seen)
    row.change = _apply(row, now)
    row.save(update_fields=["state", "change"])
    return row.change


def _apply(row: CalendarPreview, now: datetime) -> CalendarChange:
    common: dict[str, Any] = {
        "layer_code": row.layer.code,
        "days": row.dates,
        "name": row.name,
        "reason": row.reason,
        "institution_id": row.institution_id,
        "actor_id": row.requested_by_id,
        "now": now,
    }
    if row.action == _ADDED:
        return begin_adding(**common, kind=row.kind, source=row.source)
    return begin_revoking(**common)
