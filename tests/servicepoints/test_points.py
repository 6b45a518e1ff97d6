# SPDX-License-Identifier: EUPL-1.2
"""Places: their hours in rows, in versions, never lost; the services they give."""

from datetime import time

import pytest

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.kernel.errors import Refused
from siac.servicepoints.models import PointVersion, ServicePoint
from siac.servicepoints.public import Hours, Window, hours_words, save_service_point, service_points, state_of
from tests.factories import NOW, House, make_house
from tests.words import words

pytestmark = pytest.mark.django_db
WEEK = Hours(dict.fromkeys(range(5), (Window(time(9), time(14)),)))


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
