# SPDX-License-Identifier: EUPL-1.2
"""A survey is designed on screens: questions, branches and languages, each save a version."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from siac.accounts.public import Role
from siac.kernel.errors import Refused
from siac.surveys.commands.surveys import save_survey
from siac.surveys.designing import in_words, question_rows, read_rows
from siac.surveys.domain.interchange import dump, dumps, parse
from siac.surveys.domain.satisfaction import CONVENTIONS, Grades
from siac.surveys.forms import SurveyForm
from siac.surveys.models import Survey, SurveyAnswer, SurveyVersion
from siac.surveys.queries import surveys
from siac.surveys.ready import MODELS
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(house):
    return house.client(Role.QUALITY_MANAGER)


def page_of(house, path: str = "") -> str:
    return f"/{house.slug}/gestion/encuestas/{path}"


def typed(survey: Survey, **changes: Any) -> dict[str, Any]:
    """Return what the form of a survey sends as it stands, changed."""
    found: dict[str, Any] = {}
    form = SurveyForm(survey)
    for bound in form:
        if bound.name != "questions":
            value = bound.initial
            found[bound.name] = "" if value is None else ("on" if value is True else value)
    for number, row in enumerate(question_rows(survey.questionnaire)):
        told = {name: ("on" if value is True else value) for name, value in row.items() if value}
        found |= {f"questions-{number}-row": "1"} | {
            f"questions-{number}-{name}": v for name, v in told.items()
        }
    found |= changes
    return {name: value for name, value in found.items() if value is not None}


def labels(survey: Survey) -> list[str]:
    survey.refresh_from_db()
    return [question.label for question in survey.asked.questions]


# Beginning


@pytest.mark.parametrize("model", MODELS)
def test_a_survey_begins_with_a_ready_questionnaire(manager, house, model):
    page = manager.post(page_of(house, "nueva/"), {"name": "Nueva", "model": model}, follow=True)
    row = Survey.objects.get()
    assert (row.title, row.is_active, row.version) == (MODELS[model].title, False, 1)
    assert row.asked == MODELS[model].questionnaire
    assert "Encuesta creada" in words(page)


def test_a_survey_begins_with_an_exported_questionnaire(manager, house, survey):
    exported = manager.get(page_of(house, f"{survey.pk}/cuestionario.json"))
    assert json.loads(exported.content)["format"] == "siac-questionnaire"
    file = SimpleUploadedFile("x.json", exported.content)
    manager.post(page_of(house, "nueva/"), {"name": "Copia", "model": "file", "file": file})
    assert Survey.objects.get(name="Copia").asked == survey.asked


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "Copia", "model": "file"}, "Elija el archivo."),
        ({"name": "Copia", "model": "file", "file": b"{}"}, "no es un cuestionario exportado de aquí"),
        ({"name": "Copia", "model": "file", "file": b"\xff" * 10}, "no es un cuestionario exportado de aquí"),
        ({"name": "Copia", "model": "file", "file": b" " * 500_000}, "es demasiado grande"),
        ({"name": "", "model": "blank"}, "Escriba el nombre."),
        ({"name": "Copia"}, "Elija con qué empezar."),
        ({"name": "Tras la atención", "model": "short"}, "Ya hay una encuesta llamada «Tras la atención»."),
    ],
)
def test_what_cannot_begin_is_told(manager, house, survey, sent, said):
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile("x.json", sent["file"])}
    page = manager.post(page_of(house, "nueva/"), sent)
    assert (page.status_code, Survey.objects.count()) == (422, 1)
    assert said in words(page)


# Questions


@pytest.mark.parametrize("model", MODELS)
def test_every_kind_of_question_is_written_in_rows_and_read_back_unchanged(manager, house, model):
    survey = make_survey(house, questionnaire=dump(MODELS[model].questionnaire))
    saved = manager.post(page_of(house, f"{survey.pk}/preguntas/"), typed(survey))
    survey.refresh_from_db()
    assert saved.status_code == 302, words(saved)
    assert (survey.version, SurveyVersion.objects.count()) == (1, 1)


def test_a_question_that_is_renamed_keeps_its_code_branches_and_translations(manager, house, survey):
    before = survey.asked
    sent = typed(survey, **{"questions-1-label": "¿Qué nota nos pone?"})
    page = manager.post(page_of(house, f"{survey.pk}/preguntas/"), sent, follow=True)
    assert "Encuesta guardada" in words(page)
    survey.refresh_from_db()
    asked = survey.asked
    assert asked.question("general").label == "¿Qué nota nos pone?"
    assert [s.shown_if for s in asked.sections] == [s.shown_if for s in before.sections]
    assert asked.translations == before.translations
    assert survey.version == 2
    assert parse(SurveyVersion.objects.get(number=1).fields["questionnaire"]) == before


def test_questions_without_a_page_stand_on_an_untitled_one():
    rows = [{"kind": "text", "label": "¿Algo más?", "required": False, "hint": "", "options": [], "lines": [],
             "low": "", "high": "", "has_unknown": False, "is_main": False}]  # fmt: skip
    asked = parse(read_rows(rows))
    assert [(s.title, [q.label for q in s.questions]) for s in asked.sections] == [("", ["¿Algo más?"])]
    again = parse(
        read_rows([{**rows[0], "label": "Otra", "code": asked.sections[0].questions[0].code}], dump(asked))
    )
    assert again.sections[0].code == asked.sections[0].code
    assert again.sections[0].questions[0].code == asked.sections[0].questions[0].code


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"questions-2-options": "Sí"}, "Escriba al menos dos opciones"),
        ({"questions-2-is_main": "on"}, "Solo una pregunta con notas puede ser la principal."),
        ({"questions-7-is_main": "on"}, "Marque una sola pregunta como principal."),
        ({"questions-2-label": "¿Qué nota le pone a la atención que recibió?"}, "Está dos veces"),
        ({"questions-2-label": ""}, "Escriba la pregunta o quite la fila."),
        ({"questions-2-kind": "matrix"}, "Escriba al menos una fila."),
        ({"good_from": "6"}, "La nota buena debe ser mayor que la mala"),
        ({"good_from": "4", "bad_to": "6"}, "La nota buena debe ser mayor que la mala"),
        ({"good_from": "9", "bad_to": "6"}, "La nota buena debe ser mayor que la mala"),
        ({"least": "0"}, "Escriba un número desde 3"),
        # The page that its branch looks at comes after it.
        ({"questions-1-kind": "text", "questions-1-is_main": None}, "no está en una sección anterior"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(manager, house, survey, changes, said):
    page = manager.post(page_of(house, f"{survey.pk}/preguntas/"), typed(survey, **changes))
    assert page.status_code == 422
    assert said in words(page)
    survey.refresh_from_db()
    assert survey.version == 1


def test_a_table_is_called_like_another_on_another_page_only(manager, house):
    survey = make_survey(house, questionnaire=dump(MODELS["servqual"].questionnaire))
    rows = question_rows(survey.questionnaire)
    first, second = [n for n, row in enumerate(rows) if row["kind"] == "matrix"][:2]
    url = page_of(house, f"{survey.pk}/preguntas/")
    page = manager.post(url, typed(survey, **{f"questions-{second}-label": rows[first]["label"]}))
    assert page.status_code == 422 and "Está dos veces" in words(page)
    assert manager.post(url, typed(survey, is_active="on")).status_code == 302


def test_the_buttons_of_rows_move_them_and_save_nothing(manager, house, survey):
    sent = typed(survey, _fila="questions remove 1")
    page = manager.post(page_of(house, f"{survey.pk}/preguntas/"), sent)
    assert page.status_code == 200
    assert "¿Qué nota le pone" not in words(page)
    survey.refresh_from_db()
    assert survey.version == 1


def test_who_saves_over_the_save_of_another_is_told_first(manager, house, survey):
    late = typed(survey, title="Mi título")
    manager.post(page_of(house, f"{survey.pk}/preguntas/"), typed(survey, title="Otro título"))
    page = manager.post(page_of(house, f"{survey.pk}/preguntas/"), late)
    assert page.status_code == 422
    assert "Otro título" in words(page)
    assert labels(survey) and survey.title == "Otro título"


def test_grades_are_those_of_the_convention_unless_the_body_says_others(house, survey):
    assert survey.grades == CONVENTIONS[7]
    row = save_survey(
        institution=house.institution, actor=None, now=NOW, survey=survey, good_from=5, bad_to=3
    )
    assert row.grades == Grades(5, 3)
    text = {"code": "x", "label": "¿Algo más?", "kind": "text"}
    raw = {"sections": [{"code": "s", "title": "", "questions": [text]}]}
    assert make_survey(house, name="Sin notas", questionnaire=raw).grades is None


def test_grades_of_no_marks_are_refused(house):
    text = {"code": "x", "label": "¿Algo más?", "kind": "text"}
    raw = {"sections": [{"code": "s", "title": "", "questions": [text]}]}
    with pytest.raises(Refused, match="survey_grades"):
        make_survey(house, name="Sin notas", questionnaire=raw, good_from=6, bad_to=4)


# Branches, languages, what is seen


def branch(number: int, section: str, question: str, compares: str, values: str) -> dict[str, str]:
    told = {"row": "1", "section": section, "question": question, "compares": compares, "values": values}
    return {f"branches-{number}-{name}": value for name, value in told.items()}


def test_branches_are_rows(manager, house, survey):
    path = page_of(house, f"{survey.pk}/saltos/")
    assert "Qué deberíamos mejorar" in words(manager.get(path))
    sent = {"based_on": "1", **branch(0, "mejorar", "general", "at_most", "3"),
            **branch(1, "mejorar", "resuelta", "is", "No\nEn parte")}  # fmt: skip
    manager.post(path, sent)
    survey.refresh_from_db()
    section = survey.asked.sections[1]
    assert [(each.question, each.compares.value, each.values) for each in section.shown_if] == [
        ("general", "at_most", ("3",)), ("resuelta", "is", ("No", "En parte")),
    ]  # fmt: skip
    assert "solo si «¿Qué nota le pone a la atención que recibió?» es a lo más 3" in in_words(
        survey.questionnaire
    )
    manager.post(path, {"based_on": "2"})
    survey.refresh_from_db()
    assert survey.asked.sections[1].shown_if == ()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (branch(0, "mejorar", "recomienda", "is", "3"), "no está en una sección anterior"),
        (branch(0, "mejorar", "general", "at_most", "8"), "nombra una respuesta que la pregunta no tiene"),
        (branch(0, "mejorar", "resuelta", "at_least", "No"), "solo una nota puede ser"),
    ],
)
def test_a_branch_that_cannot_be_is_refused(manager, house, survey, sent, said):
    page = manager.post(page_of(house, f"{survey.pk}/saltos/"), {"based_on": "1", **sent})
    assert page.status_code == 422
    assert said in words(page)


def test_texts_are_translated_one_by_one(manager, house, survey):
    path = page_of(house, f"{survey.pk}/idiomas/pt/")
    form = manager.get(path).context["form"]
    number = form.texts.index("¿Qué falló?")
    manager.post(path, {"based_on": "1", f"t{number}": "O que falhou?"})
    survey.refresh_from_db()
    asked = survey.asked
    assert asked.said("¿Qué falló?", "pt") == "O que falhou?"
    assert asked.said("El trato", "pt") == "El trato"
    assert asked.said("El trato", "en") == "The way I was treated"
    assert manager.get(page_of(house, f"{survey.pk}/idiomas/xx/")).status_code == 404


def test_the_preview_shows_what_people_see_in_each_language(manager, house, survey):
    page = words(manager.get(page_of(house, f"{survey.pk}/vista-previa/")))
    assert "¿Qué falló?" in page and "Se muestra solo si" in page and "1 Pésima" in page
    english = words(manager.get(page_of(house, f"{survey.pk}/vista-previa/"), {"idioma": "en"}))
    assert "What went wrong?" in english and "7 Excellent" in english


def test_the_page_of_a_survey_says_how_it_is_read(manager, house, survey):
    with at_most(12):
        page = words(manager.get(page_of(house, f"{survey.pk}/")))
    assert "notas desde 6 menos notas hasta 4" in page
    with at_most(12):
        assert "Tras la atención" in words(manager.get(page_of(house)))


def test_only_quality_designs(house, survey):
    head = house.client(Role.HEAD_OF_UNIT)
    assert head.get(page_of(house, f"{survey.pk}/")).status_code == 200
    assert "Cambiar las preguntas" not in words(head.get(page_of(house, f"{survey.pk}/")))
    assert head.post(page_of(house, f"{survey.pk}/preguntas/"), typed(survey)).status_code == 403


# What is kept


def test_versions_are_never_rewritten(house, survey):
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyVersion.objects.update(number=9)


def test_a_survey_comes_back_as_it_was_exported(house, survey):
    assert json.loads(dumps(survey.asked)) == survey.questionnaire


def test_surveys_are_remembered_until_one_is_saved(house, survey):
    with at_most(1):
        surveys(house.institution), surveys(house.institution)
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, name="Otra")
    house.institution.refresh_from_db()
    assert [row.name for row in surveys(house.institution).values()] == ["Otra"]


def test_the_longest_questionnaire_is_saved_in_one_form(house, survey):
    """Of forty-five questions on the server refused what the designer sent (413)."""
    fields = {"name": "Larga", "title": "T", "least": "5", "is_active": "on", "based_on": "1"}
    for place in range(100):
        for name, value in (
            ("row", "1"),
            ("code", ""),
            ("label", f"Pregunta {place}"),
            ("kind", "scale7"),
            ("hint", ""),
            ("options", ""),
            ("lines", ""),
            ("low", ""),
            ("high", ""),
            ("required", "on"),
            ("has_unknown", "on"),
            ("is_main", "on" if place == 0 else ""),
        ):
            fields[f"questions-{place}-{name}"] = value  # fmt: skip
    address = f"/{house.slug}/gestion/encuestas/{survey.pk}/preguntas/"
    assert house.client(Role.QUALITY_MANAGER).post(address, fields).status_code == 302
    survey.refresh_from_db()
    assert sum(1 for _ in survey.asked.questions) == 100


def test_the_smallest_group_of_a_survey_with_answers_rises_and_does_not_fall(house):
    row = make_survey(house, least=5)
    common = {"institution": house.institution, "actor": None, "now": NOW}
    assert save_survey(**common, survey=row, least=4).least == 4
    SurveyAnswer.objects.create(
        institution=house.institution, survey=row, version=1, answered_on=NOW.date(), is_complete=True,
        answers={}, way="link", id=2**40,
    )  # fmt: skip
    row.refresh_from_db()
    assert save_survey(**common, survey=row, least=6).least == 6
    row.refresh_from_db()
    with pytest.raises(Refused, match="survey_least_lower"):
        save_survey(**common, survey=row, least=5)
