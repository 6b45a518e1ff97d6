# SPDX-License-Identifier: EUPL-1.2
"""A screen that many use shows other public pages too, and keeps nothing for whoever comes next."""

import pytest

from siac.accounts.public import Role
from siac.counter.commands.configuring import save_line
from siac.ui.kiosk import COOKIE, kiosk_in
from tests.counter.conftest import Room, make_room
from tests.factories import NOW
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(house) -> Room:
    return make_room(house, is_open=False)


def kiosk(room: Room) -> str:
    return f"/{room.house.slug}/puntos/oirs/turnos/"


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("oirs:1:0:0", "siac-kiosk siac-letter-1"),
        ("oirs:3:1:1", "siac-kiosk siac-letter-3 siac-contrast"),
        ("oirs:4:0:0", None),
        ("oirs:1:0", None),
        ('oirs":1:0:0', None),
        ("o" * 61 + ":1:0:0", None),
        ("", None),
    ],
)
def test_a_cookie_says_how_a_screen_shows_pages_or_nothing(text, classes):
    found = kiosk_in(text, "puerto")
    assert (found.classes if found else None) == classes


def test_doors_lead_to_public_pages_that_know_the_screen_and_are_not_kept(room):
    client = room.house.client()
    page = client.get(f"{kiosk(room)}?impresora=1").content.decode()
    assert f"{kiosk(room)}ir/solicitud/?impresora=1" in page
    led = client.get(f"{kiosk(room)}ir/solicitud/?impresora=1")
    assert led.url == f"/{room.house.slug}/solicitud/" and client.cookies[COOKIE].value == "oirs:1:0:1"
    shown = client.get(led.url)
    page = shown.content.decode()
    assert "siac-kiosk siac-letter-1" in page and f'data-idle-to="{kiosk(room)}salir/?impresora=1"' in page
    assert shown["Cache-Control"] == "private, no-store"
    assert client.get(f"{kiosk(room)}ir/seguimiento/").url == f"/{room.house.slug}/seguimiento/"
    for nowhere in ("cita", "tramites", "oficinas", "x"):  # this body has none of these
        assert client.get(f"{kiosk(room)}ir/{nowhere}/").status_code == 404


def test_pages_read_elsewhere_and_those_of_the_house_are_no_screen(room):
    assert "siac-aids" not in room.house.client().get(f"/{room.house.slug}/solicitud/").content.decode()
    client = room.house.client(Role.FRONT_DESK)
    client.cookies[COOKIE] = "oirs:1:0:0"
    page = client.get(f"/{room.house.slug}/gestion/turnos/").content.decode()
    assert "siac-aids" not in page and "siac-kiosk" not in page


def test_leaving_ends_the_session_and_every_cookie_but_that_of_the_screen(room):
    client = room.house.client(Role.FRONT_DESK)
    client.get(f"{kiosk(room)}ir/solicitud/")
    client.cookies["otra"] = "de alguien"
    client.post(f"/{room.house.slug}/solicitud/reclamo/", {"subject": "Agua"})
    client.get(
        f"{kiosk(room)}pantalla/", {"pantalla": "oirs:3:1:0", "vuelve": f"/{room.house.slug}/solicitud/"}
    )
    assert client.cookies[COOKIE].value == "oirs:3:1:0"
    left = client.get(f"{kiosk(room)}salir/")
    assert left.url == kiosk(room) and left["Clear-Site-Data"] == '"cache", "storage"'
    for name in ("siac_navegador", "siac_persona"):  # a browser forgets a cookie only at its own path
        assert (left.cookies[name]["max-age"], left.cookies[name]["path"]) == (0, f"/{room.house.slug}/")
    assert left.cookies["otra"]["max-age"] == 0 and left.cookies[COOKIE].value == "oirs:1:0:0"
    assert client.get(f"/{room.house.slug}/gestion/turnos/").status_code == 302  # signed in no more


def test_leaving_elsewhere_than_at_a_screen_ends_nothing(room):
    client = room.house.client(Role.FRONT_DESK)
    assert client.get(f"{kiosk(room)}salir/").url == kiosk(room)
    assert client.get(f"/{room.house.slug}/gestion/turnos/").status_code == 200


@pytest.mark.parametrize(
    "back",
    ["https://malo.example/", "//malo.example", "/otro/", "/puerto/gestion/turnos/", "javascript:x", ""],
)
def test_what_helps_to_read_leads_to_no_other_place(room, back):
    asked = {"pantalla": "oirs:2:0:0", "vuelve": back}
    assert room.house.client().get(f"{kiosk(room)}pantalla/", asked).url == kiosk(room)


def test_more_than_four_lines_are_offered_on_pages(room):
    for letter in "CDE":
        save_line(
            institution=room.institution, actor=None, now=NOW, point_id=room.house.point, prefix=letter,
            name=f"Fila {letter}", unit_id=room.house.units["oirs"],
        )  # fmt: skip
    client = room.house.client()
    first = words(client.get(kiosk(room)))
    assert "Fila D" in first and "Fila E" not in first and "Más opciones" in first
    second = words(client.get(kiosk(room), {"pagina": "2"}))
    assert "Fila E" in second and "Fila D" not in second and "Volver a las primeras opciones" in second
    assert words(client.get(kiosk(room), {"pagina": "99"})).count("Fila E") == 1
    assert "Fila D" in words(client.get(kiosk(room), {"pagina": "x"}))
