# SPDX-License-Identifier: EUPL-1.2
"""Calendars in the database: shipped, edited with history, and what an edit does to running clocks."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from siac.clocks.commands import calendar
from siac.clocks.commands.calendar import confirm_year
from siac.clocks.domain import registry
from siac.clocks.models import CalendarLayer, Clock, LayerDay
from siac.clocks.public import (
    Amount,
    Unit,
    add_days,
    apply_calendar_change,
    calendar_for,
    explanation,
    layer_codes,
    layer_versions,
    open_municipality,
    open_own_layer,
    pause,
    register_subject,
    resume,
    revoke_days,
    seed_calendars,
)
from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.tasks import announce_misses
from siac.countries.public import SeedDay, SeedLayer
from siac.kernel.errors import Refused
from tests.clocks.conftest import NOW
from tests.clocks.previews import moves_of
from tests.clocks.starting import start_clocks

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("calendars")]
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def journalled(monkeypatch):
    written = []
    monkeypatch.setattr("siac.clocks.commands.calendar.record", lambda *args: written.append(args))
    yield written
    pinned_calendar.cache_clear()


def add(body, day=FRIDAY, layer="CL-CO", **changes):
    values = {
        "layer_code": layer, "days": [day], "name": "Feriado regional", "kind": "holiday", "source": "Ley 1",
        "reason": "Publicado hoy", "institution_id": body.pk, "actor_id": None, "now": NOW,
    }  # fmt: skip
    return add_days(**{**values, **changes})


def at(year, month, day):
    return datetime(year, month, day, 15, tzinfo=UTC)


def revoke(body, day=FRIDAY, layer="CL-CO", reason="Era un error"):
    return revoke_days(
        layer_code=layer, days=[day], reason=reason, institution_id=body.pk, actor_id=None, now=NOW
    )


@pytest.mark.parametrize(
    ("place", "day", "business"),
    [
        ("CL-16101", "2025-08-20", False),
        ("CL-16103", "2025-08-20", False),
        ("CL-16102", "2025-08-20", True),
        ("CL-NB", "2025-08-20", True),
        ("CL-AP", "2024-06-07", False),
        ("CL", "2024-06-07", True),
        ("CL-15101", "2024-06-07", False),
        ("CL", "2025-12-31", True),
        ("PE-LIM", "2024-11-14", True),
        ("PE-LMA", "2024-11-14", False),
        ("PE-1506", "2024-11-15", False),
        ("PE-1501", "2024-11-14", False),
        ("PE-1505", "2024-11-14", True),
        ("CL-TA", "2023-08-10", False),
        ("CL-AT", "2023-08-10", False),
        ("CL-AN", "2023-09-08", False),
        ("CL-CO", "2023-09-20", False),
        ("CL-RM", "2023-08-10", True),
        ("PE", "2023-04-28", False),
        ("PE-CAL", "2024-11-15", False),
        ("PE-CUS", "2024-11-14", True),
        ("PE", "2026-01-02", False),
        ("ES-MD+28079", "2025-11-10", False),
        ("ES-MD+28079", "2026-11-09", False),
        ("ES-MD", "2026-11-09", True),
        ("ES-CT+08019", "2025-09-24", False),
        ("ES-CT", "2025-09-24", True),
        ("ES-MD,ES-CT", "2026-04-06", False),
        ("es-28079", "2024-05-15", False),
    ],
)
def test_shipped_days(place, day, business):
    assert calendar_for(place).is_business(date.fromisoformat(day)) is business


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("XX", "unknown_place"),
        ("CL-ZZ", "unknown_place"),
        ("CL-99101", "unknown_place"),
        ("", "unknown_place"),
        ("ES-MD+08019", "unknown_place"),
        ("PE-15001", "unknown_place"),
        ("CL,PE", "mixed_countries"),
        ("ES-NC+31201", "place_without_calendar"),
    ],
)
def test_places_that_cannot_be_used(place, code):
    with pytest.raises(Refused) as caught:
        calendar_for(place)
    assert caught.value.code == code


def test_a_warm_calendar_costs_no_query(django_assert_num_queries):
    calendar_for("ES-MD")
    with django_assert_num_queries(1):
        versions = layer_versions(layer_codes("ES-MD"))
    with django_assert_num_queries(0):
        calendar_for("ES-MD", versions=versions)


def test_seeding_again_adds_nothing_and_keeps_what_people_changed(body):
    revoke(body, date(2027, 6, 7), layer="CL-AP")
    LayerDay.objects.filter(layer__code="CL", date="2026-12-25", revoked_at=None).update(name="Pascua")
    assert sum(seed_calendars(NOW).values()) == 0
    assert LayerDay.objects.get(layer__code="CL", date="2026-12-25").name == "Pascua"
    assert calendar_for("CL-AP").is_business(date(2027, 6, 7))


def test_a_day_shipped_by_mistake_goes_for_new_terms_and_moves_none_that_runs(spec, body):
    for day in ("2024-11-14", "2024-11-15", "2024-11-16"):
        add(body, date.fromisoformat(day), layer="PE-LIM", kind="decreed")
    LayerDay.objects.filter(layer__code="PE-LIM").update(added_by=None)
    peru = {"place": "PE-LIM", "time_zone": "America/Lima", "rule_id": "PE.LR", "event_at": at(2024, 10, 14)}
    [clock] = start_clocks([spec(1, **peru)])
    seed_calendars(NOW)
    again = Clock.objects.get(pk=clock.pk)
    assert (again.due_on, explanation(again).term.due_on) == (date(2024, 11, 28), date(2024, 11, 28))
    assert start_clocks([spec(2, **peru)])[0].due_on == date(2024, 11, 26)


def test_what_runs_from_before_the_years_a_calendar_answers_for_can_still_be_answered(spec, body):
    peru = {"place": "PE-CUS", "time_zone": "America/Lima", "rule_id": "PE.LR", "event_at": at(2022, 11, 28)}
    with pytest.raises(Refused) as caught:
        start_clocks([spec(1, **peru)])
    assert caught.value.code == "calendar_not_whole"
    CalendarLayer.objects.filter(country="PE").update(whole_from=None)
    pinned_calendar.cache_clear()
    [clock] = start_clocks([spec(1, **peru)])
    CalendarLayer.objects.filter(country="PE").update(whole_from=date(2023, 1, 1))
    pinned_calendar.cache_clear()
    pause([clock.pk], asked_on=date(2022, 12, 2), now=NOW)
    [resumed] = resume([clock.pk], answered_on=date(2022, 12, 6), now=NOW)
    assert explanation(resumed).term.due_on == resumed.due_on


def test_a_year_is_confirmed_by_its_gazette_one_after_the_other_and_terms_stop_warning(
    spec, body, journalled
):
    spain = {"place": "ES-MD", "time_zone": "Europe/Madrid", "rule_id": "ES.QYS", "event_at": at(2027, 3, 1)}
    [clock] = start_clocks([spec(1, **spain)])
    assert "Comunidad de Madrid" in explanation(clock).warnings[0]
    said = {"layer_code": "ES-MD", "source": "BOCM", "institution_id": body.pk, "actor_id": None, "now": NOW}
    for wrong, code in (
        ({"year": 2028}, "calendar_confirm_year"),
        ({"year": 2027, "source": " "}, "clock_reason_missing"),
    ):
        with pytest.raises(Refused) as caught:
            confirm_year(**{**said, **wrong})
        assert caught.value.code == code
    assert confirm_year(**said, year=2027).version == 2
    assert journalled[-1][2] == "calendar.year_confirmed"
    [later] = start_clocks([spec(2, **spain)])
    assert explanation(later).warnings == []
    assert seed_calendars(NOW) is not None
    assert CalendarLayer.objects.get(code="ES-MD").confirmed_to == date(2027, 12, 31)


def test_a_day_is_added_with_who_when_and_why_and_old_versions_can_be_rebuilt(body, journalled):
    before = calendar_for("CL-CO")
    assert add(body).version == 2
    after = calendar_for("CL-CO")
    assert (before.is_business(FRIDAY), after.is_business(FRIDAY)) == (True, False)
    assert after.stamp == "CL:1 CL-CO:2"
    revoke(body)
    assert calendar_for("CL-CO").is_business(FRIDAY)
    pinned_calendar.cache_clear()
    assert not pinned_calendar("CL:1 CL-CO:2").is_business(FRIDAY)
    row = LayerDay.objects.get(layer__code="CL-CO", date=FRIDAY)
    assert (row.version_from, row.version_to, row.revoked_reason) == (2, 3, "Era un error")
    assert [entry[2] for entry in journalled] == ["calendar.days_added", "calendar.days_revoked"]
    assert journalled[0][:2] == (body.pk, "calendar:CL-CO")


def test_edits_refuse(body):
    add(body)
    open_own_layer(institution_id=body.pk, name="SP", country="PE", now=NOW)
    tries = [
        (lambda: add(body), "calendar_day_already_there"),
        (lambda: add(body, reason=" "), "clock_reason_missing"),
        (lambda: add(body, layer="CL-XX"), "unknown_layer"),
        (lambda: add(body, day=date(2031, 1, 1)), "calendar_day_outside_layer"),
        (lambda: add(body, layer=f"org-{body.pk}", kind="closure"), "own_closure_forbidden"),
        (lambda: revoke(body, date(2026, 11, 23)), "calendar_day_not_there"),
        (lambda: revoke(body, reason=""), "clock_reason_missing"),
        (lambda: moves_of("CL-XX", added=[FRIDAY]), "unknown_layer"),
    ]
    for call, code in tries:
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.code == code


def test_the_database_keeps_history_and_one_standing_day(body):
    add(body)
    row = LayerDay.objects.get(layer__code="CL-CO", date=FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        LayerDay.objects.create(layer=row.layer, date=FRIDAY, name="x", kind="holiday", source="x",
                                version_from=2, added_at=NOW)  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        LayerDay.objects.filter(pk=row.pk).update(date=date(2026, 11, 24))
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def _november(spec, **changes):
    return spec(event_at=NOW, rule_id="", amount=Amount(20, Unit.BUSINESS_DAYS), **changes)


def test_the_preview_says_what_applying_then_does(body, spec, monkeypatch):
    monkeypatch.setattr(registry, "_subjects", {})
    told = []
    register_subject("case", on_moved=lambda moves, now: told.extend(moves))
    near, far, past = start_clocks(
        [_november(spec), _november(spec, place="CL-AP"), spec(3, subject_type="visit")],
    )
    preview = moves_of("CL-CO", added=[FRIDAY])
    assert preview == [(near.pk, date(2026, 11, 30), date(2026, 12, 1))]
    assert Clock.objects.get(pk=near.pk).due_on == date(2026, 11, 30)
    add(body)
    moves = apply_calendar_change("CL-CO", days=[FRIDAY], now=NOW)
    assert [(move.clock_id, move.due_from, move.due_to) for move in moves] == preview
    assert told == moves
    near.refresh_from_db(), far.refresh_from_db(), past.refresh_from_db()
    assert (near.due_on, near.calendar_version) == (date(2026, 12, 1), "CL:1 CL-CO:2")
    assert (far.due_on, past.due_on) == (date(2026, 11, 30), date(2024, 10, 3))
    assert "20 de noviembre (Feriado regional)" in " ".join(explanation(near).sentences)
    assert moves_of("CL-CO", removed=[FRIDAY]) == [(near.pk, date(2026, 12, 1), date(2026, 11, 30))]


def test_a_closure_of_one_body_moves_only_its_clocks(body, spec):
    [clock] = start_clocks([_november(spec)])
    layer = open_own_layer(institution_id=body.pk, name="SP", country="CL", now=NOW)
    assert len(moves_of(layer.code, added=[FRIDAY], kind="closure")) == 1
    add(body, layer=layer.code, kind="closure")
    apply_calendar_change(layer.code, days=[FRIDAY], now=NOW)
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 12, 1)
    assert calendar_for("CL-CO").is_business(FRIDAY)
    assert not calendar_for("CL-CO", body.pk).is_business(FRIDAY)


def test_moving_costs_the_same_for_one_clock_and_fifty(body, spec, django_assert_num_queries):
    # Of a subject that nobody listens to: what listeners do is their own affair.
    start_clocks([_november(spec, subject_id=n, subject_type="visit") for n in range(1, 51)])
    add(body)
    pinned_calendar("CL:1 CL-CO:2", decreed=True)
    with django_assert_num_queries(7):  # savepoint, layer, versions, batch, update, no more rows, release
        assert len(apply_calendar_change("CL-CO", days=[FRIDAY], now=NOW)) == 50


def test_a_municipality_can_be_opened_with_the_days_someone_checked():
    open_municipality(
        code="ES-31201", name="Pamplona", covers_from=date(2026, 1, 1), covers_to=date(2026, 12, 31), now=NOW
    )
    assert calendar_for("ES-NC+31201").last == date(2026, 12, 31)
    with pytest.raises(Refused) as caught:
        calendar_for("ES-NC+31201").add_business(date(2026, 12, 20), 20)
    assert caught.value.code == "calendar_outside_coverage"
    assert CalendarLayer.objects.get(code="ES-31201").kind == "municipality"


def test_a_change_beyond_the_due_day_counts_once_the_term_reaches_it(body, spec):
    first, second = start_clocks([_november(spec), _november(spec, subject_id=2)])
    add(body, day=date(2026, 12, 1))  # the due day is 30 November: nothing moves
    assert apply_calendar_change("CL-CO", days=[date(2026, 12, 1)], now=NOW) == []
    pause([first.pk], asked_on=date(2026, 11, 27), now=NOW)
    [first] = resume([first.pk], answered_on=date(2026, 11, 30), now=NOW)
    assert first.due_on == date(2026, 12, 2)
    assert moves_of("CL", added=[FRIDAY])[1] == (
        second.pk,
        date(2026, 11, 30),
        date(2026, 12, 2),
    )
    add(body, layer="CL")
    apply_calendar_change("CL", days=[FRIDAY], now=NOW)
    second.refresh_from_db()
    assert (second.due_on, second.calendar_version) == (date(2026, 12, 2), "CL:2 CL-CO:2")


def test_a_newer_shipped_calendar_moves_the_clocks_it_touches(spec, monkeypatch):
    [clock] = start_clocks([_november(spec)])
    new = SeedDay(FRIDAY, "Feriado nuevo", "holiday", "Ley 2", "verified")
    monkeypatch.setattr(calendar, "seed_layers", lambda: [SeedLayer("CL", "Chile", "CL", "country", (new,))])
    assert seed_calendars(NOW) == {"CL": 1}
    clock.refresh_from_db()
    assert (clock.due_on, clock.calendar_version) == (date(2026, 12, 1), "CL:2 CL-CO:1")


def test_the_job_announces_misses(spec, monkeypatch):
    start_clocks([spec(event_at=NOW.replace(year=2024))])
    announce_misses(0)
    assert Clock.objects.get().missed_at is not None
