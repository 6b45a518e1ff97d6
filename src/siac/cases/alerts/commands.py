# SPDX-License-Identifier: EUPL-1.2
"""Climbing the ladder: cases near or past their last day are put before whoever their kind says."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from siac.accounts.public import User, user_of
from siac.cases.access import visible_to
from siac.cases.alerts.queries import alerts_for
from siac.cases.commands.planning import calendar_of
from siac.cases.domain.clock_kinds import ALERTED, APPEAL, PLATFORM, SUBJECT
from siac.cases.models import Appeal, Case, CaseAlert
from siac.cases.queries import kinds
from siac.clocks.public import Audience, Clock, Step, WorkingCalendar, running_clocks
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Access, Institution, access_in, holders, in_each_body

LATEST = 5
"""Business days: a step reached longer ago is not told any more, so that an old
register coming in cries no wolf.
"""
BATCH = 2000
_NEEDED = ("pk", "kind_id", "unit_id", "assignee_id", "is_restricted", "state")


def raise_alerts(*, now: datetime) -> int:
    """Raise what the ladders of all bodies ask for today, and mail each person
    one summary; return how many alerts.
    """
    return in_each_body("cases.raise_alerts", partial(_raise_in, now=now), now=now)


@transaction.atomic
def _raise_in(institution: Institution, *, now: datetime) -> int:
    climb = _Climb(institution, calendar_of(institution), institution.local_date(now), now)
    appealed = Appeal.objects.filter(institution=institution, state=Appeal.State.PENDING).exists()
    raised: list[CaseAlert] = []
    ours = kinds(institution).values()
    for step, having in _by_step((kind.pk, kind.steps()) for kind in ours).items():
        raised += climb.terms(having, step)
    if appealed:
        for step, having in _by_step((kind.pk, kind.appeal_steps()) for kind in ours).items():
            raised += climb.appeals(having, step)
    # Each holds its clock: the lowest id first, as whoever changes clocks takes them.
    ordered = sorted(raised, key=lambda alert: alert.clock_id)
    made = CaseAlert.objects.bulk_create(ordered, ignore_conflicts=True, batch_size=BATCH)
    if made:
        _mail(institution, raised, now=now)
    return len(raised)


def _by_step(ladders: Iterable[tuple[int, Iterable[Step]]]) -> dict[Step, list[int]]:
    """Return which kinds have each step: most share a ladder, and each step is looked at once."""
    having: dict[Step, list[int]] = {}
    for kind_id, steps in ladders:
        for step in steps:
            having.setdefault(step, []).append(kind_id)
    return having


@dataclass(frozen=True, slots=True)
class _Climb:
    """One hour's climbing in one body, on its local day `today`."""

    institution: Institution
    calendar: WorkingCalendar
    today: date
    now: datetime

    def terms(self, kind_ids: list[int], step: Step) -> list[CaseAlert]:
        """Return the alerts of one step about the terms of the cases of some kinds (1 SQL, or 2)."""
        clocks = self._reached(step, subject=SUBJECT, kinds=(*ALERTED, PLATFORM))
        if not clocks:
            return []
        cases = Case.objects.filter(institution=self.institution, kind_id__in=kind_ids)
        cases = cases.filter(pk__in={clock.subject_id for clock in clocks})
        found = {case.pk: case for case in cases.only(*_NEEDED)}
        about = [(clock, found[clock.subject_id]) for clock in clocks if clock.subject_id in found]
        return [
            self._alert(step, clock, case)
            for clock, case in about
            if _speaks(step, case) and (case.is_open or clock.kind == PLATFORM)
        ]

    def appeals(self, kind_ids: list[int], step: Step) -> list[CaseAlert]:
        """Return the alerts of one step about the terms of pending appeals
        against answers of some kinds (2 SQL).
        """
        clocks = {clock.subject_id: clock for clock in self._reached(step, subject=APPEAL, kinds=(APPEAL,))}
        rows = Appeal.objects.filter(institution=self.institution, case__kind_id__in=kind_ids, pk__in=clocks)
        pending = rows.filter(state=Appeal.State.PENDING).select_related("case").order_by("pk")
        return [
            self._alert(step, clocks[row.pk], row.case, row) for row in pending if _speaks(step, row.case)
        ]

    def _reached(self, step: Step, *, subject: str, kinds: Sequence[str]) -> list[Clock]:
        """Return the running clocks that a step has reached and for which it was not raised before (1 SQL).

        A step before the last day says nothing where the whole term is no longer than that.
        """
        first, last = due_days(self.calendar, self.today, step.offset)
        own = CaseAlert.objects.filter(institution=self.institution, clock_id=OuterRef("pk"))
        known = own.filter(offset=step.offset, audience=step.to)
        silenced = own.filter(audience=step.to, silences=True)
        rows = running_clocks(self.institution.pk, subject, kinds, first=first, last=last)
        rows = rows.filter(~Exists(known), ~Exists(silenced))
        return [
            clock for clock in rows if self.calendar.business_between(clock.day0, clock.due_on) > -step.offset
        ]

    def _alert(self, step: Step, clock: Clock, case: Case, appeal: Appeal | None = None) -> CaseAlert:
        return CaseAlert(
            institution=self.institution,
            case=case,
            appeal=appeal,
            clock_id=clock.pk,
            clock_kind=clock.kind,
            due_on=clock.due_on,
            offset=step.offset,
            audience=step.to,
            unit_id=case.unit_id,
            user_id=case.assignee_id if step.to is Audience.ASSIGNEE else None,
            raised_at=self.now,
        )


