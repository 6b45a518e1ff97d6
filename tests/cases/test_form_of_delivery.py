# SPDX-License-Identifier: EUPL-1.2
"""A request for information says in what form and by what means it is wanted;
Peru's complaints lead to the book.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.domain.complaints_book import PLATFORM_URL
from siac.cases.public import kinds, save_kind
from siac.cases.starter.kits import BodyType, kit_for
from tests.factories import NOW, House, file, make_house

pytestmark = [pytest.mark.django_db]
FORM, WAY = "¿En qué forma la prefiere?", "¿Por qué medio se la entregamos?"


@pytest.mark.parametrize("country", ["CL", "PE", "ES"])
def test_each_starter_kit_asks_form_and_means_of_what_is_asked_for(country):
    parts = kit_for(country, BodyType.MUNICIPALITY).parts
    asking = [part.fields for part in parts if part.fields.get("nature") == "information_request"]
    assert asking
    for kind in asking:
        assert [question["label"] for question in kind["questions"]] == [FORM, WAY]
        assert not any(question.get("required") for question in kind["questions"])


@pytest.fixture
def lima(db) -> House:
    """Return a body in Peru with its book."""
    house = make_house("lima", "PE")
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW - timedelta(days=9),
        code="libro",
        nature="complaint",
        name="Reclamo del Libro",
        need="Quiero usar el Libro",
        rule_id="PE.LR",
    )
    house.institution.refresh_from_db()
    return house


def access_kind(house: House):
    kind = next(kind for kind in kinds(house.institution).values() if kind.nature == "information_request")
    questions = [
        {"code": "forma", "label": FORM, "type": "choice", "options": ["Archivo digital", "Copia en papel"]},
        {
            "code": "medio",
            "label": WAY,
            "type": "choice",
            "options": ["Por correo electrónico", "Por correo postal"],
        },
    ]
    saved = save_kind(institution=house.institution, actor=None, now=NOW, kind=kind, questions=questions)
    house.institution.refresh_from_db()
    return saved


def test_the_officer_sees_it_where_the_answer_is_written_and_the_means_is_chosen_already(house):
    kind = access_kind(house)
    case = file(
        house,
        kind.code,
        now=timezone.now(),
        unit_id=house.units["obras"],
        answers={"forma": "Copia en papel", "medio": "Por correo postal"},
    )
    page = (
        house.client(Role.UNIT_OFFICER)
        .get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
        .content.decode()
    )
    assert "La pidió así: copia en papel; por correo postal." in page
    assert '<option value="letter" selected>' in page


def test_who_says_nothing_is_answered_as_usual(house):
    kind = access_kind(house)
    case = file(house, kind.code, now=timezone.now(), unit_id=house.units["obras"], answers={})
    page = (
        house.client(Role.UNIT_OFFICER)
        .get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
        .content.decode()
    )
    assert "La pidió así" not in page and '<option value="email" selected>' in page


def test_the_book_is_reached_from_the_portal_of_a_body_in_peru_and_from_its_complaints(lima: House):
    browser = lima.client()
    book = next(kind for kind in kinds(lima.institution).values() if kind.rule_id == "PE.LR")
    own = f"/{lima.slug}/solicitud/{book.code}/"
    home = browser.get(f"/{lima.slug}/").content.decode()
    assert "Libro de Reclamaciones" in home and f'href="{own}"' in home and PLATFORM_URL in home
    assert "Este formulario es el Libro de Reclamaciones" in browser.get(own).content.decode()
    for kind in kinds(lima.institution).values():
        page = browser.get(f"/{lima.slug}/solicitud/{kind.code}/").content.decode()
        leads = kind.nature == "complaint" and kind != book
        assert (f'<a class="govuk-link" href="{own}">Libro de Reclamaciones</a>' in page) is leads


def test_a_body_in_peru_without_a_book_here_leads_to_the_national_one(lima: House):
    book = next(kind for kind in kinds(lima.institution).values() if kind.rule_id == "PE.LR")
    save_kind(institution=lima.institution, actor=None, now=NOW, kind=book, on_portal=False)
    lima.institution.refresh_from_db()
    home = lima.client().get(f"/{lima.slug}/").content.decode()
    assert f'href="{PLATFORM_URL}">Libro de Reclamaciones' in home


def test_elsewhere_there_is_no_book(house):
    assert "Libro de Reclamaciones" not in house.client().get(f"/{house.slug}/").content.decode()
