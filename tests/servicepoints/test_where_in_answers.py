# SPDX-License-Identifier: EUPL-1.2
"""Where the portal answers a question: the place to go to for each service; and asking on the first page."""

import re
from datetime import UTC, date, datetime, time

import pytest

from siac.catalogue.public import save_service
from siac.servicepoints.public import Hours, ServicePoint, Window, hours_words, save_service_point
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


ALL_DAY = (Window(time(0), time(0)),)


def opening(first: int, last: int) -> Hours:
    return Hours(dict.fromkeys(range(5), (Window(time(first), time(last)),)))


@pytest.fixture
def clock(monkeypatch):
    def at(hour: int) -> None:
        moment = datetime(2024, 1, 8, hour + 3, tzinfo=UTC)  # a Monday; in Santiago three hours less
        monkeypatch.setattr("siac.servicepoints.panels.current_time", lambda: moment)

    at(10)
    return at


@pytest.fixture
def given(house):
    here = {"institution": house.institution, "actor": None, "now": NOW}
    service = save_service(**here, name="Matrícula y traslados", is_active=True)
    save_service(**here, name="Matrícula de vehículos", is_active=True)
    for code, commune, hours in (
        ("manana", "Ovalle", opening(9, 14)), ("tarde", "Vicuña", opening(15, 18)),
        ("ida", "Coquimbo", Hours(dict.fromkeys(range(7), ALL_DAY), closed_from=date(2024, 1, 2))),
        ("muda", "Salamanca", Hours()),
    ):  # fmt: skip
        save_service_point(
            **here, code=code, name=f"Oficina {code}", kind="office", commune=commune, hours=hours,
            service_ids=[service.pk], closing_reason="Se cambió", instead="Vaya a la OIRS",
        )  # fmt: skip
    return house


def answered(house, asked: str) -> list[str]:
    """The place told of each service that was found, in the order of these; empty where none is."""
    page = house.client().get(f"/{house.slug}/servicios/", {"q": asked}).content.decode()
    sections = page.split('<section class="siac-promise"')[1:]
    return ["".join(re.findall(r"puntos/([a-z]+)/", each)) for each in sections]


def test_an_open_place_is_told_else_the_next_to_open(given, clock):
    assert answered(given, "traslados") == ["manana"]
    page = words(given.client().get(f"/{given.slug}/servicios/", {"q": "traslados"}))
    morning = ServicePoint.objects.get(code="manana")
    for each in ("Abierto hasta las 14:00", hours_words(morning), "y 2 más"):
        assert each in page, each
    clock(16)
    assert answered(given, "traslados") == ["tarde"]
    clock(20)
    assert answered(given, "traslados") == ["manana"]
    page = words(given.client().get(f"/{given.slug}/servicios/", {"q": "traslados"}))
    assert "Cerrado, abre mañana a las 9:00" in page


def test_the_commune_that_the_question_names_comes_before_what_is_open(given, clock):
    assert answered(given, "traslados en VICUNA")[0] == "tarde"
    assert answered(given, "traslados en salamanca")[0] == "muda"
    assert answered(given, "traslados en Arica")[0] == "manana"


def test_a_service_that_no_place_gives_and_the_whole_list_tell_none(given, clock):
    assert answered(given, "vehículos") == [""]
    assert answered(given, "") == ["", ""]
    assert answered(given, "pasaporte") == ["", ""]


def test_all_services_of_an_answer_cost_one_statement_more(given, clock):
    here = {"institution": given.institution, "actor": None, "now": NOW}
    rows = [save_service(**here, name=f"Permiso {number}", is_active=True) for number in range(15)]
    given.institution.refresh_from_db()
    save_service_point(
        **here, code="todo", name="Oficina de todo", kind="office", hours=opening(8, 12),
        service_ids=[row.pk for row in rows],
    )  # fmt: skip
    client, url = given.client(), f"/{given.slug}/servicios/"
    client.get(url, {"q": "permiso"})  # warm
    with at_most(6):
        page = client.get(url, {"q": "permiso"})
    assert page.content.decode().count("puntos/todo/") == 15


def test_the_first_page_searches_where_there_are_services(house, given):
    page = given.client().get(f"/{given.slug}/").content.decode()
    assert f'action="/{given.slug}/servicios/"' in page


def test_the_first_page_of_a_body_without_services_searches_nothing(house):
    assert 'role="search"' not in house.client().get(f"/{house.slug}/").content.decode()
