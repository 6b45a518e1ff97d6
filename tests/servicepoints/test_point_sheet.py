# SPDX-License-Identifier: EUPL-1.2
"""The sheet of a place: a PDF that says what its page says, with the way to it."""

import io
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from siac.infra.pdf import PdfUnavailable
from siac.servicepoints import portal
from siac.servicepoints.public import Hours, OtherDay, Visit, Window, save_service_point
from tests.factories import NOW
from tests.words import words

pytestmark = pytest.mark.django_db
MORNING = (Window(time(9), time(14)),)


def test_the_sheet_says_where_and_when_and_how_to_get_in(house):
    soon = house.institution.local_date(timezone.now()) + timedelta(days=2)
    others = (OtherDay(date(2099, 12, 24), (), "Inventario"), OtherDay(soon, MORNING, "Simulacro"))
    hours = Hours(
        dict.fromkeys(range(5), MORNING), exceptions=others,
        visits=(Visit(date(2099, 11, 30), "Tongoy", MORNING),),
    )  # fmt: skip
    save_service_point(
        institution=house.institution, actor=None, now=NOW, code="movil", name="Oficina *móvil* #1",
        kind="mobile_office", hours=hours, address="Plaza 1", commune="Coquimbo", access=["ramp"],
        no_services="Solo orienta.", in_charge="Jefatura de OIRS",
    )  # fmt: skip
    made = Client().get(f"/{house.slug}/puntos/movil/hoja.pdf")
    assert made["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(made.content))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for said in (
        "Oficina *móvil* #1", "Lunes a viernes de 9:00 a 14:00", "Plaza 1, Coquimbo", "Rampa",
        "Solo orienta.", "en Tongoy",
        "cerrado (Inventario)", "(Simulacro)", "Jefatura de OIRS", f"/{house.slug}/puntos/movil/",
    ):  # fmt: skip
        assert said in text, said
    assert len(paper.pages) == 1 and paper.metadata.title == "Oficina *móvil* #1"


def test_the_page_says_so_where_the_sheet_cannot_be_made(house, monkeypatch):
    def fails(*args, **kwargs):
        raise PdfUnavailable

    monkeypatch.setattr(portal, "point_paper", fails)
    page = Client().get(f"/{house.slug}/puntos/oirs/hoja.pdf")
    assert page.status_code == 503 and "inténtelo" in words(page).lower()
