# SPDX-License-Identifier: EUPL-1.2
"""Answers gathered elsewhere are loaded from a sheet: once, by question, and told apart."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.surveys.commands.answering import settle_answers
from siac.surveys.models import LoadedSheet, Survey, SurveyAnswer, Way
from tests.factories import NOW
from tests.words import words

pytestmark = pytest.mark.django_db
SHEET = (
    "Fecha;¿Qué nota le pone a la atención que recibió?;causas;Correo\n"
    "03-09-2026;2;El trato;a@x.cl\n04-09-2026;7;;\n;6;;\n01-01-2031;5;El trato;\n;;;\n05-09-2026;10;;\n"
)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    for module in ("loading", "editing"):
        monkeypatch.setattr(f"siac.surveys.workspace.{module}.current_time", lambda: NOW)


def send(house, survey, content: str = SHEET, **fields):
    sheet = SimpleUploadedFile("campo.csv", content.encode())
    client = house.client(Role.QUALITY_MANAGER)
    address = f"/{house.slug}/gestion/encuestas/{survey.pk}/cargar/"
    return client.post(address, {"file": sheet, "day": "2026-09-01", **fields}, follow=True)


def test_a_sheet_becomes_answers_and_says_what_it_left_out(house, survey):
    said = words(send(house, survey))
    assert "4 respuestas cargadas. 1 fila sin ninguna respuesta." in said
    assert "¿Qué nota le pone a la atención que recibió?»: 1." in said
    assert "Columnas que no son preguntas: Correo." in said
    rows = SurveyAnswer.objects.order_by("answered_on")
    assert {each.way for each in rows} == {Way.LOADED}
    assert [(each.answered_on.day, each.answers["general"]) for each in rows if each.answered_on.day > 1] == [
        (3, 2), (4, 7),
    ]  # fmt: skip
    assert rows.filter(answered_on=date(2026, 9, 1)).count() == 2, "no day, and a day that is to come"
    assert rows.get(answers__general=2).answers == {"general": 2, "causas": ["El trato"]}
    assert settle_answers(house.institution, now=NOW + timedelta(days=1)) == 4


def test_a_sheet_is_loaded_once(house, survey):
    send(house, survey)
    assert "Esta planilla ya se cargó en esta encuesta." in words(send(house, survey))
    assert (SurveyAnswer.objects.count(), LoadedSheet.objects.count()) == (4, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no tiene ninguna respuesta"),
        ("general\n", "no tiene ninguna respuesta"),
        ("general\n\nx\n", "no tiene ninguna respuesta"),
        ("Otra;Cosa\n1;2\n", "Ninguna columna es una pregunta"),
    ],
)
def test_a_sheet_without_answers_is_refused(house, survey, content, said):
    page = send(house, survey, content or " ")
    assert (page.status_code, said in words(page)) == (422, True)
    assert not SurveyAnswer.objects.exists()


def test_a_survey_begins_with_a_sheet_of_answers_and_takes_them(house):
    content = "¿Cómo fue?;¿Volvería?\n" + "Bien;Sí\nMal;No\n" * 6
    sheet = SimpleUploadedFile("campo.csv", content.encode())
    client = house.client(Role.QUALITY_MANAGER)
    client.post(f"/{house.slug}/gestion/encuestas/nueva/", {"name": "Campo", "model": "sheet", "file": sheet})
    row = Survey.objects.get()
    assert [(q.label, q.kind.value) for q in row.asked.questions] == [
        ("¿Cómo fue?", "single"), ("¿Volvería?", "yes_no"),
    ]  # fmt: skip
    assert "12 respuestas cargadas." in words(send(house, row, content))
