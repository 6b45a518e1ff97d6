# SPDX-License-Identifier: EUPL-1.2
"""Places: their hours in rows, in versions, never lost; the services they give."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.kernel.errors import Refused
from siac.servicepoints.models import PointVersion, ServicePoint
from siac.servicepoints.public import (
    Hours,
    Season,
    Visit,
    Window,
    hours_words,
    save_service_point,
    service_points,
    state_of,
    states_of,
)
from tests.factories import NOW, House, make_house
from tests.words import words

pytestmark = pytest.mark.django_db
WEEK = Hours(dict.fromkeys(range(5), (Window(time(9), time(14)),)))

SUMMER = Season((12, 15), (2, 28), WEEK.week, "Verano")
VISIT = Visit(date(2026, 12, 1), "Plaza", (Window(time(9), time(14)),))


def saved(house: House, **fields) -> ServicePoint:
    row = ServicePoint.objects.get(pk=house.point)
    return save_service_point(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW, point=row, **fields
    )


def typed(house: House, **more: str) -> dict[str, str]:
    return {
        "name": "OIRS", "code": "oirs", "kind": "information_office", "unit_id": "", "is_active": "on",
        "week-0-days": "0-4", "week-0-opens": "9:00", "week-0-closes": "14:00", "based_on": "1", **more,
    }  # fmt: skip


def test_what_was_written_before_stays_until_hours_are_said_and_after(house):
    row = saved(house, hours_note="Con hora reservada")
    assert hours_words(row) == "Con hora reservada" and state_of(row, NOW) is None
    row = saved(house, hours=WEEK)
    assert hours_words(row) == "Lunes a viernes de 9:00 a 14:00. Con hora reservada"
    assert PointVersion.objects.filter(point=row).count() == 3


def test_it_is_open_by_its_hours_and_the_holidays_of_its_place(house):
    row = saved(house, hours=WEEK)
    row.institution = house.institution
    zone = house.institution.zone
    at = NOW.astimezone(zone).replace(year=2026, month=9, hour=10)
    assert state_of(row, at.replace(day=7)).is_open
    assert not state_of(row, at.replace(day=18)).is_open  # the national day


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"hours": Hours({0: (Window(time(9), time(8)),)})}, "point_hours"),
        ({"hours": replace(WEEK, closed_from=date(2027, 1, 1))}, "point_closing"),
        ({"hours": replace(WEEK, seasons=(SUMMER, SUMMER))}, "point_seasons"),
        ({"hours": Hours(visits=(VISIT, VISIT))}, "point_hours"),
        ({"latitude": Decimal("-34.6"), "longitude": Decimal("-58.4")}, "point_outside"),
        ({"latitude": Decimal("-71.3"), "longitude": Decimal("-29.9")}, "point_swapped"),
        ({"commune": "Coquimvo"}, "point_commune"),
        ({"service_ids": [1]}, "point_service"),
        ({"based_on": 7, "name": "Otra"}, "saved_meanwhile"),
    ],
)
def test_what_cannot_be_is_refused(house, fields, code):
    with pytest.raises(Refused, match=code):
        saved(house, **fields)


def test_the_form_keeps_hours_as_rows(house):
    client = house.client(Role.ADMINISTRATOR)
    url = f"/{house.slug}/gestion/configuracion/puntos/{house.point}/"
    more = {
        "seasons-0-first": "15/12", "seasons-0-last": "28/2", "seasons-0-days": "0-4",
        "seasons-0-opens": "10:00", "seasons-0-closes": "13:00", "others-0-on": "2026-12-24",
        "others-0-reason": "Víspera",
    }  # fmt: skip
    done = client.post(url, typed(house, **more))
    assert done.status_code == 302, words(done)
    house.institution.refresh_from_db()
    row = service_points(house.institution)[house.point]
    assert hours_words(row).startswith("Lunes a viernes de 9:00 a 14:00. Del 15/12 al 28/2")
    assert row.hours.exceptions[0].reason == "Víspera"
    page = client.get(url).content.decode()
    assert 'value="15/12"' in page and 'value="09:00"' in page and "24-12-2026: cerrado (Víspera)" in page
    again = client.post(url, typed(house, **more, based_on="2"))
    assert again.status_code == 302 and PointVersion.objects.filter(point=row).count() == 2  # nothing changed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"week-0-opens": "25:00"}, "Escriba la hora así"),
        ({"week-0-closes": "8:00"}, "Cierra antes de abrir"),
        ({"week-1-days": "0", "week-1-opens": "13:00", "week-1-closes": "16:00"}, "se cruzan"),
        ({"seasons-0-first": "31/2", "seasons-0-last": "1/3"}, "Escriba el día así"),
        (
            {"seasons-0-first": "15/12", "seasons-0-last": "28/2", "seasons-0-opens": "10:00"},
            "Escriba la hora, o quite la otra",
        ),
        ({"others-0-on": "2026-12-24", "others-0-closes": "12:00"}, "Escriba la hora, o quite la otra"),
        ({"others-0-reason": "x"}, "Escriba"),
    ],
)
def test_bad_hours_say_what_to_do(house, change, said):
    url = f"/{house.slug}/gestion/configuracion/puntos/{house.point}/"
    page = house.client(Role.ADMINISTRATOR).post(url, typed(house) | change)
    assert page.status_code == 422 and said in words(page)


def test_a_place_gives_services_of_its_own_body(house):
    common = {"institution": house.institution, "actor": None, "now": NOW}
    service = save_service(**common, name="Matrícula")
    house.institution.refresh_from_db()
    row = saved(house, service_ids=[service.pk], no_services="No aplica")
    assert (row.service_ids, row.no_services) == ([service.pk], "")
    other = make_house("valle")
    with pytest.raises(Refused, match="point_service"):
        saved(other, service_ids=[service.pk])


def test_a_place_is_told_whole_through_its_page(house):
    """Commune, coordinates, channels, access, visits and closing: typed, kept, shown again as typed."""
    client = house.client(Role.ADMINISTRATOR)
    url = f"/{house.slug}/gestion/configuracion/puntos/{house.point}/"
    more = {
        "commune": "Vicuña", "location": "-30.0319, -70.7081", "directions": "Frente a la plaza",
        "email": "oirs@ejemplo.cl", "website": "https://ejemplo.cl/oirs", "channels": ["in_person", "phone"],
        "access": ["ramp"], "access_note": "Sin ascensor", "week-0-closes": "1:00",
        "visits-0-on": "2026-12-01", "visits-0-place": "Plaza", "visits-0-opens": "9:00",
        "visits-0-closes": "12:00", "closed_from": "2027-01-01", "closing_reason": "Cambia de edificio",
        "seasons-0-name": "Verano", "seasons-0-first": "2/1", "seasons-0-last": "28/2",
        "seasons-0-days": "0-6",
    }  # fmt: skip
    more["week-0-opens"] = "18:00"
    assert client.post(url, typed(house, **more)).status_code == 302
    house.institution.refresh_from_db()
    row = service_points(house.institution)[house.point]
    assert (row.commune, row.territory, row.place) == ("Vicuña", "04106", "CL-04106")
    assert str(row.coordinates) == "-30.031900, -70.708100" and row.channel_codes == ["in_person", "phone"]
    assert row.hours.visits == (Visit(date(2026, 12, 1), "Plaza", (Window(time(9), time(12)),)),)
    assert hours_words(row).startswith("Lunes a viernes de 18:00 a 1:00. Verano (del 2/1 al 28/2): cerrado")
    page = words(client.get(url))
    for said in ("Rampa", "Presencial, Telefónico", "en Plaza", "Cierra para siempre el 01-01-2027"):
        assert said in page
    again = client.post(url, typed(house, **more, based_on="2"))
    assert again.status_code == 302 and row.versions.count() == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"location": "por ahí"}, "Escriba latitud y longitud así"),
        ({"location": "-71.3395, -29.9533"}, "Al revés queda dentro"),
        ({"location": "40.4, -3.7"}, "queda fuera de Chile"),
        ({"commune": "Narnia"}, "Elija una comuna de la lista"),
        ({"website": "javascript:alert(1)"}, "Escriba la dirección así"),
        ({"closed_from": "2027-01-01"}, "Escriba por qué cierra"),
        ({"visits-0-on": "2026-12-01", "visits-0-opens": "9:00"}, "Escriba dónde atiende"),
    ],
)
def test_bad_places_say_what_to_do(house, change, said):
    url = f"/{house.slug}/gestion/configuracion/puntos/{house.point}/"
    page = house.client(Role.ADMINISTRATOR).post(url, typed(house) | change)
    assert page.status_code == 422 and said in words(page)


def test_a_place_keeps_the_clock_and_the_holidays_of_its_own_commune(house):
    """Punta Arenas keeps summer time all year: at 12:30 in Coquimbo, in winter, it is 13:30 there."""
    row = saved(house, hours=Hours(dict.fromkeys(range(5), (Window(time(9), time(13)),))))
    row.institution = house.institution
    noon = NOW.astimezone(house.institution.zone).replace(year=2026, month=7, day=6, hour=12, minute=30)
    assert state_of(row, noon).is_open
    row = saved(house, commune="Punta Arenas")
    assert not state_of(row, noon).is_open
    assert state_of(row, noon).opens_at.utcoffset() != noon.utcoffset()


def test_states_of_many_places_cost_one_statement(house, django_assert_num_queries):
    common = {"institution": house.institution, "actor": None, "now": NOW, "kind": "office", "hours": WEEK}
    communes = ("Coquimbo", "La Serena", "Vicuña", "Ovalle")
    for number in range(20):
        save_service_point(
            **common, code=f"p{number}", name=f"P {number}", commune=communes[number % 4],
            unit_id=list(house.units.values())[number % 3],
        )  # fmt: skip
    house.institution.refresh_from_db()
    points = list(service_points(house.institution).values())
    states_of(points, NOW)
    with django_assert_num_queries(1):
        found = states_of(points, NOW)
    assert sum(state is not None for state in found.values()) == 20


def test_places_of_before_learn_the_code_of_their_commune(house):
    """What no list knows stays as it was written."""
    points = ServicePoint.objects.filter(institution=house.institution)
    points.update(commune="la serena", territory="")
    other = save_service_point(
        institution=house.institution, actor=None, now=NOW, code="otra", name="Otra", kind="office"
    )
    ServicePoint.objects.filter(pk=other.pk).update(commune="Sector rural")
    import_module("siac.servicepoints.migrations.0004_codes_of_communes").name_territories(apps, None)
    known = dict(points.values_list("code", "territory"))
    assert known == {"oirs": "04101", "otra": ""}
    assert dict(points.values_list("code", "commune")) == {"oirs": "La Serena", "otra": "Sector rural"}
