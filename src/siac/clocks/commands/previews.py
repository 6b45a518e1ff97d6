# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar or another place would move, computed by a job, shown, applied as it was shown.

A body may have a hundred thousand running terms: no page waits for them.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Count, Func, Sum

from siac.clocks.bulk import Live, NewDue
from siac.clocks.commands.changes import begin_adding, begin_revoking
from siac.clocks.commands.moves import all_versions, concerned, place_batches, preview_batches
from siac.clocks.domain.refusals import Code
from siac.clocks.models import APPLIED, CalendarChange, CalendarLayer, CalendarPreview
from siac.clocks.queries.changes import sums_of
from siac.clocks.queries.places import check_place, place_name
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, Step, TimeSource, begin, finish, tell
from siac.kernel.approvals import OVERTAKEN, Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.kernel.work_states import WorkState
from siac.organizations.public import ShownMoves

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

    def columns(self) -> dict[str, Any]:
        """Return what a preview keeps of it."""
        return {
            "layer": self.layer,
            "action": self.action,
            "days": [day.isoformat() for day in sorted(set(self.days))],
            "kind": self.kind,
            "name": squeeze(self.name)[:120],
            "source": squeeze(self.source)[:200],
            "reason": squeeze(self.reason)[:300],
            "screen": self.screen,
            "typed": dict(self.typed or {}),
        }


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """Another place of a body, or of its unit `unit_id`; `screen` and `typed` lead back to the form, and are
    what is saved with it.
    """

    unit_id: int | None
    before: str
    after: str
    screen: str = ""
    typed: Mapping[str, str] | None = None

    def columns(self) -> dict[str, Any]:
        """Return what a preview keeps of it (2 SQL)."""
        return {
            "unit_id": self.unit_id,
            "place_from": self.before,
            "place_to": self.after,
            "action": CalendarChange.Action.PLACE,
            "days": [],
            "name": way_between(self.before, self.after),
            "screen": self.screen,
            "typed": dict(self.typed or {}),
        }


def way_between(before: str, after: str) -> str:
    """Return what a change of place is called (2 SQL)."""
    return f"{place_name(before)} → {place_name(after)}"[:120]


_ASKED = (
    "institution_id", "layer", "unit_id", "place_from", "place_to", "action", "days", "kind", "name",
    "source", "reason", "screen", "typed", "requested_by_id",
)  # fmt: skip


@transaction.atomic
def begin_preview(
    asked: Asked | AskedPlace, *, institution_id: int, actor_id: int, now: datetime
) -> CalendarPreview:
    """Start the job that computes what a change of calendar or another place moves; nothing is changed.

    Previews that were asked for a month ago go.

    Raises:
        Refused: as `add_days` or `revoke_days` would refuse the change itself; no calendar knows the place.
    """
    whose = {"institution_id": institution_id, "requested_by_id": actor_id}
    return _begin(CalendarPreview(**asked.columns(), **whose, created_at=now), now)


def _begin(row: CalendarPreview, now: datetime) -> CalendarPreview:
    if row.layer is None:
        check_place(row.place_to)
    else:
        with transaction.atomic():  # what would be refused is said now, by the command that will refuse it
            _apply(row, row.layer, now)
            transaction.set_rollback(True)
    old = CalendarPreview.objects.filter(institution_id=row.institution_id, created_at__lt=now - KEPT_FOR)
    old.exclude(state__in=(WorkState.WAITING, WorkState.RUNNING)).delete()
    row.total = concerned(row).count()
    return begin(LINE, row, now=now, refusal=Code.PREVIEW_GONE)


@transaction.atomic
def renew_preview(row: CalendarPreview, *, now: datetime) -> CalendarPreview:
    """Ask once more for what a preview asked for; the old one stays as it is.

    Raises:
        Refused: as `begin_preview`.
    """
    return _begin(CalendarPreview(**{name: getattr(row, name) for name in _ASKED}, created_at=now), now)


