# SPDX-License-Identifier: EUPL-1.2
"""The pages of calendars and rules: who may, what they show, what they change."""

from datetime import date

import pytest
from django.urls import reverse

from siac.accounts.public import Role, User
from siac.clocks.models import CalendarChange, Clock, LayerDay
from siac.clocks.public import Amount, CalendarLayer, Unit
from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.tasks import follow_calendar
from siac.organizations.public import Institution, Membership
from tests.clocks.conftest import NOW
from tests.clocks.previews import applied, changed, previewed
from tests.clocks.starting import start_clocks
from tests.factories import make_house
from tests.words import words

pytestmark = pytest.mark.usefixtures("calendars")
FRIDAY = {"day_day": "20", "day_month": "11", "day_year": "2026"}
DAY = {
    **FRIDAY,
    "layer": "CL-CO",
    "name": "Duelo regional",
    "kind": "decreed",
    "source": "DS 9",
    "reason": "Decreto",
}


def url(name, *args):
    return reverse(f"workspace:clocks:{name}", args=["puerto", *args])


@pytest.fixture
def staff(body, client):
    user = User.objects.create_user("q@example.org", name="Quena")
    Membership.objects.create(institution=body, user=user, role=Role.QUALITY_MANAGER)
    client.force_login(user)
    yield user
    pinned_calendar.cache_clear()


@pytest.fixture
def clock(spec):
    return start_clocks([spec(event_at=NOW, rule_id="", amount=Amount(20, Unit.BUSINESS_DAYS))])[0]


PAGES = [
    ("calendars",), ("year", 2026), ("add_day",), ("closure",), ("changes",), ("history", "CL"), ("rules",),
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=[page[0] for page in PAGES])
def test_pages_open_for_who_sets_up_calendars_and_for_nobody_else(body, staff, client, page):
    assert client.get(url(*page)).status_code == 200
    Membership.objects.update(role=Role.UNIT_OFFICER)
    assert client.get(url(*page)).status_code == 403
    client.logout()
    assert client.get(url(*page)).status_code in (302, 403)


def test_the_year_shows_each_day_with_its_origin(staff, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get(url("year", 2026)).content.decode()
    assert "Día de la Independencia" in page
    assert "Chile" in page
    assert client.get(url("year", 2009)).status_code == 404


@pytest.mark.parametrize(
    ("country", "year", "said"),
    [
        ("ES", 2027, "Los días de Comunidad de Madrid en 2027 están sin verificar: su boletín oficial"),
        ("ES", 2026, ""),
        ("PE", 2022, "está completo solo desde el"),
        ("PE", 2026, ""),
    ],
)
def test_a_year_that_a_calendar_does_not_answer_for_says_so_on_its_page(country, year, said):
    house = make_house("aviso", country)
    address = reverse("workspace:clocks:year", args=["aviso", year])
    page = words(house.client(Role.QUALITY_MANAGER).get(address))
    warned = [line for line in ("sin verificar", "está completo solo desde") if line in page]
    assert (said in page) if said else warned == []


def test_the_list_of_calendars_says_from_when_each_is_unverified():
    browser = make_house("aviso", "ES").client(Role.QUALITY_MANAGER)
    page = words(browser.get(reverse("workspace:clocks:calendars", args=["aviso"])))
    assert "Sin verificar desde 2027: sus días aún no se confirman en el boletín oficial." in page


def test_a_day_is_previewed_then_added_and_the_clock_moves(staff, client, clock):
    shown = previewed(client, url("add_day"), DAY)
    assert "01-12-2026" in client.get(shown).content.decode()
    assert Clock.objects.get().due_on == date(2026, 11, 30)
    assert applied(client, shown).status_code == 302
    follow_calendar(CalendarChange.objects.get().pk)
    assert Clock.objects.get().due_on == date(2026, 12, 1)
    row = LayerDay.objects.get(layer__code="CL-CO", date="2026-11-20")
    assert (row.added_by, row.reason) == (staff, "Decreto")
    told = words(client.get(url("history", "CL-CO")))
    assert "Quena 20-11-2026: hábil → cambió a Duelo regional: Decreto" in told
    assert "Duelo regional" in client.get(url("revoke_day", row.pk)).content.decode()
    assert client.post(url("revoke_day", row.pk), {"reason": " "}).status_code == 422
    shown = previewed(client, url("revoke_day", row.pk), {"reason": "Sin efecto"})
    assert "30-11-2026" in client.get(shown).content.decode()
    assert applied(client, shown).status_code == 302
    follow_calendar(CalendarChange.objects.get(action="revoked").pk)
    assert Clock.objects.get().due_on == date(2026, 11, 30)
    told = words(client.get(url("history", "CL-CO")))
    assert "Quena 20-11-2026: Duelo regional → cambió a anulado: Sin efecto" in told
    assert told.index("anulado: Sin efecto") < told.index("Duelo regional: Decreto"), "the newest first"


def test_bad_input_keeps_what_was_typed(staff, client):
    page = client.post(url("add_day"), {**DAY, "day_day": "31"})
    assert (page.status_code, "Duelo regional" in page.content.decode()) == (422, True)
    changed(client, url("add_day"), DAY)
    page = client.post(url("add_day"), DAY)
    assert (page.status_code, "ya está en este calendario" in page.content.decode()) == (422, True)
    assert client.post(url("add_day"), {**DAY, "layer": "PE"}).status_code == 422


def test_a_shared_calendar_is_not_changed_by_one_body_among_several(staff, client):
    Institution.objects.create(
        slug="otra", name="Otra", short_name="O", jurisdiction="CL", place="CL", time_zone="America/Santiago"
    )
    assert client.post(url("add_day"), DAY).status_code == 422
    shared = LayerDay.objects.get(layer__code="CL", date="2026-12-25")
    assert client.post(url("revoke_day", shared.pk), {"reason": "x"}).status_code == 403
    own = CalendarLayer.objects.get(kind="institution")
    assert changed(client, url("add_day"), {**DAY, "layer": own.code}).status_code == 302
    foreign = LayerDay.objects.filter(layer__code="PE").first()
    assert client.get(url("revoke_day", foreign.pk)).status_code == 404


def test_a_rule_can_be_tried(staff, client):
    asked = {"rule": "CL.SAIP", "on_day": "2", "on_month": "9", "on_year": "2024", "channel": "web"}
    page = client.get(url("rules"), asked).content.decode()
    assert "Vence el 3 de octubre de 2024" in page
    assert "interpretación" in page
    page = client.get(url("rules"), {**asked, "rule": "CL.MUNI", "extended": "on"})
    assert (page.status_code, "no permite ampliar" in page.content.decode()) == (422, True)
    page = client.get(
        url("rules"), {**asked, "asked_on_day": "3", "asked_on_month": "9", "asked_on_year": "2024"}
    )
    assert (page.status_code, "las dos fechas o ninguna" in page.content.decode()) == (422, True)
