# SPDX-License-Identifier: EUPL-1.2
"""A charter on paper says all it promises, with its edition; a draft says that it is one."""

import io

import pdfua
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


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_read_aloud_as_it_is_seen(house, draft, paper, tmp_path):
    made = tmp_path / "paper.pdf"
    made.write_bytes(PAPERS[paper](draft, URL))
    assert [each for each in pdfua.validate(made).findings if each.severity >= pdfua.Severity.ERROR] == []
    root = PdfReader(made).trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    told = list(_tags(root["/StructTreeRoot"]))
    pictures = [each.get("/Alt") for each in told if each["/S"] == "/Figure"]
    assert pictures == ([] if paper == "carta" else [f"Código QR que lleva a {URL}"])
    assert [each["/S"] for each in told].count("/H1") == 1


def _tags(node):
    """Yield the elements of the tree that is read aloud, in its order."""
    below = node.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        found = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from _tags(found)


def test_a_service_stands_whole_on_one_page_and_each_way_to_it_on_its_line(house, draft):
    common = {"institution": house.institution, "actor": None, "now": NOW}
    ways = [{"channel": way, "how": f"Según se pide {way}", "url": ""} for way in ("web", "counter", "phone")]
    ids = [
        save_service(
            **common, name=f"Servicio {number}", summary=f"Resumen {number}.", cost=f"Gratis {number}",
            entitled="Cualquier persona.", channels=ways, in_charge=f"Cargo {number}",
        ).pk
        for number in range(12)
    ]  # fmt: skip
    house.institution.refresh_from_db()
    save_services(**common, edition_id=draft.pk, service_ids=ids, based_on=None)
    draft.refresh_from_db()
    draft.institution = draft.charter.institution = house.institution
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(PAPERS["carta"](draft, URL))).pages]
    for number in range(12):
        on = [place for place, page in enumerate(pages) if f"Resumen {number}." in page]
        assert len(on) == 1 and f"Cargo {number}" in pages[on[0]], number
    lines = "\n".join(pages).splitlines()
    assert any(line.strip().endswith("Por internet: Según se pide web") for line in lines), lines[:40]


def test_the_fewer_promises_a_poster_has_the_larger_they_are(house, draft):
    made = PAPERS["afiche"](draft, URL)
    sizes: set[float] = set()
    page = PdfReader(io.BytesIO(made)).pages[0]
    page.extract_text(
        visitor_text=lambda text, *told: sizes.add(round(abs(told[3] * told[1][0]))) if text.strip() else None
    )
    assert 44 in sizes and len(PdfReader(io.BytesIO(made)).pages) == 1


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
