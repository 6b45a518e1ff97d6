# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar would move is computed by a job, and applied as it was shown or not at all."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.clocks.commands.previews import KEPT_FOR, LINE, previewing
from siac.clocks.models import CalendarChange, CalendarPreview, Clock, LayerDay
from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.tasks import follow_calendar, preview_change
from siac.infra.longwork import run_long
from siac.journal.public import verify_institution
from siac.organizations.models import Membership
from tests.clocks.previews import applied, changed, previewed
from tests.factories import NOW, file, make_house
from tests.sql_counts import at_most

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("calendars")]
STRIKE = {
    "since_day": "10", "since_month": "9", "since_year": "2026",
    "where": "todo", "name": "Paro nacional", "source": "Circular 3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _cold_calendars():
    yield
    pinned_calendar.cache_clear()


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def manager(house):
    return house.client(Role.QUALITY_MANAGER)


def url(house, name, *args):
    return reverse(f"workspace:clocks:{name}", args=[house.slug, *args])


def test_the_request_computes_no_clock_and_the_page_tells_how_far_the_job_is(house, manager):
    for _ in range(3):
        case = file(house, now=NOW, unit_id=house.units["obras"])
    sent = manager.post(url(house, "closure"), STRIKE)
    row = CalendarPreview.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, url(house, "preview", row.pk))
    assert (row.state, row.done, row.found) == ("waiting", 0, None) and row.total >= 3
    page = manager.get(url(house, "changes")).content.decode()
    assert sent["Location"] in page and "se calcula qué plazos cambian" in page  # who left finds it again
    page = manager.get(sent["Location"]).content.decode()
    assert 'hx-trigger="every 3s"' in page and "Actualizar" in page  # by itself, and without scripts
    assert "Paro nacional" in page and "mover los plazos" not in page
    assert manager.post(sent["Location"], {"hacer": "aplicar"}).status_code == 302
    assert not CalendarChange.objects.exists()  # nobody applies what nobody saw
    preview_change(row.pk)
    with at_most(14):
        page = manager.get(sent["Location"]).content.decode()
    assert "every 3s" not in page and case.folio in page and "Registrar" in page
    assert not LayerDay.objects.filter(name="Paro nacional").exists()


def test_what_was_shown_is_what_is_applied_once(house, manager):
    file(house, now=NOW, unit_id=house.units["obras"])
    shown = previewed(manager, url(house, "closure"), STRIKE)
    found = CalendarPreview.objects.get().found
    answer = applied(manager, shown)
    change = CalendarChange.objects.get()
    assert answer["Location"] == url(house, "change", change.pk)
    follow_calendar(change.pk)
    change.refresh_from_db()
    assert (change.moved, change.left) == (found["moved"], found["left"]) and change.moved > 0
    row = CalendarPreview.objects.get()
    assert (row.state, row.change_id) == ("applied", change.pk)
    applied(manager, shown)
    assert CalendarChange.objects.count() == 1
    assert "Ya se aplicó" in manager.get(shown).content.decode()
    assert shown not in manager.get(url(house, "changes")).content.decode()
    assert not verify_institution(house.institution.pk).problems


@pytest.mark.parametrize("what", ["filed", "extended", "calendar"])
def test_what_changed_since_is_refused_and_computed_anew(house, manager, what):
    file(house, now=NOW, unit_id=house.units["obras"])
    shown = previewed(manager, url(house, "closure"), STRIKE)
    if what == "filed":
        file(house, now=NOW, unit_id=house.units["obras"])
    elif what == "extended":
        Clock.objects.filter(kind="legal").update(extended_amount=40)
    else:
        other = {**STRIKE, "since_day": "22", "name": "Aniversario"}
        first = CalendarPreview.objects.get()
        changed(manager, url(house, "closure"), other)
        follow_calendar(CalendarChange.objects.get().pk)
        assert first.digest
    old = CalendarPreview.objects.earliest("pk")
    answer = manager.post(shown, {"hacer": "aplicar", "visto": old.digest}, follow=True)
    assert "cambió desde que usted lo miró" in answer.content.decode()
    assert not LayerDay.objects.filter(name="Paro nacional").exists()
    again = CalendarPreview.objects.latest("pk")
    assert again.pk != old.pk and (again.name, again.days, again.state) == (old.name, old.days, "waiting")
    preview_change(again.pk)
    assert applied(manager, url(house, "preview", again.pk)).status_code == 302
    assert LayerDay.objects.filter(name="Paro nacional").exists()


