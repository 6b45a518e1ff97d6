# SPDX-License-Identifier: EUPL-1.2
"""A figure by territory on the body's own shapes: hidden areas hatched, every area says its figure."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.indicators.maps.commands import SECONDS
from siac.indicators.models import TerritoryShapes
from siac.indicators.public import load_shapes
from siac.infra.confined import read
from siac.kernel.errors import Refused
from tests.factories import NOW, House
from tests.indicators.test_profiles import tell
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db


def square(west: float, **told: object) -> dict[str, object]:
    ring = [[west, -30], [west + 1, -30], [west + 1, -29], [west, -29]]
    return {"properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def shapes(house: House, *areas: dict[str, object], **changes: object) -> TerritoryShapes:
    content = json.dumps({"features": list(areas)}).encode()
    return load_shapes(
        institution=house.institution,
        content=content,
        actor=None,
        now=NOW,
        **{"source": "Esquema", "replaces": True, **changes},
    )


ELQUI = (square(-71, cut=4102), square(-70, cut=4101), square(-69, cut=4103), square(-68, cut=4106))
"""Four communes whose codes lost their zero, as in many files."""


@pytest.fixture(autouse=True)
def _october(monkeypatch):
    monkeypatch.setattr("siac.indicators.maps.workspace.current_time", lambda: NOW.replace(month=10, day=15))


def page(house: House, role: Role = Role.AUTHORITY):
    return house.client(role).get(
        f"/{house.slug}/gestion/cifras/cases.received/personas/", {"rasgo": "territorio", "en": "2026-09-01"}
    )


def test_areas_are_joined_by_the_property_that_names_most_territories(house):
    row = shapes(house, *ELQUI, square(-67, cut=99999, nombre="Otra parte"))
    assert sorted(row.areas) == ["04101", "04102", "04103", "04106"]
    assert row.property == "cut" and row.unknown == ["Otra parte"] and row.broken == []
    with pytest.raises(Refused) as refused:
        shapes(house, *ELQUI, property_name="otra")
    assert refused.value.code == "shapes_unknown"
    assert TerritoryShapes.objects.get().loaded_at == NOW


def test_a_territory_in_several_pieces_has_them_all(house):
    row = shapes(house, square(-71, cut="04102"), square(-69, cut="04102"))
    assert row.areas["04102"].count("M") == 2


def test_the_map_says_each_figure_hatches_the_hidden_and_leaves_the_empty_white(house):
    tell(house, commune=[("04102", 9), ("04101", 2), ("04103", 7), ("05101", 8)])
    shapes(house, *ELQUI)
    shown = page(house).content.decode()
    areas = re.findall(
        r'fill="url\(#([a-z0-9-]+)\)" stroke="#14202b"\s+stroke-width="2"[^>]*><title>([^<]*)', shown
    )
    assert sorted((title, fill) for fill, title in areas) == [
        ("Andacollo: pocos casos", "oculto"),
        ("Coquimbo: 9", "clase-0"),
        ("La Serena: pocos casos", "oculto"),
        ("Vicuña: sin casos", "vacio"),
    ]
    assert "Lo más alto: 9, «Coquimbo»." in shown and "Pocos casos: no se muestra" in shown
    assert "Formas: Esquema." in shown


def test_nothing_hidden_is_in_the_page_of_a_map(house):
    """Neither as a number, nor as a shade that others of as many have."""
    tell(house, commune=[("04102", 19), ("04101", 17), ("04103", 3)])
    shapes(house, *ELQUI)
    shown = page(house).content.decode()
    assert "Andacollo: pocos casos" in shown and "Andacollo: 3" not in shown and ">17<" not in shown


def test_where_every_area_is_hidden_the_map_says_so(house):
    tell(house, commune=[("04102", 4), ("04101", 4), ("05101", 9)])
    shapes(house, *ELQUI)
    shown = page(house).content.decode()
    assert "Ninguna de las áreas tiene bastantes casos" in shown and "La Serena: pocos casos" in shown


def test_without_shapes_there_is_no_map_and_who_may_is_led_to_them(house):
    tell(house, commune=[("04102", 9)])
    assert "siac-map" not in page(house).content.decode()
    assert "cargue las formas" not in page(house).content.decode()
    assert "cargue las formas" in page(house, Role.QUALITY_MANAGER).content.decode()


def test_a_trait_that_is_no_territory_has_no_map(house):
    tell(house, sex=[("female", 9), ("male", 9)])
    shapes(house, *ELQUI)
    other = house.client(Role.AUTHORITY).get(
        f"/{house.slug}/gestion/cifras/cases.received/personas/", {"rasgo": "sexo", "en": "2026-09-01"}
    )
    assert "siac-map" not in other.content.decode()


def test_shapes_come_in_through_the_page_and_what_is_broken_is_told(house):
    client, address = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/cifras-mapa/"
    broken = {
        "properties": {"nombre": "Isla rota", "cut": "04104"},
        "geometry": {"type": "Polygon", "coordinates": [5]},
    }
    content = json.dumps({"features": [*ELQUI, broken]}).encode()
    sent = client.post(address, {"source": "IDE", "file": SimpleUploadedFile("c.geojson", content)})
    assert sent.status_code == 302
    shown = client.get(address).content.decode()
    assert "4 territorios con forma" in shown and "Isla rota" in shown and "Fuente: IDE" in shown
    for odd in (b"{", b"[" * 200_000, b'{"features": [{}]}'):
        typed = {"source": "IDE", "replaces": "on", "file": SimpleUploadedFile("c.geojson", odd)}
        again = client.post(address, typed)
        assert again.status_code == 422 and "no se puede leer como áreas" in again.content.decode()
    assert len(TerritoryShapes.objects.get().areas) == 4  # what was there stays


def test_the_page_of_a_map_costs_the_same_whatever_it_shows(house):
    tell(house, commune=[("04102", 9)])
    shapes(house, *ELQUI)
    client = house.client(Role.AUTHORITY)
    address = f"/{house.slug}/gestion/cifras/cases.received/personas/?rasgo=territorio&en=2026-09-01"
    client.get(address)
    with at_most(6):
        assert "siac-map" in client.get(address).content.decode()


@pytest.mark.parametrize(("name", "least"), [("provincias", 190), ("departamentos", 24)])
def test_real_borders_are_drawn_within_the_limits_of_a_page(sample_data, name, least):
    """In several pieces, some broken, of a whole country."""
    content = (sample_data / f"peru_{name}.geojson").read_bytes()
    found, _ = read("siac.indicators.domain.shapes:read_shapes", content, seconds=SECONDS)
    assert len(found["areas"]) >= least and len(found["broken"]) < 10
    assert sum(len(area["path"]) for area in found["areas"]) < 400_000


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800"])
def test_signs_that_no_table_keeps_are_left_out_of_names(house, sign):
    stranger = square(-67, nombre="PARTE")
    content = json.dumps({"features": [*ELQUI, stranger]}).replace("PARTE", f"Otra{sign} parte").encode()
    row = load_shapes(institution=house.institution, content=content, actor=None, now=NOW, source="Esquema")
    assert row.unknown == ["Otra parte"]


def test_a_code_in_the_place_of_the_number_of_an_area_is_found(house):
    areas = [{**square(west), "id": f"0410{number}"} for number, west in ((1, -71.0), (2, -70.0))]
    assert sorted(shapes(house, *areas).areas) == ["04101", "04102"]


def test_shapes_take_the_place_of_others_only_where_somebody_says_so(house):
    shapes(house, *ELQUI)
    with pytest.raises(Refused, match="shapes_replace"):
        shapes(house, ELQUI[0], replaces=False)
    assert len(TerritoryShapes.objects.get().areas) == len(ELQUI)
    keeper = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/cifras-mapa/"
    content = json.dumps({"features": [ELQUI[0]]}).encode()

    def sent(**more: str):
        file = SimpleUploadedFile("una.geojson", content)
        return keeper.post(url, {"file": file, "source": "Otra", "property_name": "", **more})

    unasked = sent()
    assert unasked.status_code == 422
    assert "Ya hay formas: márquelo para reemplazarlas" in unasked.content.decode()
    assert len(TerritoryShapes.objects.get().areas) == len(ELQUI)
    assert sent(replaces="on").status_code == 302
    assert len(TerritoryShapes.objects.get().areas) == 1