def _speaks(step: Step, case: Case) -> bool:
    return step.to is not Audience.ASSIGNEE or case.assignee_id is not None


def due_days(calendar: WorkingCalendar, today: date, offset: int) -> tuple[date, date]:
    """Return the first and the last due day for which a step `offset` business
    days after it is reached by `today`.

    The step of a term that ends on D is reached on the first day when `offset` business
    days have passed since D (or, before D, no more than that many are left), and stays
    worth telling for `LATEST` business days.
    """
    first = calendar.latest_at(today, offset + LATEST) + timedelta(days=1)
    return first, calendar.latest_at(today, offset)


def _mail(institution: Institution, alerts: Iterable[CaseAlert], *, now: datetime) -> None:
    """Queue one summary per person, whatever the number of alerts."""
    told: dict[int, int] = defaultdict(int)
    by_role = holders(institution)
    for alert in alerts:
        people = [alert.user_id] if alert.user_id else by_role.over(alert.audience, alert.unit_id)
        for user_id in people:
            if alert.user_id or not alert.case.is_restricted or _reads(institution, user_id, alert.case):
                told[user_id] += 1
    queue_many(
        institution.pk,
        [
            NewNotice(
                kind="cases.alerts",
                recipient=f"user:{user_id}",
                channel="email",
                subject_type="user",
                subject_id=user_id,
                context={"count": count},
            )
            for user_id, count in sorted(told.items())
        ],
        now,
    )


def _reads(institution: Institution, user_id: int, case: Case) -> bool:
    """Return whether a user sees a restricted case: nobody else is told that one of its terms ends."""
    access = access_in(user_of(user_id), institution.slug)
    return visible_to(access).filter(pk=case.pk).exists()


@transaction.atomic
def see_alert(*, access: Access, alert_id: int, silence: bool, actor: User, now: datetime) -> CaseAlert:
    """Note that an alert was seen by one to whom it speaks; with `silence` it
    is the last about this term for them.

    Raises:
        Refused: it does not speak to this user, or somebody of the same role saw it already (alert_unknown).
    """
    alert = alerts_for(access).filter(pk=alert_id, seen_at=None).select_for_update(of=("self",)).first()
    if alert is None:
        raise Refused("alert_unknown")
    alert.seen_at, alert.seen_by, alert.silences = now, actor, silence
    alert.save(update_fields=["seen_at", "seen_by", "silences"])
    record(
        institution_id=alert.institution_id,
        stream=alert.case.stream,
        kind="cases.alert_silenced" if silence else "cases.alert_seen",
        at=now,
        actor_id=actor.pk,
        data={"clock": alert.clock_id, "offset": alert.offset, "audience": alert.audience},
    )
    return alert