def test_a_clock_that_changes_while_it_is_computed_has_it_computed_again(house, manager):
    file(house, now=NOW, unit_id=house.units["obras"])
    manager.post(url(house, "closure"), STRIKE)
    row = CalendarPreview.objects.get()
    times = []

    def disturbed(row, clock):
        parts, given = previewing(row, clock), None
        while True:
            try:
                step = parts.send(given)
            except StopIteration:
                return
            if not times:
                file(house, now=NOW, unit_id=house.units["obras"])
            times.append(1)
            given = yield step

    run_long(LINE, row.pk, disturbed, clock=lambda: NOW)
    row.refresh_from_db()
    assert (len(times), row.state) == (2, "done")
    assert row.found["moved"] == Clock.objects.filter(due_on__gte=date(2026, 9, 10)).count()


def test_what_the_change_would_be_refused_for_is_said_at_once(house, manager):
    changed(manager, url(house, "closure"), STRIKE)
    page = manager.post(url(house, "closure"), STRIKE)
    assert (page.status_code, "ya está en este calendario" in page.content.decode()) == (422, True)
    assert CalendarPreview.objects.count() == 1 and LayerDay.objects.filter(name="Paro nacional").count() == 1


def test_it_can_be_typed_differently_and_belongs_to_who_asked(house, manager):
    shown = previewed(manager, url(house, "closure"), STRIKE)
    row = CalendarPreview.objects.get()
    assert f"?de={row.pk}" in manager.get(shown).content.decode()
    form = manager.get(f"{url(house, 'closure')}?de={row.pk}")
    assert form.status_code == 200 and "Circular 3" in form.content.decode()
    for odd in ("x", "999999999999999999999", str(row.pk + 1)):
        assert manager.get(f"{url(house, 'closure')}?de={odd}").status_code in (200, 404)
    administrator = house.client(Role.ADMINISTRATOR)
    assert administrator.get(shown).status_code in (403, 404)
    other = make_house("otra").client(Role.QUALITY_MANAGER)
    assert other.get(shown).status_code in (403, 404)
    Membership.objects.filter(user=house.user(Role.QUALITY_MANAGER)).update(role=Role.UNIT_OFFICER)
    assert manager.post(shown, {"hacer": "aplicar", "visto": row.digest}).status_code == 403
    assert not CalendarChange.objects.exists()


def test_a_job_that_broke_off_is_told_of_and_asked_for_again(house, manager, monkeypatch):
    sent = manager.post(url(house, "closure"), STRIKE)
    row = CalendarPreview.objects.get()

    def broken(row, clock):
        raise RuntimeError("el proceso murió")
        yield

    with pytest.raises(RuntimeError):
        run_long(LINE, row.pk, broken, clock=lambda: NOW)
    page = manager.get(sent["Location"]).content.decode()
    assert "Nada cambió." in page and "Calcular otra vez" in page
    again = manager.post(sent["Location"], {"hacer": "calcular"})
    assert again["Location"] == url(house, "preview", CalendarPreview.objects.latest("pk").pk)


def test_previews_of_a_month_ago_go(house, manager):
    previewed(manager, url(house, "closure"), STRIKE)
    old = CalendarPreview.objects.get()
    CalendarPreview.objects.update(created_at=old.created_at - KEPT_FOR - timedelta(days=1))
    manager.post(url(house, "closure"), STRIKE)
    assert not CalendarPreview.objects.filter(pk=old.pk).exists()
