# SPDX-License-Identifier: EUPL-1.2
"""The public pages of places: who is open, who is near, all of one; the same for programs."""

import json
import re
from datetime import date, datetime, time
from decimal import Decimal
from importlib import resources

import pytest
from django.test import Client

from siac.catalogue.public import save_service
from siac.indicators.maps.commands import load_shapes
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.public import Hours, OtherDay, Season, Visit, Window, save_service_point
from siac.servicepoints.telling import hours_linked, point_told
from tests.factories import NOW, House
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
MORNING = (Window(time(9), time(14)),)
WEEK = Hours(dict.fromkeys(range(5), MORNING))
ALWAYS = Hours(dict.fromkeys(range(7), (Window(time(0), time(0)),)), opens_on_holidays=True)
TOWNS = (
    ("Coquimbo", "-29.9533", "-71.3395"),
    ("La Serena", "-29.9027", "-71.2520"),
    ("Vicuña", "-30.0319", "-70.7081"),
    ("Ovalle", "-30.6011", "-71.1990"),
)


def place(house: House, code: str, **fields) -> ServicePoint:
    fields = {"name": code.title(), "kind": "office", **fields}
    return save_service_point(institution=house.institution, actor=None, now=NOW, code=code, **fields)


def towns(house: House) -> None:
    for commune, latitude, longitude in TOWNS:
        place(
            house, commune.lower().replace(" ", "-").replace("ñ", "n"), commune=commune, hours=ALWAYS,
            latitude=Decimal(latitude), longitude=Decimal(longitude),
        )  # fmt: skip
    place(house, "cerrada", commune="Ovalle", hours=Hours(exceptions=(OtherDay(date(2020, 1, 1), (), ""),)))
    place(house, "linea", kind="phone", phone="600 600 6000", hours=ALWAYS)


def names(page) -> list[str]:
    return re.findall(r'puntos/([a-z-]+)/">', page.content.decode())


def test_the_list_says_who_is_open_and_narrows(house):
    towns(house)
    url = f"/{house.slug}/puntos/"
    page = Client().get(url)
    assert names(page) == ["cerrada", "coquimbo", "la-serena", "ovalle", "vicuna", "oirs", "linea"]
    said = words(page)
    for each in ("Abierto a toda hora", "Sin horario publicado", "Sin ir a una oficina", "2 de esta lista"):
        assert each in said, each
    open_now = ["coquimbo", "la-serena", "ovalle", "vicuna", "linea"]
    assert names(Client().get(url, {"abierto": "ahora"})) == open_now
    assert names(Client().get(url, {"comuna": "Ovalle"})) == ["cerrada", "ovalle"]
    assert names(Client().get(url, {"tipo": "phone"})) == ["linea"]
    none = Client().get(url, {"comuna": "Ovalle", "tipo": "phone"})
    assert "Ninguno es así" in words(none)


def test_the_nearest_of_a_commune_come_first_however_it_is_typed(house):
    """From Vicuña, La Serena is some 54 km away, Coquimbo 61, Ovalle 79; what has no coordinates is of
    Ovalle, another province, or nowhere.
    """
    towns(house)
    url = f"/{house.slug}/puntos/"
    page = Client().get(url, {"cerca": " VICUÑA "})
    assert names(page) == ["vicuna", "la-serena", "coquimbo", "ovalle", "cerrada", "oirs", "linea"]
    assert "a unos 54 km" in words(page) and "Cerca de Vicuña" in words(page)
    unknown = Client().get(url, {"cerca": "<b>Narnia"}).content.decode()
    assert "«&lt;b&gt;Narnia»" in unknown and "<b>Narnia" not in unknown


def test_who_lives_where_there_is_no_place_is_near_to_those_of_the_shapes(house):
    """Monte Patria has no place: the middle of its shape decides, and Ovalle lies beside it."""
    towns(house)
    content = (resources.files("siac.config.demonstration") / "communes.geojson").read_bytes()
    load_shapes(institution=house.institution, content=content, source="Esquema", actor=None, now=NOW)
    page = Client().get(f"/{house.slug}/puntos/", {"cerca": "Monte Patria"})
    assert names(page)[0] == "ovalle"
    drawn = page.content.decode()
    assert drawn.count("siac-pointmap__area") >= 4 and "Formas: Esquema" in words(page)
    assert drawn.count("siac-pointmap__pin--open") == 4