def previewing(row: CalendarPreview, clock: TimeSource) -> Generator[Step[CalendarPreview], Any, None]:
    """Compute what a change of calendar or another place moves; begun anew if a worker dies.

    What was computed is kept with the digest of what it was computed from, read before and after; where
    somebody changed a clock meanwhile it is computed again.
    """
    while True:
        stands = _standing(row)
        moved = _computed(row, clock)
        if (yield partial(_keep, moved=moved, stands=stands)):
            return


def _computed(row: CalendarPreview, clock: TimeSource) -> list[NewDue]:
    moved: list[NewDue] = []
    done = 0
    for batch in _batches(row):
        moved += [new for new in batch if new.due_on != new.clock.due_on]
        done += len(batch)
        tell(row, clock(), done=done)
    return moved


def _batches(row: CalendarPreview) -> Iterator[list[NewDue]]:
    if row.layer is None:
        return place_batches(row.institution_id, row.unit_id, row.place_from, row.place_to)
    added, removed = (row.dates, []) if row.action == _ADDED else ([], row.dates)
    return preview_batches(row.layer, added=added, removed=removed, kind=row.kind)


def _keep(row: CalendarPreview, now: datetime, *, moved: Sequence[NewDue], stands: str) -> bool:
    if _standing(row) != stands:
        return False
    row.found, row.digest = asdict(sums_of(moved, row.institution_id)), stands
    row.save(update_fields=["found", "digest"])
    finish(row, now)
    return True


def _standing(row: CalendarPreview) -> str:
    """Return the digest of all that the moves hang on: the calendars and every live clock that is
    concerned (2 SQL, 1 more of a place; a tenth of a second for 50,000 clocks).
    """
    clocks = concerned(row).order_by().aggregate(count=Count("pk"), sum=Sum(_PRINT))
    if row.layer is None:
        asked: Any = (row.unit_id, row.place_from, row.place_to)
    else:
        asked = (row.layer.code, row.action, row.days, row.kind)
    return digest_of(asked, sorted(all_versions().items()), clocks)


@transaction.atomic
def apply_preview(
    *, preview_id: int, institution_id: int, actor_id: int, seen: str | None = None, now: datetime
) -> CalendarChange:
    """Make the change of calendar of a preview and start the job that moves the clocks.

    `seen` is the digest of the preview that was looked at; None does not ask.

    Raises:
        Refused: it was applied, is not done or is of a place (calendar_preview_gone); a clock or a calendar
            changed since it was computed (approval_overtaken); or as `add_days` and `revoke_days`.
    """
    row = LINE.locked(preview_id, institution_id=institution_id, requested_by_id=actor_id)
    if row is None or row.layer is None:
        raise Refused(Code.PREVIEW_GONE)
    CalendarLayer.objects.select_for_update(no_key=True).get(pk=row.layer.pk)
    row.state = APPROVAL.approve(row.state, stands=_standing(row), seen=seen)
    row.change = _apply(row, row.layer, now)
    row.save(update_fields=["state", "change"])
    return row.change


def approved_place(
    shown: ShownMoves,
    *,
    institution_id: int,
    unit_id: int | None,
    before: str,
    after: str,
    actor_id: int | None,
) -> CalendarPreview:
    """Return the preview of another place, approved as it was shown and not yet saved; it stays locked.

    Raises:
        Refused: it was applied, or is not done (calendar_preview_gone); another place was shown, or a clock
            or a calendar changed since (approval_overtaken).
    """
    row = LINE.locked(shown.preview_id, institution_id=institution_id, requested_by_id=actor_id, layer=None)
    if row is None:
        raise Refused(Code.PREVIEW_GONE)
    if (row.unit_id, row.place_from, row.place_to) != (unit_id, before, after):
        raise Refused(OVERTAKEN)
    row.state = APPROVAL.approve(row.state, stands=_standing(row), seen=shown.digest)
    return row


def _apply(row: CalendarPreview, layer: CalendarLayer, now: datetime) -> CalendarChange:
    common: dict[str, Any] = {
        "layer_code": layer.code,
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
