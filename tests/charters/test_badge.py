# SPDX-License-Identifier: EUPL-1.2
"""The badge of a charter says what its register says, anywhere, of nobody who looks at it."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from siac.accounts.public import Role
from siac.charters.models import Charter, CharterEdition, PeriodResult
from siac.organizations.public import Institution
from tests.factories import NOW, House
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
URL = "/puerto/cartas/carta/insignia.svg"
LATER = NOW + timedelta(days=40)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def in_october(monkeypatch):
    for page in ("badge", "workspace"):
        monkeypatch.setattr(f"siac.charters.register.{page}.current_time", lambda: LATER)


@pytest.fixture
def closed(house: House) -> PeriodResult:
    return PeriodResult.objects.create(
        institution=house.institution, charter=house.commitment.edition.charter, code=house.commitment.code,
        commitment=house.commitment, first=date(2026, 9, 1), last=date(2026, 9, 30), value=95, met=19,
        total=20, target=90, is_reached=True, words="95 %", target_words="90 %", of_words="19 de 20",
        frozen_at=NOW,
    )  # fmt: skip


def texts(house: House, url: str = URL) -> list[str]:
    """Return the title, the description and the drawn words."""
    root = ElementTree.fromstring(house.client().get(url).content)
    return [each.text or "" for name in ("title", "desc", "text") for each in root.iter(f"{SVG}{name}")]


def test_it_says_charter_edition_and_how_many_are_kept_of_the_last_closed_period(house, closed):
    said = texts(house)
    assert said[0] == "Carta de servicios"
    assert said[1] == "Cumple 1 de 1 compromiso. Edición 1 · septiembre de 2026. Servicio de Puerto."
    assert {"Cumple 1 de 1 compromiso", "Edición 1 · septiembre de 2026"} <= set(said[2:])


def test_it_is_a_picture_for_everybody_that_follows_nobody(house, closed):
    answer = house.client().get(URL)
    assert answer["Content-Type"].startswith("image/svg+xml") and not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=3600" and "Cookie" not in answer.get("Vary", "")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    content = answer.content.decode()
    for gone in ("<script", "http://localhost", "<image", "href", "style="):
        assert gone not in content
    root = ElementTree.fromstring(content)
    assert root.get("role") == "img" and root.get("aria-labelledby") == "titulo texto"
    assert house.client().get(URL, headers={"if-none-match": answer["ETag"]}).status_code == 304
    PeriodResult.objects.update(is_reached=False)
    changed = house.client().get(URL, headers={"if-none-match": answer["ETag"]})
    assert changed.status_code == 200 and "Cumple 0 de 1 compromiso<" in changed.content.decode()


def test_what_rests_on_few_is_not_told_by_it_either(house, closed):
    PeriodResult.objects.update(total=3, met=3)
    assert "Todavía sin cifras que mostrar" in texts(house) and "Cumple" not in " ".join(texts(house))


def test_one_that_ended_or_is_not_there_says_so(house, closed):
    Charter.objects.create(institution=house.institution, code="vacia", title="Un borrador secreto")
    CharterEdition.objects.update(valid_to=LATER.date() - timedelta(days=2))
    Institution.objects.update(config_version=99)
    said = texts(house)
    assert "Terminó el 15 de octubre de 2026" in said and "Cumple" not in " ".join(said)
    for code in ("nunca", "vacia"):
        answer = house.client().get(f"/puerto/cartas/{code}/insignia.svg")
        assert answer.status_code == 404 and answer["Content-Type"].startswith("image/svg+xml")
        assert "Esta carta no existe" in answer.content.decode() and "ETag" not in answer
    assert "secreto" not in answer.content.decode()


def test_a_long_title_and_odd_signs_stay_inside_and_are_told_whole(house, closed):
    title = "Carta <de> servicios & trámites \x0b«ñandú» " + "de la oficina de atención ciudadana " * 2
    Charter.objects.update(title=title[:150])
    Institution.objects.update(config_version=98, is_demo=True)
    root = ElementTree.fromstring(house.client().get(URL).content)
    drawn = [each.text or "" for each in root.iter(f"{SVG}text")]
    assert drawn[1].endswith("…") and all(len(each) <= 60 for each in drawn)
    whole = root.findtext(f"{SVG}title") or ""
    assert whole.startswith("Carta <de> servicios & trámites «ñandú»") and "ciudadana" in whole
    assert "DEMOSTRACIÓN" in " ".join(drawn)


def test_the_staff_copies_the_html_of_it(house, closed, settings):
    settings.SITE_URL = "https://siac.example"
    Institution.objects.update(name='El "gran" organismo')
    url = f"/puerto/gestion/cartas/{closed.charter_id}/registro/"
    page = house.client(Role.AUDITOR).get(url)
    snippet = page.context["snippet"]
    assert f'src="https://siac.example{URL}"' in snippet and "script" not in snippet
    assert 'href="https://siac.example/puerto/cartas/carta/cumplimiento/"' in snippet
    assert "El &quot;gran&quot; organismo" in snippet and 'referrerpolicy="no-referrer"' in snippet
    assert "&lt;a href=&quot;https://siac.example" in page.content.decode(), "to be copied, not drawn"


def test_it_costs_as_much_whatever_is_counted(house, closed):
    house.client().get(URL)
    with at_most(4):
        house.client().get(URL)