def test_a_place_is_told_whole_and_the_same_to_programs(house):
    service = save_service(institution=house.institution, actor=None, now=NOW, name="Matrícula")
    house.institution.refresh_from_db()
    hours = Hours(
        WEEK.week, (Season((12, 15), (2, 28), {0: MORNING}, "Verano"),),
        (OtherDay(date(2099, 12, 24), (), "Inventario"),),
        visits=(Visit(date(2099, 11, 30), "Tongoy", MORNING),),
    )  # fmt: skip
    row = place(
        house, "movil", name="</script><b>Móvil", kind="mobile_office", hours=hours, address="Plaza 1",
        commune="Coquimbo", latitude=Decimal("-29.95"), longitude=Decimal("-71.34"), phone="51 2 000 000",
        email="movil@ejemplo.cl", website="https://ejemplo.cl", access=["ramp"], access_note="Pida ayuda",
        directions="Frente al muelle", service_ids=[service.pk],
    )  # fmt: skip
    page = Client().get(f"/{house.slug}/puntos/movil/")
    said = words(page)
    for each in (
        "Lunes a viernes de 9:00 a 14:00. Verano (del 15/12 al 28/2): lunes de 9:00 a 14:00", "Inventario",
        "Próximas visitas", "en Tongoy", "Rampa", "Pida ayuda", "Frente al muelle", "Matrícula",
        "Los próximos siete días", "51 2 000 000",
    ):  # fmt: skip
        assert each in said, each
    raw = page.content.decode()
    assert "<b>M" not in raw
    linked = json.loads(re.search(r'ld.json">(.*?)</script>', raw, re.DOTALL).group(1))
    assert linked["@type"] == "GovernmentOffice" and linked["name"] == row.name
    assert linked["geo"] == {"@type": "GeoCoordinates", "latitude": "-29.950000", "longitude": "-71.340000"}
    opening = linked["openingHoursSpecification"]
    assert (opening[0]["opens"], opening[0]["closes"], len(opening[0]["dayOfWeek"])) == ("09:00", "14:00", 5)
    assert opening[1]["dayOfWeek"] == ["Monday"] and opening[1]["validThrough"].endswith("-02-28")
    special = linked["specialOpeningHoursSpecification"]
    assert [(each["validFrom"], each["opens"], each["closes"]) for each in special] == [
        ("2099-11-30", "09:00", "14:00"),
        ("2099-12-24", "00:00", "00:00"),
    ]
    listed = words(Client().get(f"/{house.slug}/puntos/"))
    assert "Próxima visita: lunes 30 de noviembre de 2099 , de 9:00 a 14:00 en Tongoy" in listed
    service_page = words(Client().get(f"/{house.slug}/servicios/{service.code}/"))
    assert "Dónde se da" in service_page


@pytest.mark.parametrize(
    ("today", "span"),
    [
        (date(2026, 6, 1), ("2026-12-15", "2027-02-28")),
        (date(2026, 1, 10), ("2025-12-15", "2026-02-28")),
        (date(2026, 12, 20), ("2026-12-15", "2027-02-28")),
    ],
)
def test_programs_are_told_when_a_season_comes_next(today, span):
    hours = Hours(seasons=(Season((12, 15), (2, 28), {}),))
    (told,) = hours_linked(hours, today)["openingHoursSpecification"]
    assert (told["validFrom"], told["validThrough"]) == span and told["opens"] == told["closes"]


def test_programs_are_told_of_no_day_beyond_the_end():
    visits = tuple(Visit(date(2026, 12, day), "Plaza", MORNING) for day in (29, 30, 31))
    hours = Hours({0: MORNING}, visits=visits, closed_from=date(2026, 12, 31))
    linked = hours_linked(hours, date(2026, 12, 30))
    assert [each["validThrough"] for each in linked["openingHoursSpecification"]] == ["2026-12-30"]
    assert [each["validFrom"] for each in linked["specialOpeningHoursSpecification"]] == ["2026-12-30"]
    assert not any(hours_linked(hours, date(2026, 12, 31)).values())


def test_a_place_that_closed_says_where_to_go_and_leaves_the_list_after_a_while(house):
    now = datetime(2026, 9, 7, 12, tzinfo=house.institution.zone)
    hours = Hours(WEEK.week, closed_from=date(2026, 9, 7))
    row = place(house, "vieja", hours=hours, closing_reason="Se cambia", instead="Vaya a la OIRS")
    row.institution = house.institution
    told = point_told(row, now)
    assert told.standing.words == "Cerró para siempre el 07-09-2026"
    assert {each.words for each in told.days} == {"cerrado (cierre definitivo)"}
    past = Hours(WEEK.week, closed_from=date(2020, 1, 1))
    place(house, "antigua", hours=past, closing_reason="Se cambió", instead="Vaya a la OIRS")
    assert "antigua" not in names(Client().get(f"/{house.slug}/puntos/"))
    page = words(Client().get(f"/{house.slug}/puntos/antigua/"))
    assert "Cerró para siempre" in page and "Vaya a la OIRS" in page


def test_what_is_not_in_use_is_nowhere(house):
    place(house, "baja", is_active=False)
    assert "baja" not in names(Client().get(f"/{house.slug}/puntos/"))
    assert Client().get(f"/{house.slug}/puntos/baja/").status_code == 404
    assert Client().get(f"/{house.slug}/puntos/baja/hoja.pdf").status_code == 404


def test_long_lists_come_in_pages_that_cost_the_same(house):
    url = f"/{house.slug}/puntos/"
    Client().get(url)
    with at_most(6):
        Client().get(url)
    for number in range(90):
        town = TOWNS[number % 4]
        place(
            house, f"p-{number}", commune=town[0], hours=WEEK, latitude=Decimal(town[1]),
            longitude=Decimal(town[2]),
        )  # fmt: skip
    house.institution.refresh_from_db()
    Client().get(url)
    with at_most(6):
        first = Client().get(url)
    last = Client().get(url, {"pagina": "99999"})
    assert first.content.decode().count('<li class="siac-point"') == 40
    assert last.content.decode().count('<li class="siac-point"') == 11
