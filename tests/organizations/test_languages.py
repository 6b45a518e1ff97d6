# SPDX-License-Identifier: EUPL-1.2
"""People choose the language of a body's pages; what is only in Spanish says so; nothing else changes."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from siac.accounts.public import Role
from siac.organizations.models import Institution
from siac.organizations.public import update_institution
from tests.factories import House, make_house

FALLBACK = "Una part d’aquesta pàgina és només en castellà."


@pytest.fixture
def valdeolmos(db) -> House:
    house = make_house("valdeolmos", "ES")
    offer(house.institution, "ca gl")
    return house


def offer(institution: Institution, codes: str) -> None:
    update_institution(institution=institution, actor=None, now=timezone.now(), languages=codes)


def choose(client: Client, house: House, code: str, back: str = "") -> str:
    answer = client.get(f"/{house.slug}/idioma/{code}/", {"volver": back or f"/{house.slug}/"})
    assert answer.status_code == 302, code
    return answer["Location"]


def test_choosing_keeps_the_page_and_says_the_language(client, valdeolmos):
    track = f"/{valdeolmos.slug}/seguimiento/?codigo=R3K2-WNP5-M7QX"
    shown = client.get(track).content.decode()
    assert '<html lang="es">' in shown and FALLBACK not in shown
    link = re.search(r'<a href="([^"]*/idioma/ca/[^"]*)" lang="ca"', shown)
    assert link is not None
    back = client.get(link.group(1))
    assert back["Location"] == track
    cookie = back.cookies["siac_idioma"]
    assert (cookie.value, cookie["path"], cookie["httponly"]) == ("ca", f"/{valdeolmos.slug}/", True)
    answer = client.get(track)
    page = answer.content.decode()
    assert '<html lang="ca">' in page and "Seguir una sol·licitud" in page and "R3K2-WNP5-M7QX" in page
    assert answer["Content-Language"] == "ca" and "Cookie" in answer["Vary"]
    assert choose(client, valdeolmos, "es", track) == track
    assert '<html lang="es">' in client.get(track).content.decode()


def test_what_a_body_wrote_stays_in_spanish_and_is_marked(client, valdeolmos):
    choose(client, valdeolmos, "ca")
    page = client.get(f"/{valdeolmos.slug}/solicitud/").content.decode()
    assert "Què necessita?" in page and FALLBACK in page
    assert page.index(FALLBACK) < page.index("<main")
    assert '<span lang="es">Quiero reclamar</span>' in page
    assert not re.search("[\ue000-\ue002]", page)
    fill = client.get(f"/{valdeolmos.slug}/solicitud/reclamo/").content.decode()
    assert "En una línia, de què es tracta?" in fill
    assert '<title lang="es">' in fill  # the name of the kind


def test_a_page_that_is_not_translated_yet_says_so_whole(client, valdeolmos):
    choose(client, valdeolmos, "ca")
    page = client.get(f"/{valdeolmos.slug}/cartas/").content.decode()
    assert '<main class="siac-main" id="contenido" tabindex="-1" lang="es">' in page and FALLBACK in page
    assert "Saltar al contingut" in page


def test_wrong_input_is_told_in_the_language_and_nothing_typed_is_lost(client, valdeolmos):
    choose(client, valdeolmos, "gl")
    answer = client.post(f"/{valdeolmos.slug}/solicitud/reclamo/", {"subject": "Auga", "body": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cóntenos que pasou ou que pide." in page and 'value="Auga"' in page and "Hai un problema" in page


@pytest.mark.parametrize("code", ["arn", "qu", "xx", "en"])
def test_only_what_the_body_offers_can_be_chosen(client, valdeolmos, code):
    assert client.get(f"/{valdeolmos.slug}/idioma/{code}/").status_code == 404
    client.cookies["siac_idioma"] = code
    assert '<html lang="es">' in client.get(f"/{valdeolmos.slug}/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/otra/", "javascript:alert(1)", "/valdeolmos\\@x"]
)
def test_the_way_back_stays_within_the_body(client, valdeolmos, back):
    assert choose(client, valdeolmos, "ca", back) == f"/{valdeolmos.slug}/"


def test_the_choice_is_of_one_body_and_pages_of_the_house_stay_in_spanish(client, valdeolmos, house):
    client.cookies["siac_idioma"] = "ca"  # as a browser that sent it everywhere
    other = client.get(f"/{house.slug}/").content.decode()
    assert '<html lang="es">' in other and "/idioma/" not in other
    staff = valdeolmos.client(Role.ADMINISTRATOR)
    staff.cookies["siac_idioma"] = "ca"
    assert (
        '<html lang="es">'
        in staff.get(f"/{valdeolmos.slug}/gestion/configuracion/unidades/").content.decode()
    )


def test_the_language_does_not_stay_with_the_worker(client, valdeolmos):
    choose(client, valdeolmos, "ca")
    client.get(f"/{valdeolmos.slug}/")
    assert '<html lang="es">' in Client().get(f"/{valdeolmos.slug}/").content.decode()


def test_what_the_browser_prefers_is_offered_and_never_forced(valdeolmos):
    page = (
        Client().get(f"/{valdeolmos.slug}/", headers={"accept-language": "ca-ES,es;q=0.8"}).content.decode()
    )
    assert '<html lang="es">' in page
    assert re.search(r'lang="ca"\s+hreflang="ca" rel="nofollow"\s+class="siac-header__preferred"', page)
    page = Client().get(f"/{valdeolmos.slug}/", headers={"accept-language": "es,ca"}).content.decode()
    assert "siac-header__preferred" not in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("solicitud/no-hay/", 404, "No trobem aquesta pàgina"),
        ("nada/de/nada/", 404, "No trobem aquesta pàgina"),
    ],
)
def test_error_pages_speak_it_too(client, valdeolmos, address, status, words):
    choose(client, valdeolmos, "ca")
    answer = client.get(f"/{valdeolmos.slug}/{address}")
    assert answer.status_code == status and words in answer.content.decode()
    assert '<html lang="ca">' in answer.content.decode()


def test_it_costs_no_sql(client, valdeolmos):
    address = f"/{valdeolmos.slug}/solicitud/reclamo/"
    client.get(address)
    with CaptureQueriesContext(connection) as spanish:
        client.get(address)
    choose(client, valdeolmos, "ca")
    client.get(address)
    with CaptureQueriesContext(connection) as catalan:
        client.get(address)
    assert len(catalan) == len(spanish)


def test_an_administrator_chooses_among_those_of_the_country(valdeolmos):
    staff, address = (
        valdeolmos.client(Role.ADMINISTRATOR),
        f"/{valdeolmos.slug}/gestion/configuracion/organismo/",
    )
    page = staff.get(address).content.decode()
    assert "Euskara (euskera)" in page and "Mapudungun" not in page
    body = valdeolmos.institution
    typed = {
        "name": body.name, "short_name": body.short_name, "time_zone": body.time_zone, "place": body.place,
        "brand_colour": body.brand_colour, "languages": ["eu"], "smallest_group": "5",
    }  # fmt: skip
    assert staff.post(address, typed).status_code == 302
    assert Institution.objects.get(pk=body.pk).offered_languages == ("eu",)
    assert staff.post(address, {**typed, "languages": ["arn"]}).status_code == 422


def test_a_longer_text_of_the_body_keeps_its_paragraphs_and_is_only_text(valdeolmos):
    from siac.ui.languages.speaking import speaking
    from siac.ui.templatetags.ui import parrafos

    assert parrafos("a\n\n<b>") == "<div><p>a</p>\n\n<p>&lt;b&gt;</p></div>"
    with speaking("ca", marks=True):
        assert parrafos("a").startswith('<div lang="es"')
