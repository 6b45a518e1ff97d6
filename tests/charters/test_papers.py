# SPDX-License-Identifier: EUPL-1.2
"""A charter on paper says all it promises, with its edition; a draft says that it is one."""

import io

import pytest
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.charters.commands.drafting import save_services, save_texts, start_edition
from siac.charters.models import CharterEdition
from siac.charters.papers import PAPERS
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.public import save_service_point
from tests.charters.reading import text_of
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db
URL = "https://siac.example/puerto/cartas/carta/"


@pytest.fixture
def draft(house: House) -> CharterEdition:
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    service = save_service(**common, name="Reclamos", summary="Los respondemos.", cost="Gratis", amount=5)
    house.institution.refresh_from_db()
    point = ServicePoint.objects.get(pk=house.point)
    told = {"hours_note": "De 9 a 14", "address": "Calle 1"}
    save_service_point(**common, point=point, service_ids=[service.pk], **told)
    row = start_edition(**common, charter_id=house.commitment.edition.charter_id)
    save_services(**common, edition_id=row.pk, service_ids=[service.pk], based_on=None)
    texts = {"aims": "Decir qué prometemos.", "rights": "- Que le respondan.\n- Saber quién responde."}
    save_texts(**common, edition_id=row.pk, texts=texts, based_on=None)
    house.institution.refresh_from_db()
    row.refresh_from_db()
    row.institution = row.charter.institution = house.institution
    return row


@pytest.mark.parametrize(
    ("paper", "said", "pages"),
    [
        ("carta", ["Que le respondan", "OIRS", "De 9 a 14", "Calle 1", "Los respondemos", "Gratis"], 3),
        ("folleto", ["Decir qué prometemos", "Saber quién responde", "De 9 a 14", "Lea la carta"], 2),
        ("afiche", ["¿No le cumplimos?"], 1),
    ],
)
def test_each_paper_says_what_it_is_for(house, draft, paper, said, pages):
    made = PAPERS[paper](draft, URL)
    text, reader = text_of(made), PdfReader(io.BytesIO(made))
    for each in [*said, "Respondemos los reclamos en 5 días hábiles", "Disculpa escrita de la jefatura"]:
        assert each in text, (each, text)
    assert "borrador" in text.lower() and len(reader.pages) <= pages
    assert reader.metadata.title == "Carta de servicios, edición 2"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged, as PDF/UA asks
    assert reader.trailer["/Root"]["/Lang"] == "es"


def test_papers_are_handed_out_by_edition(house, draft):
    client = house.client()
    page = client.get(f"/{house.slug}/cartas/carta/ediciones/1/carta.pdf")
    assert page.status_code == 200 and page["Content-Type"] == "application/pdf"
    assert "vigente desde el" in text_of(page.content)
    for gone in ("ediciones/2/carta.pdf", "ediciones/1/nada.pdf"):
        assert client.get(f"/{house.slug}/cartas/carta/{gone}").status_code == 404
    staff = house.client(Role.AUDITOR)
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/papeles/folleto.pdf"
    assert staff.get(url).status_code == 200 and client.get(url).status_code == 302
