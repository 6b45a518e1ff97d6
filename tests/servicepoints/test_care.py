# SPDX-License-Identifier: EUPL-1.2
"""How people are attended: written in versions, told on places of its channel, on the portal, on paper."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.infra.pdf import PdfUnavailable
from siac.kernel.errors import Refused
from siac.servicepoints import care
from siac.servicepoints.models import CareProtocol
from siac.servicepoints.public import save_care, save_service_point
from siac.servicepoints.queries import care_told
from tests.factories import NOW, House
from tests.words import words

pytestmark = pytest.mark.django_db


def said(house: House, channel: str, **lines) -> CareProtocol:
    row = save_care(
        institution=house.institution, actor=None, now=NOW, channel=channel, **{"steps": [], "rights": [],
        "duties": [], **lines},
    )  # fmt: skip
    house.institution.refresh_from_db()
    return row


@pytest.fixture
def three(house):
    said(house, "", rights=["Ser atendido con respeto"], duties=["Tratar bien a quien atiende"])
    said(house, "in_person", steps=["Le saludamos", "  ", "Le decimos quién atiende"])
    said(house, "phone", steps=["Contestamos antes de tres timbres"], rights=["Ser atendido con respeto"])
    return house


def test_a_place_tells_only_what_is_of_its_channels_and_each_right_once(three):
    told = care_told(three.institution, ["in_person"])
    assert told.by_channel == [("Presencial", ["Le saludamos", "Le decimos quién atiende"])]
    assert care_told(three.institution).rights == ["Ser atendido con respeto"]
    page = words(Client().get(f"/{three.slug}/puntos/oirs/"))
    assert "Le saludamos" in page and "Tratar bien a quien atiende" in page and "tres timbres" not in page
    save_service_point(
        institution=three.institution, actor=None, now=NOW, code="linea", name="Línea", kind="phone"
    )
    assert "tres timbres" in words(Client().get(f"/{three.slug}/puntos/linea/"))


def test_everybody_reads_it_on_the_portal_and_on_paper(three):
    page = words(Client().get(f"/{three.slug}/como-atendemos/"))
    for each in ("Presencial", "Telefónico", "Sus derechos", "Sus deberes"):
        assert each in page
    made = Client().get(f"/{three.slug}/como-atendemos/hoja.pdf")
    paper = PdfReader(io.BytesIO(made.content))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for each in ("Le saludamos", "Contestamos antes de tres timbres", "Tratar bien a quien atiende"):
        assert each in text
    sheet = PdfReader(io.BytesIO(Client().get(f"/{three.slug}/puntos/oirs/hoja.pdf").content))
    assert "Le decimos quién atiende" in " ".join(page.extract_text() for page in sheet.pages)


def test_what_is_not_published_is_not_told(house):
    said(house, "in_person", steps=["Borrador"], is_active=False)
    assert "aún no publica cómo atiende" in words(Client().get(f"/{house.slug}/como-atendemos/"))
    assert "Borrador" not in words(Client().get(f"/{house.slug}/puntos/oirs/"))


def test_the_page_says_so_where_the_paper_cannot_be_made(house, monkeypatch):
    def fails(*args, **kwargs):
        raise PdfUnavailable

    monkeypatch.setattr(care, "care_paper", fails)
    page = Client().get(f"/{house.slug}/como-atendemos/hoja.pdf")
    assert page.status_code == 503 and "la hoja no se pudo hacer" in words(page).lower()


@pytest.mark.parametrize(
    ("channel", "lines", "code"),
    [
        ("phone", {"steps": ["Otro"]}, "care_channel_taken"),
        ("telepathy", {"steps": ["Otro"]}, "care_channel"),
        ("digital", {"steps": ["\u200b "]}, "care_empty"),
    ],
)
def test_what_cannot_be_is_refused_there(three, channel, lines, code):
    with pytest.raises(Refused, match=code):
        said(three, channel, **lines)


def test_it_is_written_in_rows_by_whoever_sets_up(house):
    client = house.client(Role.ADMINISTRATOR)
    url = f"/{house.slug}/gestion/configuracion/como-se-atiende/"
    typed = {"channel": "digital", "steps-0-text": "Respondemos en el día", "is_active": "on"}
    assert client.post(f"{url}nuevo/", typed).status_code == 302
    assert "Digital" in words(client.get(url))
    again = client.post(f"{url}nuevo/", typed)
    assert again.status_code == 422 and "Ya hay un protocolo de ese canal" in words(again)
    empty = client.post(f"{url}nuevo/", {"channel": "phone"})
    assert empty.status_code == 422 and "Escriba al menos un paso" in words(empty)


def test_each_save_is_a_version_and_nobody_saves_over_what_they_have_not_seen(three):
    client = three.client(Role.ADMINISTRATOR)
    row = CareProtocol.objects.get(institution=three.institution, channel="phone")
    url = f"/{three.slug}/gestion/configuracion/como-se-atiende/{row.pk}/"
    typed = {"channel": "phone", "steps-0-text": "Contestamos pronto", "is_active": "on", "based_on": "1"}
    assert client.post(url, typed).status_code == 302 and row.versions.count() == 2
    history = words(client.get(url))
    assert "Contestamos antes de tres timbres → cambió a Contestamos pronto" in history
    late = client.post(url, typed | {"steps-0-text": "Escrito tarde"})
    assert late.status_code == 422 and "Otra persona lo guardó mientras usted lo editaba" in words(late)
    assert client.post(url, typed | {"based_on": "2"}).status_code == 302 and row.versions.count() == 2
