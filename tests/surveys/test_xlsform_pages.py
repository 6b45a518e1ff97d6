# SPDX-License-Identifier: EUPL-1.2
"""A survey is handed out as an XLSForm and begun with one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from siac.accounts.public import Role
from siac.surveys.models import Survey
from tests.words import words

pytestmark = pytest.mark.django_db


def test_a_survey_handed_out_begins_another_with_the_same_questions(house, survey):
    client = house.client(Role.QUALITY_MANAGER)
    taken = client.get(f"/{house.slug}/gestion/encuestas/{survey.pk}/xlsform.xlsx")
    book = load_workbook(io.BytesIO(taken.content))
    assert book.sheetnames == ["survey", "choices", "settings"]
    file = SimpleUploadedFile("f.xlsx", taken.content)
    sent = {"name": "Copia", "model": "xlsform", "file": file}
    made = client.post(f"/{house.slug}/gestion/encuestas/nueva/", sent, follow=True)
    assert "No se leyó todo" not in words(made)
    copy = Survey.objects.get(name="Copia")
    assert [each.questions for each in copy.asked.sections] == [
        each.questions for each in survey.asked.sections
    ]


def test_who_begins_with_a_form_learns_what_was_left_out(house):
    book = Workbook()
    page = book.active
    page.title = "survey"
    for row in (["type", "name", "label"], ["text", "a", "=HOY() ¿Qué?"], ["image", "foto", "Foto"]):
        page.append(row)
    page["C2"].data_type = "s"
    target = io.BytesIO()
    book.save(target)
    client = house.client(Role.QUALITY_MANAGER)
    sent = {"name": "De afuera", "model": "xlsform", "file": SimpleUploadedFile("f.xlsx", target.getvalue())}
    made = client.post(f"/{house.slug}/gestion/encuestas/nueva/", sent, follow=True)
    assert "«Foto»: no se leen preguntas «image»" in words(made)
    assert [q.label for q in Survey.objects.get(name="De afuera").asked.questions] == ["=HOY() ¿Qué?"]


@pytest.mark.parametrize("content", [b"type,name\n", b"PK\x03\x04rota", b"", b"\x00\xff" * 10])
def test_what_is_no_form_begins_nothing(house, content):
    client = house.client(Role.QUALITY_MANAGER)
    sent = {"name": "Mala", "model": "xlsform", "file": SimpleUploadedFile("f.xlsx", content)}
    made = client.post(f"/{house.slug}/gestion/encuestas/nueva/", sent)
    assert made.status_code == 422
    assert not Survey.objects.filter(name="Mala").exists()
