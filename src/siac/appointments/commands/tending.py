# SPDX-License-Identifier: EUPL-1.2
"""What is done about appointments by the clock: reminders, what no longer fits, how each ended, forgetting.

Each thing is found by how its row stands and noted in the transaction that does it: begun again after a
worker died, nothing is done twice and nothing is left out.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from siac.appointments.commands import telling
from siac.appointments.commands.seating import locked
from siac.appointments.domain.arrival import reminder_due
from siac.appointments.domain.states import State, WaitState
from siac.appointments.models import Appointment, Waiter
from siac.appointments.queries import agendas, why_unfit
from siac.counter.public import VisitState, visit_ends
from siac.journal.public import NewEntry, record, record_many
from siac.notices.public import erase_notices
from siac.organizations.public import Institution

BATCH = 500
NIGHT = timedelta(hours=3)
"""A counter goes on after midnight: how a day ended is noted so long after it."""
_OUTCOMES = {
    VisitState.ENDED: State.ATTENDED, VisitState.NO_SHOW: State.UNSERVED, VisitState.CLOSED: State.UNSERVED,
}  # fmt: skip


def remind(institution: Institution, *, now: datetime) -> int:
    """Remind those whose hour is near (1 SQL, and 4 for each); return how many. Whoever booked later than
    they would have been reminded is not.
    """
    known, told = agendas(institution), 0
    near = Q(pk__in=[])
    for pk, agenda in known.items():
        before = timedelta(hours=agenda.reminder_hours)
        if before:  # only what is due is read: what is not would stand before it
            late = Q(created_at__lt=F("begins_at") - before)
            near |= late & Q(agenda=pk, begins_at__lte=now + before)
    rows = Appointment.objects.filter(
        near, institution=institution, state=State.BOOKED, reminded_at=None, begins_at__gt=now
    )
    for row in list(rows.order_by("begins_at", "pk")[:BATCH]):
        at = reminder_due(row.begins_at, row.created_at, hours=known[row.agenda_id].reminder_hours)
        if at is None or at > now:
            continue
        with transaction.atomic():
            held = locked(institution, row.pk)
            if held.state != State.BOOKED or held.reminded_at is not None or held.begins_at != row.begins_at:
                continue
            held.reminded_at = now
            held.save(update_fields=["reminded_at"])
            telling.tell(institution, held, telling.REMINDER, now=now)
            told += 1
    return told


def review(institution: Institution, *, now: datetime) -> int:
    """Note which appointments to come cannot be kept as agendas, hours and services stand now, and which can
    again (2 SQL and 3 for each agenda); return how many changed. None is cancelled by it: somebody decides.
    Of an hour that began there is nothing left to decide.
    """
    booked = Appointment.objects.filter(institution=institution, state=State.BOOKED)
    changed = booked.filter(begins_at__lte=now).exclude(unfit="").update(unfit="")
    rows = booked.filter(begins_at__gt=now)
    known, by_agenda = agendas(institution), dict[int, list[Appointment]]()
    for row in rows.order_by("pk").only("pk", "agenda_id", "begins_at", "ends_at", "on", "seat", "unfit"):
        by_agenda.setdefault(row.agenda_id, []).append(row)
    for agenda_id, those in by_agenda.items():
        told = why_unfit(institution, known[agenda_id], those)
        for row in those:
            if row.unfit == told[row.pk]:
                continue
            same = Appointment.objects.filter(pk=row.pk, state=State.BOOKED, begins_at=row.begins_at)
            changed += same.update(unfit=told[row.pk])
    return changed


@transaction.atomic
def settle(institution: Institution, *, now: datetime) -> int:
    """Note how appointments ended: attended where the visit was, not attended where it was not, missed where
    nobody came and the day is over (4 SQL where there is nothing); return how many.
    """
    held = Appointment.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    present = list(held.filter(institution=institution, state=State.PRESENT).order_by("pk")[:BATCH])
    ends = visit_ends(row.visit_id for row in present if row.visit_id) if present else {}
    yesterday = institution.local_date(now - NIGHT)
    booked = held.filter(institution=institution, state=State.BOOKED, on__lt=yesterday, ends_at__lt=now)
    changed = []
    for row in present:
        if row.visit_id in ends:
            row.state = _OUTCOMES[ends[row.visit_id]]
            changed.append(row)
    for row in booked.order_by("pk")[:BATCH]:
        row.state = State.MISSED
        changed.append(row)
    Appointment.objects.bulk_update(changed, ["state"])
    entries = [NewEntry(row.stream, "appointments.settled", {"state": str(row.state)}) for row in changed]
    if entries:
        record_many(institution.pk, entries, now)
    return len(changed)


@transaction.atomic
def forget(institution: Institution, *, now: datetime) -> int:
    """Forget who booked what is over for as long as its agenda keeps it, and who waited in vain; return how
    many (2 SQL for each agenda, 4 more for every `BATCH` of each). What was counted stays, of nobody; of
    their notices the texts go.
    """
    today, gone = institution.local_date(now), 0
    for agenda in agendas(institution).values():
        last = today - timedelta(days=agenda.keep_days)
        known = {"institution": institution, "agenda": agenda, "sealed__isnull": False}
        while ids := _first_ids(Appointment.objects.filter(on__lt=last, **known)):
            Appointment.objects.filter(pk__in=ids).update(sealed=None, contact_keys=[], request_key=None)
            erase_notices(institution.pk, telling.APPOINTMENT, ids, now=now)
            gone += len(ids)
        while ids := _first_ids(Waiter.objects.filter(last_on__lt=last, **known)):
            Waiter.objects.filter(pk__in=ids).update(sealed=None, contact_keys=[], request_key=None)
            Waiter.objects.filter(pk__in=ids, state=WaitState.WAITING).update(state=WaitState.ENDED)
            erase_notices(institution.pk, telling.WAITER, ids, now=now)
            gone += len(ids)
    if gone:
        record(
            institution.pk,
            f"institution:{institution.pk}",
            "appointments.forgotten",
            now,
            data={"count": gone},
        )
    return gone


def _first_ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
