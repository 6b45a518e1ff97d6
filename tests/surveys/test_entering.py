# SPDX-License-Identifier: EUPL-1.2
"""People of the house enter what they hear on the telephone, and papers twice; nothing tells whose it was."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from siac.accounts.public import Role
from siac.kernel.errors import Refused
from siac.surveys.commands.answering import settle_answers
from siac.surveys.commands.entering import confirm_paper, enter_paper
from siac.surveys.commands.surveys import save_survey
from siac.surveys.models import PaperEntry, SurveyAnswer, Way
from tests.factories import NOW, House, make_house
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.surveys.test_anonymity import dump_of_everything
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
WHOLE = {"q_general": "7", "q_recomienda": "9"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.workspace.entering.current_time", lambda: NOW)


def url(house: House, tail: str) -> str:
    return f"/{house.slug}/gestion/encuestas/{tail}"


def written(house: House, survey, **changes) -> PaperEntry:
    """Return a paper that was entered once."""
    given = {"sheet": "a", "answers": {"general": 2, "causas": ["El trato"], "contexto": "Mal"},
             "mark": "A-17", **changes}  # fmt: skip
    enter_paper(survey=survey, actor=house.user(Role.FRONT_DESK), today=TODAY, **given)
    return PaperEntry.objects.latest("pk")


# By telephone


def test_a_call_is_read_from_a_script_and_counted(house, survey):
    officer = house.client(Role.FRONT_DESK)
    page = officer.get(url(house, f"{survey.pk}/telefono/"))
    said = words(page)
    assert "«Buenos días. Llamo de Servicio de Puerto." in said and "no se guarda su nombre" in said
    assert "Solo si «¿Qué nota le pone a la atención que recibió?» es a lo más 5" in said
    assert "data-focus-first" in page.content.decode()
    sheet = re.search(r'name="hoja" value="([\w-]{22})"', page.content.decode())[1]
    sent = {**WHOLE, "q_causas": ["El trato"], "point_id": str(house.point), "hoja": sheet}
    for _ in range(2):  # pressed twice it is one answer
        assert "/telefono/" in officer.post(url(house, f"{survey.pk}/telefono/"), sent)["Location"]
    row = SurveyAnswer.objects.get()
    assert (row.way, row.point_id, row.is_complete) == (Way.PHONE, house.point, True)
    assert row.answers == {"general": 7, "recomienda": 9}, "what was not asked is not kept"


def test_what_is_owed_is_owed_on_the_telephone_until_the_call_breaks_off(house, survey):
    officer = house.client(Role.UNIT_OFFICER)
    page = officer.post(url(house, f"{survey.pk}/telefono/"), {"q_resuelta": "No"})
    assert (page.status_code, "Responda esta pregunta." in words(page)) == (422, True)
    officer.post(url(house, f"{survey.pk}/telefono/"), {"q_resuelta": "No", "cortada": "1"})
    row = SurveyAnswer.objects.get()
    assert (row.answers, row.is_complete) == ({"resuelta": "No"}, False)
    empty = officer.post(url(house, f"{survey.pk}/telefono/"), {"cortada": "1"})
    assert "No hay ninguna respuesta." in words(empty)


def test_only_whoever_enters_surveys_does_and_only_those_of_the_body(house, survey):
    for role, status in ((Role.AUDITOR, 403), (Role.ADMINISTRATOR, 403), (Role.FRONT_DESK, 200)):
        assert house.client(role).get(url(house, "ingresar/")).status_code == status
    other = make_house(slug="otro")
    paper = written(house, survey)
    stranger = other.client(Role.QUALITY_MANAGER)
    assert stranger.get(url(other, f"{survey.pk}/telefono/")).status_code == 404
    assert stranger.get(url(other, f"hojas/{paper.pk}/")).status_code == 404
    stranger.post(url(other, f"hojas/{paper.pk}/descartar/"))
    assert PaperEntry.objects.exists()


def test_a_survey_that_takes_no_answers_is_not_entered(house, survey):
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, is_active=False)
    for way in ("telefono", "papel"):
        page = house.client(Role.FRONT_DESK).post(url(house, f"{survey.pk}/{way}/"), WHOLE)
        assert (page.status_code, "ya no recibe respuestas" in words(page)) == (422, True)


# On paper


def test_a_paper_counts_once_it_was_entered_twice_alike(house, survey):
    first, second = house.client(Role.FRONT_DESK), house.client(Role.QUALITY_MANAGER)
    sent = {"q_general": "2", "q_causas": ["El trato"], "q_contexto": "Mal", "mark": "A-17",
            "point_id": str(house.point), "hoja": "x" * 22}  # fmt: skip
    for _ in range(2):
        page = first.post(url(house, f"{survey.pk}/papel/"), sent, follow=True)
    assert "Contará cuando se ingrese por segunda vez." in words(page)
    assert not SurveyAnswer.objects.exists()
    paper = PaperEntry.objects.get()
    with at_most(12):
        listed = second.get(url(house, "ingresar/"))
    assert "A-17" in words(listed) and "7 de septiembre" in words(listed)
    blank = second.get(url(house, f"hojas/{paper.pk}/"))
    assert "Mal" not in words(blank) and "Usted mismo" not in words(blank)
    assert "Usted mismo hizo el primer ingreso." in words(first.get(url(house, f"hojas/{paper.pk}/")))
    again = {name: sent[name] for name in ("q_general", "q_causas", "q_contexto")}
    assert "coinciden" in words(second.post(url(house, f"hojas/{paper.pk}/"), again, follow=True))
    row = SurveyAnswer.objects.get()
    assert (row.way, row.point_id, row.answers["contexto"]) == (Way.PAPER, house.point, "Mal")
    assert not PaperEntry.objects.exists()
    assert second.get(url(house, f"hojas/{paper.pk}/")).status_code == 404


def test_what_differs_is_shown_question_by_question_and_then_decided(house, survey):
    paper = written(house, survey)
    officer, address = house.client(Role.QUALITY_MANAGER), url(house, f"hojas/{paper.pk}/")
    typed = {"q_general": "3", "q_causas": ["El trato"], "q_contexto": "Muy mal"}
    page = officer.post(address, typed)
    said = words(page)
    assert (page.status_code, SurveyAnswer.objects.exists()) == (422, False)
    assert "La primera vez se ingresó «2»." in said and "La primera vez se ingresó «Mal»." in said
    assert "«El trato»." not in said
    seen = re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]
    # A further difference, never shown, is not taken with the others.
    page = officer.post(address, {**typed, "q_causas": ["El tiempo de espera"], "seen": seen})
    assert page.status_code == 422 and "La primera vez se ingresó «El trato»." in words(page)
    officer.post(address, {**typed, "q_contexto": "Mal", "seen": seen})
    assert SurveyAnswer.objects.get().answers == {"general": 3, "causas": ["El trato"], "contexto": "Mal"}


def test_a_paper_is_entered_again_with_the_questions_it_was_entered_with(house, survey):
    paper = written(house, survey)
    raw = {"sections": [{"code": "s", "title": "", "questions": [
        {"code": "otra", "label": "¿Otra?", "kind": "yes_no"}]}]}  # fmt: skip
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, questionnaire=raw)
    page = house.client(Role.FRONT_DESK).get(url(house, f"hojas/{paper.pk}/"))
    assert "¿Qué falló?" in words(page) and "¿Otra?" not in words(page)


def test_a_paper_that_was_none_is_thrown_away_and_told_in_the_journal(house, survey):
    paper = written(house, survey)
    officer = house.client(Role.FRONT_DESK)
    assert "Hoja descartada." in words(officer.post(url(house, f"hojas/{paper.pk}/descartar/"), follow=True))
    assert officer.post(url(house, f"hojas/{paper.pk}/descartar/")).status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_journalentry WHERE kind = 'surveys.paper_dropped'")
        assert cursor.fetchone() == (1,)


def test_of_two_who_enter_a_paper_again_at_once_one_is_taken(real_commits):
    house = make_house()
    paper = written(house, make_survey(house))
    ready, results = threading.Barrier(2), []

    def confirm() -> None:
        try:
            ready.wait()
            confirm_paper(institution=house.institution, paper_id=paper.pk, answers=paper.answers, seen=(),
                          now=NOW)  # fmt: skip
            results.append("taken")
        except Refused as refused:
            results.append(refused.code)
        finally:
            connection.close()

    both = [threading.Thread(target=confirm) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(results) == ["paper_gone", "taken"]
    assert SurveyAnswer.objects.count() == 1


def test_nothing_is_left_of_who_entered_a_paper_and_of_its_number(real_commits):
    house = make_house()
    survey = make_survey(house)
    paper = written(house, survey, mark="Hoja-de-Ana", answers={"general": 2, "contexto": "Relato de papel"})
    confirm_paper(institution=house.institution, paper_id=paper.pk, answers=paper.answers, seen=(), now=NOW)
    settle_answers(house.institution, now=NOW + timedelta(days=1))
    everything = dump_of_everything()
    assert not any("Hoja-de-Ana" in row for rows in everything.values() for row in rows)
    held = [name for name, rows in everything.items() if any("Relato de papel" in row for row in rows)]
    assert held == ['"public"."surveys_surveyanswer"']


def test_another_paper_on_the_page_of_one_that_was_sent_is_not_lost(house, survey):
    written(house, survey, sheet="p" * 20, answers={"general": 7})
    written(house, survey, sheet="p" * 20, answers={"general": 7})  # pressed twice
    assert PaperEntry.objects.count() == 1
    with pytest.raises(Refused, match="paper_another"):
        written(house, survey, sheet="p" * 20, answers={"general": 2})
