# SPDX-License-Identifier: EUPL-1.2
"""A change of calendar: shown before, applied as a job that can break off, told afterwards."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.clocks import tasks
from siac.clocks.commands import changes, moves
from siac.clocks.commands.changes import LINE, begin_adding, begin_revoking, following, go_on, move_batch
from siac.clocks.models import CalendarChange, CalendarLayer, Clock, ClockMove, LayerDay, MoveList
from siac.clocks.public import Amount, Unit, clocks_of, open_own_layer, open_unit_layer
from siac.clocks.queries.calendars import pinned_calendar
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.public import save_unit
from tests.clocks.conftest import NOW
from tests.clocks.previews import applied, changed, previewed
from tests.clocks.starting import start_clocks
from tests.factories import NOW as FILED
from tests.factories import file, make_house
from tests.longwork import some_steps

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("calendars")]
FRIDAY = date(2026, 11, 20)
TODAY = {"since_day": "20", "since_month": "11", "since_year": "2026"}
STRIKE = {**TODAY, "where": "todo", "name": "Paro nacional", "source": "Circular 3"}


@pytest.fixture(autouse=True)
def _cold_calendars():
    yield
    pinned_calendar.cache_clear()


def november(spec, number, **changes):
    amount = Amount(20, Unit.BUSINESS_DAYS)
    return spec(number, event_at=NOW, rule_id="", amount=amount, subject_type="visit", **changes)


@pytest.fixture
def own(body):
    return open_own_layer(institution_id=body.pk, name=body.name, country="CL", now=NOW)


def add(body, layer, *days, kind="closure"):
    return begin_adding(
        layer_code=layer.code,
        days=days or [FRIDAY],
        name="Paro",
        kind=kind,
        source="Circular 3",
        reason="Paro",
        institution_id=body.pk,
        actor_id=None,
        now=NOW,
    )


def run(change):
    tasks.follow_calendar(change.pk)
    change.refresh_from_db()
    return change


def test_the_day_counts_at_once_for_new_clocks_and_the_running_ones_follow(body, own, spec):
    old, short = start_clocks(
        [november(spec, 1), spec(2, event_at=NOW, rule_id="", amount=Amount(3, Unit.BUSINESS_DAYS))],
    )
    change = add(body, own)
    [new] = start_clocks([november(spec, 3)])
    assert new.due_on == date(2026, 12, 1)
    assert (change.state, change.total, Clock.objects.get(pk=old.pk).due_on) == (
        "waiting", 1, date(2026, 11, 30),
    )  # fmt: skip
    run(change)
    assert (change.state, change.done, change.moved, change.left) == ("done", 1, 1, 0)
    assert Clock.objects.get(pk=old.pk).due_on == date(2026, 12, 1)
    assert Clock.objects.get(pk=short.pk).due_on == date(2026, 11, 5)
    move = ClockMove.objects.get()
    assert (move.clock_id, move.due_from, move.due_to) == (old.pk, date(2026, 11, 30), date(2026, 12, 1))
    back = run(
        begin_revoking(
            layer_code=own.code,
            days=[FRIDAY],
            name="Paro",
            reason="Se levantó",
            institution_id=body.pk,
            actor_id=None,
            now=NOW,
        )
    )
    assert (back.moved, back.action) == (2, "revoked")
    assert set(Clock.objects.filter(subject_type="visit").values_list("due_on", flat=True)) == {
        date(2026, 11, 30)
    }


def test_a_change_that_touches_nothing_is_done_without_a_job(body, own):
    assert add(body, own).state == "done"


def test_a_worker_that_breaks_off_is_followed_by_one_that_moves_the_rest_once(body, own, spec, monkeypatch):
    clocks = start_clocks([november(spec, number) for number in range(1, 8)])
    monkeypatch.setattr(changes, "BATCH", 3)
    change = add(body, own)
    calls = []

    def break_on_the_second(moved, now):
        calls.append([move.clock_id for move in moved])
        if len(calls) == 2:
            raise RuntimeError("el proceso murió")

    monkeypatch.setattr(changes, "announce_moved", break_on_the_second)
    with pytest.raises(RuntimeError):
        tasks.follow_calendar(change.pk)
    change.refresh_from_db()
    assert (change.state, change.done, change.moved) == ("failed", 3, 3)
    assert Clock.objects.filter(due_on=date(2026, 12, 1)).count() == 3
    with pytest.raises(Refused) as caught:
        go_on(change_id=add(body, own, date(2026, 11, 23)).pk, institution_id=body.pk, now=NOW)
    assert caught.value.code == "calendar_change_not_failed"
    go_on(change_id=change.pk, institution_id=body.pk, now=NOW)
    run(change)
    told = [clock_id for call in (calls[0], *calls[2:]) for clock_id in call]
    assert sorted(told) == [clock.pk for clock in clocks]
    assert (change.state, change.moved, ClockMove.objects.filter(change=change).count()) == ("done", 7, 7)
    before = len(calls)
    assert (run(change).moved, len(calls)) == (7, before)


def test_a_clock_saved_meanwhile_on_the_old_calendar_is_not_forgotten(body, own, spec):
    first, late = start_clocks([november(spec, 1), november(spec, 2)])
    change = add(body, own)
    Clock.objects.filter(pk=first.pk).update(state="met", ended_at=NOW)
    some_steps(LINE, change.pk, following, now=NOW)
    assert Clock.objects.get(pk=late.pk).due_on == date(2026, 12, 1)
    Clock.objects.filter(pk=first.pk).update(state="running", ended_at=None)
    run(change)
    assert Clock.objects.get(pk=first.pk).due_on == date(2026, 12, 1)
    assert (change.moved, change.state) == (2, "done")


def test_a_clock_that_would_leave_the_covered_years_keeps_its_day_and_is_told_of(body, own, spec):
    [edge] = start_clocks(
        [
            spec(
                1,
                event_at=NOW.replace(year=2030, month=12, day=2),
                rule_id="",
                amount=Amount(19, Unit.BUSINESS_DAYS),
                subject_type="visit",
            )
        ],
    )
    assert edge.due_on > date(2030, 12, 26)
    last = [day for day in (date(2030, 12, n) for n in range(9, 21)) if day.weekday() < 5]
    change = run(add(body, own, *last))
    assert (change.moved, change.left, change.state) == (0, 1, "done")
    assert Clock.objects.get().due_on == edge.due_on
    assert ClockMove.objects.get().due_to is None


def test_a_closed_unit_stops_its_internal_term_and_no_term_of_the_law(body, spec):
    units = [
        save_unit(institution=body, actor=None, now=NOW, code=code, name=code.title(), parent_id=None)
        for code in ("obras", "oirs")
    ]
    layer = open_unit_layer(institution_id=body.pk, unit_id=units[0].pk, name="Obras", country="CL", now=NOW)
    legal, inner, other = start_clocks(
        [
            november(spec, 1),
            november(spec, 1, kind="unit", office_id=units[0].pk),
            november(spec, 2, kind="unit", office_id=units[1].pk),
        ],
    )
    change = run(add(body, layer))
    assert (change.total, change.moved) == (1, 1)
    dues = dict(Clock.objects.values_list("pk", "due_on"))
    assert dues == {
        legal.pk: date(2026, 11, 30), inner.pk: date(2026, 12, 1), other.pk: date(2026, 11, 30),
    }  # fmt: skip
    [later] = start_clocks([november(spec, 3, kind="unit", office_id=units[0].pk)])
    assert later.due_on == date(2026, 12, 1)
    with pytest.raises(Refused) as caught:
        open_unit_layer(institution_id=body.pk, unit_id=units[1].pk, name="x", country="PE", now=NOW)
    assert caught.value.code == "own_closure_forbidden"


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def manager(house):
    return house.client(Role.QUALITY_MANAGER)


def url(house, name, *args):
    return reverse(f"workspace:clocks:{name}", args=[house.slug, *args])


def test_a_strike_is_entered_on_one_screen_and_each_case_says_so(house, manager):
    case = file(house, now=FILED, unit_id=house.units["obras"])
    before = case.legal_due_on
    assert "Hoy no se atiende" in manager.get(url(house, "calendars")).content.decode()
    assert manager.get(url(house, "closure")).status_code == 200
    strike = {**STRIKE, "since_day": "10", "since_month": "9"}
    shown = previewed(manager, url(house, "closure"), strike)
    page = manager.get(shown).content.decode()
    assert "en curso" in page
    assert case.folio in page
    assert "Obras y mantención" in page
    assert not LayerDay.objects.filter(name="Paro nacional").exists()
    answer = applied(manager, shown)
    change = CalendarChange.objects.get()
    assert answer["Location"] == url(house, "change", change.pk)
    page = manager.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 3s"' in page
    run(change)
    page = manager.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 3s"' not in page
    assert case.folio in page
    case.refresh_from_db()
    assert case.legal_due_on > before
    assert case.legal_due_on == next(
        c.due_on for c in clocks_of(house.institution.pk, "case", [case.pk]) if c.kind == "legal"
    )
    assert "cases.term_moved" in [entry.kind for entry in history(house.institution.pk, case.stream)]
    asked = manager.post(url(house, "move_list_new", change.pk))
    made = MoveList.objects.get()
    assert asked["Location"] == url(house, "move_list", made.pk)
    assert "En cola" in manager.get(asked["Location"]).content.decode()
    assert manager.get(url(house, "move_list_file", made.pk)).status_code == 404
    tasks.list_moves(made.pk)
    assert "Descargar (CSV)" in manager.get(asked["Location"]).content.decode()
    text = b"".join(manager.get(url(house, "move_list_file", made.pk))).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert header == ["Solicitud", "Unidad", "Plazo", "Vencía", "Vence"]
    assert [case.folio, "Obras y mantención", "Plazo legal", str(before), str(case.legal_due_on)] in rows
    assert len(rows) == change.moved
    assert "Paro nacional" in manager.get(url(house, "changes")).content.decode()
    assert not verify_institution(house.institution.pk).problems


def test_a_restricted_case_is_moved_but_not_named(house, manager):
    case = file(house, now=FILED, unit_id=house.units["obras"])
    type(case).objects.filter(pk=case.pk).update(is_restricted=True)
    strike = {**STRIKE, "since_day": "10", "since_month": "9"}
    page = manager.get(previewed(manager, url(house, "closure"), strike)).content.decode()
    assert case.folio not in page
    assert "Solicitud reservada" in page


def test_what_a_closure_refuses_keeps_what_was_typed(house, manager):
    saturday = {**STRIKE, "since_day": "21"}
    backwards = {**STRIKE, "until_day": "19", "until_month": "11", "until_year": "2026"}
    endless = {**STRIKE, "until_day": "19", "until_month": "11", "until_year": "2027"}
    tries = [
        (saturday, "lunes a viernes"),
        (backwards, "no puede ser anterior al primero"),
        (endless, "no puede pasar de 60 días"),
        ({**STRIKE, "where": "999999"}, "no es una de las opciones"),
        ({**STRIKE, "name": ""}, "Escriba el motivo."),
    ]
    for typed, words in tries:
        page = manager.post(url(house, "closure"), typed)
        assert (page.status_code, words in page.content.decode()) == (422, True), words
        assert "Circular 3" in page.content.decode()
    assert changed(manager, url(house, "closure"), STRIKE).status_code == 302
    assert manager.post(url(house, "closure"), STRIKE).status_code == 422
    assert CalendarLayer.objects.get(institution=house.institution).version == 2


def test_one_unit_is_closed_from_the_same_screen(house, manager):
    typed = {**STRIKE, "where": str(house.units["obras"])}
    assert changed(manager, url(house, "closure"), typed).status_code == 302
    layer = CalendarLayer.objects.get(unit=house.units["obras"])
    assert (layer.kind, layer.name, LayerDay.objects.get(layer=layer).kind) == (
        "unit", "Obras y mantención", "closure",
    )  # fmt: skip
    assert "Obras y mantención" in manager.get(url(house, "year", 2026)).content.decode()


def test_in_peru_only_a_decreed_day_can_be_entered():
    house = make_house("lima", "PE")
    browser = house.client(Role.QUALITY_MANAGER)
    page = browser.get(url(house, "closure")).content.decode()
    assert "137.3" in page
    assert "Obras y mantención" not in page
    where = {**STRIKE, "where": str(house.units["obras"])}
    assert browser.post(url(house, "closure"), where).status_code == 422
    assert changed(browser, url(house, "closure"), STRIKE).status_code == 302
    assert LayerDay.objects.get(name="Paro nacional").kind == "decreed"


def test_another_body_sees_no_change_of_ours(house, manager):
    change = add(house.institution, open_own_layer(
        institution_id=house.institution.pk, name="x", country="CL", now=NOW))  # fmt: skip
    other = make_house("otra").client(Role.QUALITY_MANAGER)
    asked = reverse("workspace:clocks:move_list_new", args=["otra", change.pk])
    assert other.get(reverse("workspace:clocks:change", args=["otra", change.pk])).status_code == 404
    assert other.post(asked).status_code == 404
    go = reverse("workspace:clocks:change_go_on", args=["otra", change.pk])
    assert other.post(go).status_code == 404
    assert manager.post(url(house, "change_go_on", change.pk)).status_code == 302


def test_the_preview_costs_the_same_for_one_and_for_many(house, manager, django_assert_max_num_queries):
    for _ in range(6):
        file(house, now=FILED, unit_id=house.units["obras"])
    strike = {**STRIKE, "since_day": "10", "since_month": "9"}
    shown = previewed(manager, url(house, "closure"), strike)
    manager.get(shown)

    def costs(most_to_ask: int, most_to_show: int) -> tuple[int, int]:
        with django_assert_max_num_queries(most_to_ask) as asking:
            manager.post(url(house, "closure"), strike)
        with django_assert_max_num_queries(most_to_show) as showing:
            manager.get(shown)
        return len(asking.captured_queries), len(showing.captured_queries)

    many = costs(32, 12)
    Clock.objects.exclude(pk=Clock.objects.order_by("pk").values("pk")[0]["pk"]).update(
        state="met", ended_at=NOW, paused_on=None
    )
    costs(*many)


def test_a_batch_writes_its_clocks_in_one_statement(body, own, spec, django_assert_max_num_queries):
    start_clocks([november(spec, number) for number in range(1, 51)])
    change = add(body, own)
    with django_assert_max_num_queries(14):
        assert move_batch(CalendarChange.objects.select_related("layer").get(pk=change.pk), NOW)
    assert Clock.objects.filter(due_on=date(2026, 12, 1)).count() == 50
    assert moves.BATCH > 50
