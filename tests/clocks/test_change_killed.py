# SPDX-License-Identifier: EUPL-1.2
"""A worker killed in the middle of a change of calendar: the next one goes on, and every term moves once."""

from datetime import date

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.clocks.commands.changes import BATCH, begin_adding
from siac.clocks.commands.previews import AskedPlace, begin_preview
from siac.clocks.models import CalendarChange, CalendarPreview, Clock, ClockMove
from siac.clocks.public import Amount, ClockSpec, Unit, open_own_layer, settle_overdue
from siac.journal.models import JournalEntry
from siac.journal.public import verify_institution
from tests.clocks.starting import start_clocks
from tests.factories import NOW, House, file, make_house
from tests.processes import worker_killed_when, worker_until

pytestmark = [pytest.mark.slow]
COUNT = 4 * BATCH
THERE = "CL-AN"


def start_visits(house: House, subject: tuple[str, int] = ("visit", 1)) -> None:
    """Start many clocks of one subject of the body."""
    institution = house.institution
    spec = ClockSpec(
        institution_id=institution.pk,
        subject_type=subject[0],
        subject_id=subject[1],
        kind="visit",
        label="Visita",
        place=institution.place,
        time_zone=institution.time_zone,
        event_at=NOW,
        amount=Amount(20, Unit.BUSINESS_DAYS),
        channel=None,
    )
    start_clocks([spec] * COUNT)


def test_goes_on_where_the_killed_worker_stopped(real_commits):
    house = make_house()
    institution = house.institution
    layer = open_own_layer(institution_id=institution.pk, name=institution.name, country="CL", now=NOW)
    case = file(house, now=NOW)
    start_visits(house)
    before = Case.objects.get(pk=case.pk).legal_due_on
    change = begin_adding(
        layer_code=layer.code,
        days=[date(2026, 9, 15)],
        name="Paro",
        kind="closure",
        source="Circular 3",
        reason="Paro",
        institution_id=institution.pk,
        actor_id=house.user(Role.QUALITY_MANAGER).pk,
        now=NOW,
    )

    def looked() -> int:
        return CalendarChange.objects.values_list("done", flat=True).get(pk=change.pk)

    worker_killed_when(lambda: looked() >= BATCH)
    assert looked() < change.total
    worker_until(lambda: CalendarChange.objects.filter(pk=change.pk, state="done").exists())
    change.refresh_from_db()
    assert (change.moved, change.left) == (change.total, 0)
    assert ClockMove.objects.filter(change=change).count() == change.total  # one each
    visits = Clock.objects.filter(subject_type="visit")
    assert set(visits.values_list("due_on", flat=True)) == {date(2026, 10, 7)}
    moved = JournalEntry.objects.filter(stream=case.stream, kind="cases.term_moved")
    assert before is not None and Case.objects.get(pk=case.pk).legal_due_on > before
    assert moved.count() == 1  # the promise of the charter ends the day before the strike


def test_what_another_place_would_move_is_computed_whole_by_the_next_worker(real_commits):
    house = make_house()
    body = house.institution
    begin_adding(
        layer_code=THERE, days=[date(2026, 9, 15)], name="Día de la región", kind="holiday", source="Ley 1",
        reason="Ley 1", institution_id=body.pk, actor_id=None, now=NOW,
    )  # fmt: skip
    case = file(house, now=NOW)
    start_visits(house, ("case", case.pk))
    settle_overdue(timezone.now())  # else the worker does, and what is owed then has a clock more
    asked, asker = AskedPlace(None, body.place, THERE), house.user(Role.QUALITY_MANAGER).pk
    row = begin_preview(asked, institution_id=body.pk, actor_id=asker, now=NOW)
    due = dict(Clock.objects.values_list("pk", "due_on"))

    def looked() -> int:
        return CalendarPreview.objects.values_list("done", flat=True).get(pk=row.pk)

    worker_killed_when(lambda: looked() >= BATCH)
    row.refresh_from_db()
    assert (row.state, row.digest) == ("running", "") and row.done < row.total
    worker_until(lambda: CalendarPreview.objects.filter(pk=row.pk, state="done").exists())
    row.refresh_from_db()
    assert row.done == row.total > COUNT
    assert row.found["moved"] >= COUNT and row.found["left"] == 0
    assert dict(Clock.objects.values_list("pk", "due_on")) == due  # only looked at
    assert verify_institution(body.pk).problems == []
