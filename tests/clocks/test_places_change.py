# SPDX-License-Identifier: EUPL-1.2
"""Another place of a body or of a unit: what it moves is shown first, then follows as a job, each
term once.
"""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.clocks import tasks
from siac.clocks.commands.changes import begin_adding
from siac.clocks.models import CalendarChange, Clock, ClockMove
from siac.clocks.queries.calendars import pinned_calendar
from siac.journal.public import verify_institution
from siac.organizations.models import Institution, Unit
from siac.organizations.public import save_unit, update_institution
from tests.factories import NOW, file, make_house

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
THERE = "CL-AN"


@pytest.fixture(autouse=True)
def _cold_calendars():
    yield
    pinned_calendar.cache_clear()


@pytest.fixture
def house():
    """A body in one region; in another, 15 September is off."""
    house = make_house()
    begin_adding(
        layer_code=THERE,
        days=[date(2026, 9, 15)],
        name="Día de la región",
        kind="holiday",
        source="Ley 1",
        reason="Ley 1",
        institution_id=house.institution.pk,
        actor_id=None,
        now=NOW,
    )
    house.institution.refresh_from_db()
    return house


def body_page(house):
    return f"/{house.slug}/gestion/configuracion/organismo/"


def typed(house, **changes):
    row = Institution.objects.get(pk=house.institution.pk)
    names = (
        "name",
        "short_name",
        "official_code",
        "email",
        "phone",
        "address",
        "time_zone",
        "place",
        "brand_colour",
    )
    return {name: getattr(row, name) for name in names} | changes


def run():
    change = CalendarChange.objects.latest("pk")
    tasks.follow_calendar(change.pk)
    change.refresh_from_db()
    return change


def test_the_body_sees_what_moves_before_and_every_term_follows_after(house):
    cases = [file(house, now=NOW) for _ in range(3)]
    before = Case.objects.get(pk=cases[0].pk).legal_due_on
    client = house.client(Role.ADMINISTRATOR)
    shown = client.post(body_page(house), typed(house, place=THERE, phone="123"))
    text = shown.content.decode()
    assert shown.status_code == 200 and "plazos en curso" in text and "Guardar y mover los plazos" in text
    assert (
        '<h2 class="govuk-heading-m" id="cambian">Cambia' in text
        and f"{before:%d-%m-%Y}" in text
        and 'value="123"' in text
    )
    assert Institution.objects.get(pk=house.institution.pk).place != THERE
    saved = client.post(body_page(house), typed(house, place=THERE, confirm=THERE))
    assert saved.url.endswith("/calendarios/cambios/")
    assert Institution.objects.get(pk=house.institution.pk).place == THERE
    change = run()
    assert change.state == "done" and change.moved and change.layer is None
    after = Case.objects.get(pk=cases[0].pk).legal_due_on
    assert after > before
    assert set(Clock.objects.filter(state="running").values_list("place", flat=True)) == {THERE}
    assert ClockMove.objects.filter(change=change).count() == change.moved
    page = client.get(f"/{house.slug}/gestion/calendarios/cambios/{change.pk}/").content.decode()
    assert "Terminado" in page and house.institution.name in page
    assert change.name in client.get(f"/{house.slug}/gestion/calendarios/cambios/").content.decode()
    assert not verify_institution(house.institution.pk).problems


def test_who_confirms_another_place_than_the_one_shown_is_shown_that_one(house):
    file(house, now=NOW)
    client = house.client(Role.ADMINISTRATOR)
    shown = client.post(body_page(house), typed(house, place=THERE, confirm="CL-AP"))
    assert shown.status_code == 200 and "Guardar y mover los plazos" in shown.content.decode()
    assert Institution.objects.get(pk=house.institution.pk).place != THERE


def test_a_place_that_moves_nothing_is_saved_at_once(house):
    client = house.client(Role.ADMINISTRATOR)
    assert client.post(body_page(house), typed(house, place=THERE)).status_code == 302
    assert not CalendarChange.objects.filter(action="place").exists()


def test_a_unit_moves_only_its_own_requests_and_the_body_not_those_of_a_unit_elsewhere(house):
    works, desk = house.units["obras"], house.units["oirs"]
    of_works, of_desk = file(house, now=NOW, unit_id=works), file(house, now=NOW, unit_id=desk)
    unit = Unit.objects.get(pk=works)
    client = house.client(Role.ADMINISTRATOR)
    page = f"/{house.slug}/gestion/configuracion/unidades/{works}/"
    sent = {
        "name": unit.name,
        "code": unit.code,
        "parent_id": unit.parent_id or "",
        "email": "",
        "place": THERE,
        "is_active": "on",
    }
    shown = client.post(page, sent).content.decode()
    assert "Guardar y mover los plazos" in shown and of_works.folio in shown and of_desk.folio not in shown
    assert client.post(page, {**sent, "confirm": THERE}).status_code == 302
    change = run()
    assert change.unit_id == works
    places = dict(Clock.objects.filter(kind="legal").values_list("subject_id", "place"))
    assert places == {of_works.pk: THERE, of_desk.pk: house.institution.place}
    update_institution(institution=house.institution, actor=None, now=NOW, place="CL-AP")
    run()
    places = dict(Clock.objects.filter(kind="legal").values_list("subject_id", "place"))
    assert places == {of_works.pk: THERE, of_desk.pk: "CL-AP"}


def test_a_unit_back_at_the_place_of_its_body_follows_too(house):
    works = Unit.objects.get(pk=house.units["obras"])
    case = file(house, now=NOW, unit_id=works.pk)
    first = Case.objects.get(pk=case.pk).legal_due_on
    kept = {"code": works.code, "name": works.name, "parent_id": works.parent_id}
    for place in (THERE, ""):
        save_unit(institution=house.institution, actor=None, now=NOW, unit=works, place=place, **kept)
        run()
    assert Case.objects.get(pk=case.pk).legal_due_on == first
    assert set(Clock.objects.filter(state="running").values_list("place", flat=True)) == {
        house.institution.place
    }


def test_a_restricted_request_moves_and_is_not_named(house):
    case = file(house, now=NOW)
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    client = house.client(Role.ADMINISTRATOR)
    shown = client.post(body_page(house), typed(house, place=THERE)).content.decode()
    assert "Solicitud reservada" in shown and case.folio not in shown
