# SPDX-License-Identifier: EUPL-1.2
"""A survey is answered page by page, through open doors and personal links, once where it must be."""

import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from siac.accounts.public import Role
from siac.kernel.errors import Refused
from siac.surveys.commands.answering import HALF_KEPT_FOR, settle_answers, take_answer
from siac.surveys.commands.links import new_token, save_link
from siac.surveys.commands.surveys import save_survey
from siac.surveys.domain.interchange import dump
from siac.surveys.doors import Door, door_for
from siac.surveys.models import HalfAnswer, Invitation, Survey, SurveyAnswer, SurveyLink, Way
from siac.surveys.portal import MOST_OF_LINK, TRAP
from siac.surveys.ready import MODELS
from tests.factories import NOW, House, make_house
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.portal.current_time", lambda: NOW)


def open_door(house: House, survey: Survey, kind: str = "link", **fields: Any) -> SurveyLink:
    actor = house.user(Role.QUALITY_MANAGER)
    given = {"name": "Mesón", "point_id": house.point, **fields}
    return save_link(institution=house.institution, actor=actor, now=NOW, survey=survey, kind=kind, **given)


def invitation(house: House, survey: Survey, **fields: Any) -> Invitation:
    given = {
        "recipient": "person:1", "token": new_token(), "invited_on": TODAY,
        "closes_on": TODAY + timedelta(days=30), **fields,
    }  # fmt: skip
    return Invitation.objects.create(institution=house.institution, survey=survey, **given)


def address(house: House, token: str) -> str:
    return f"/{house.slug}/encuesta/{token}/"


def send(client, house, token: str, page: str, **given: Any):
    return client.post(address(house, token), {"pagina": page, **given})


def whole(client, house, token: str, mark: int = 7, **more: Any):
    """Answer the short survey to its end; a good mark leaves its middle page out."""
    send(client, house, token, "atencion", q_general=str(mark), **more)
    return send(client, house, token, "recomendar", q_recomienda="9")


# Page by page


def test_a_good_mark_leads_past_the_page_of_what_went_wrong(client, house, survey):
    link = open_door(house, survey)
    with at_most(6):
        first = client.get(address(house, link.token))
    assert "¿Qué nota le pone" in words(first) and "Sus respuestas son anónimas" in words(first)
    assert "checked" not in first.content.decode(), "nothing is chosen beforehand"
    with at_most(8):
        response = send(client, house, link.token, "atencion", q_general="7", q_resuelta="En parte")
    assert response["Location"].endswith("?pagina=recomendar")
    assert "¿Recomendaría este canal" in words(client.get(response["Location"]))
    with at_most(10):
        response = send(client, house, link.token, "recomendar", q_recomienda="10")
    assert "Gracias. Leemos todas las respuestas." in words(client.get(response["Location"]))
    row = SurveyAnswer.objects.get()
    assert row.answers == {"general": 7, "resuelta": "En parte", "recomienda": 10}
    assert (row.way, row.point_id, row.answered_on) == (Way.LINK, house.point, TODAY)
    assert (row.version, row.is_complete, row.is_settled) == (1, True, False)
    assert [(each.is_sent, each.answers) for each in HalfAnswer.objects.all()] == [(True, {})]


def test_a_bad_mark_asks_what_went_wrong_and_a_change_of_mind_forgets_it(client, house, survey):
    link = open_door(house, survey)
    assert send(client, house, link.token, "atencion", q_general="2")["Location"].endswith("pagina=mejorar")
    send(client, house, link.token, "mejorar", q_causas=["El trato"], q_contexto="Mal.")
    assert HalfAnswer.objects.get().answers == {"general": 2, "causas": ["El trato"], "contexto": "Mal."}
    page = client.get(address(house, link.token), {"pagina": "mejorar"})
    assert "El trato" in words(page) and "checked" in page.content.decode()
    whole(client, house, link.token, 6)
    assert SurveyAnswer.objects.get().answers == {"general": 6, "recomienda": 9}


def test_a_required_question_is_owed_beside_it(client, house, survey):
    link = open_door(house, survey)
    page = send(client, house, link.token, "atencion", q_resuelta="No")
    assert page.status_code == 422
    assert "Responda esta pregunta." in words(page)
    wrong = send(client, house, link.token, "atencion", q_general="8")
    assert (wrong.status_code, HalfAnswer.objects.count()) == (422, 0)


def test_the_last_page_alone_is_not_an_answer(client, house, survey):
    link = open_door(house, survey)
    page = send(client, house, link.token, "recomendar", q_recomienda="9")
    assert page["Location"].endswith("?pagina=atencion")
    assert not SurveyAnswer.objects.exists()
    send(client, house, link.token, "atencion", q_general="7")
    assert HalfAnswer.objects.get().answers == {"recomienda": 9, "general": 7}


def test_every_kind_of_question_is_answered(client, house):
    survey = make_survey(house, name="Servqual", questionnaire=dump(MODELS["servqual"].questionnaire))
    link = open_door(house, survey)
    codes = ["tangibles", "fiabilidad", "respuesta", "seguridad", "empatia"]
    for prefix, page in (("e", "espera"), ("p", "recibe")):
        send(client, house, link.token, page, **{f"q_{prefix}_{c}_{n}": "6" for c in codes for n in (0, 1)})
    order = list(survey.asked.question("orden").options)
    twice = {f"q_orden_{n}": order[0] for n in range(5)}
    page = send(client, house, link.token, "pesos", q_general="5", **twice)
    assert "Dé a cada lugar una opción distinta." in words(page)
    send(client, house, link.token, "pesos", q_general="5",
         **{f"q_orden_{n}": option for n, option in enumerate(reversed(order))})  # fmt: skip
    answers = SurveyAnswer.objects.get().answers
    assert answers["e_tangibles"] == dict.fromkeys(survey.asked.question("e_tangibles").lines, "6")
    assert answers["orden"] == order[::-1]


def test_the_pages_are_kept_by_nobody_and_tell_nobody_their_address(client, house, survey):
    link = open_door(house, survey)
    for page in (client.get(address(house, link.token)), whole(client, house, link.token)):
        assert page["Cache-Control"] == "private, no-store"
        assert page["Referrer-Policy"] == "same-origin"  # of no-referrer a browser sends forms from nowhere


def test_it_is_answered_in_another_language(client, house, survey):
    link = open_door(house, survey)
    page = client.get(address(house, link.token), {"idioma": "en"})
    assert "How do you grade the attention" in words(page) and "anonymous" in words(page)
    page = client.post(address(house, link.token), {"pagina": "atencion", "idioma": "en"})
    assert "Answer this question." in words(page)
    moved = client.post(address(house, link.token), {"pagina": "atencion", "idioma": "en", "q_general": "3"})
    assert "idioma=en" in moved["Location"]


def test_whoever_answers_in_english_reads_no_spanish_of_the_house(client, house, survey):
    link = open_door(house, survey)
    page = client.post(address(house, link.token), {"pagina": "atencion", "idioma": "en"})
    assert "There is a problem" in words(page) and "Hay un problema" not in words(page)
    thanks = reverse("portal:surveys:thanks", args=[house.slug, link.token])
    told = words(client.get(thanks, {"idioma": "en"}))
    assert "We received your answers" in told and "kept without your name" in told
    assert "Recibimos" not in told and "Se guardaron" not in told
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, is_active=False)
    over = words(client.get(address(house, link.token), {"idioma": "en"}))
    assert "This survey cannot be answered" in over and "takes no more answers" in over
    assert "Esta encuesta" not in over
    assert "no se puede responder" in words(client.get(address(house, link.token)))


def test_who_began_with_a_version_ends_with_it(client, house, survey):
    link = open_door(house, survey)
    send(client, house, link.token, "atencion", q_general="7")
    raw = {"sections": [{"code": "s", "title": "", "questions": [
        {"code": "otra", "label": "¿Otra?", "kind": "scale5", "required": True}]}]}  # fmt: skip
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, questionnaire=raw)
    send(client, house, link.token, "recomendar", q_recomienda="9")
    row = SurveyAnswer.objects.get()
    assert (row.version, row.answers) == (1, {"general": 7, "recomienda": 9})


# Doors


def test_a_browser_answers_once_through_an_open_door(client, house, survey):
    link, other = open_door(house, survey), open_door(house, survey, name="Otro")
    whole(client, house, link.token)
    page = client.get(address(house, link.token))
    assert (page.status_code, "ya se respondió" in words(page)) == (410, True)
    assert client.get(address(house, other.token)).status_code == 200
    assert house.client().get(address(house, link.token)).status_code == 200


def test_a_kiosk_is_answered_by_one_after_the_other(client, house, survey):
    link = open_door(house, survey, "kiosk")
    page = client.get(address(house, link.token))
    assert "siac-kiosk" in page.content.decode() and 'data-idle="90"' in page.content.decode()
    for _ in range(2):
        response = whole(client, house, link.token)
        assert 'data-idle="10"' in client.get(response["Location"]).content.decode()
    assert SurveyAnswer.objects.filter(way=Way.KIOSK).count() == 2


def test_whoever_comes_to_a_kiosk_does_not_see_what_the_one_before_left(client, house, survey):
    link = open_door(house, survey, "kiosk")
    send(client, house, link.token, "atencion", q_general="2", q_resuelta="No")
    client.get(address(house, link.token), {"nueva": "1"}, follow=True)
    page = client.get(address(house, link.token), {"pagina": "mejorar"})
    assert "checked" not in page.content.decode() and "¿Qué nota le pone" in words(page)
    assert HalfAnswer.objects.get().answers["general"] == 2, "it is kept as a partial answer"


def test_a_closed_door_says_so(client, house, survey):
    link = open_door(house, survey)
    assert client.get(address(house, "nada")).status_code == 404
    save_link(institution=house.institution, actor=None, now=NOW, survey=survey, link=link, name="x",
              kind="link", is_active=False)  # fmt: skip
    page = client.get(address(house, link.token))
    assert (page.status_code, "ya no recibe respuestas" in words(page)) == (410, True)
    assert whole(client, house, link.token).status_code == 410


def test_a_program_that_fills_in_what_nobody_sees_is_thanked_and_not_counted(client, house, survey):
    link = open_door(house, survey)
    response = send(client, house, link.token, "atencion", q_general="1", **{TRAP: "http://x"})
    assert response.status_code == 302
    assert not SurveyAnswer.objects.exists() and not HalfAnswer.objects.exists()


def test_one_address_sends_no_more_than_a_place_can(client, house, survey):
    link = open_door(house, survey)
    for _ in range(MOST_OF_LINK):
        whole(house.client(), house, link.token)
    assert SurveyAnswer.objects.count() == MOST_OF_LINK
    assert whole(house.client(), house, link.token).status_code == 429
    personal = invitation(house, survey)
    assert whole(house.client(), house, personal.token).status_code == 302


def test_a_personal_link_is_answered_once(client, house, survey):
    personal = invitation(house, survey)
    response = whole(client, house, personal.token)
    assert "Leemos todas las respuestas" in words(client.get(response["Location"]))
    page = house.client().get(address(house, personal.token))
    assert (page.status_code, "ya se respondió" in words(page)) == (410, True)
    assert whole(client, house, personal.token).status_code == 410
    assert SurveyAnswer.objects.get().way == Way.INVITED


def test_a_personal_link_goes_on_in_another_browser(client, house, survey):
    personal = invitation(house, survey)
    send(client, house, personal.token, "atencion", q_general="2")
    page = house.client().get(address(house, personal.token))
    assert "checked" in page.content.decode()


def test_a_personal_link_ends_with_its_last_day(client, house, survey):
    personal = invitation(house, survey, closes_on=TODAY)
    assert client.get(address(house, personal.token)).status_code == 200
    Invitation.objects.update(closes_on=TODAY - timedelta(days=1))
    page = client.get(address(house, personal.token))
    assert (page.status_code, "ya terminó" in words(page)) == (410, True)


def test_what_is_owed_is_refused_whatever_the_pages_said(house, survey):
    door = Door(survey, Way.LINK, "x")
    with pytest.raises(Refused, match="survey_unfinished"):
        take_answer(door, 1, {"recomienda": 9}, today=TODAY)


def test_of_two_who_send_through_one_link_at_once_one_is_taken(real_commits):
    house = make_house()
    survey = make_survey(house)
    personal = invitation(house, survey)
    door = door_for(house.institution, personal.token, today=TODAY)
    ready, results = threading.Barrier(2), []

    def answer(mark: int) -> None:
        try:
            ready.wait()
            take_answer(door, 1, {"general": mark}, today=TODAY)
            results.append("taken")
        except Refused as refused:
            results.append(refused.code)
        finally:
            connection.close()

    both = [threading.Thread(target=answer, args=(mark,)) for mark in (1, 7)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(results) == ["survey_link_used", "taken"]
    assert SurveyAnswer.objects.count() == 1


# Sent twice, too often, or left on a screen


def sheet(page) -> str:
    """Return the secret of the answer that a page is for."""
    found = re.search(r'name="hoja" value="([\w-]{22})"', page.content.decode())
    assert found is not None
    return found[1]


def one_page(house: House) -> Survey:
    return make_survey(house, name="Una página", questionnaire={"sections": [{"code": "s", "title": "",
        "questions": [{"code": "x", "label": "¿Qué opina?", "kind": "text"}]}]})  # fmt: skip


@pytest.mark.parametrize("kind", ["link", "kiosk"])
def test_a_sheet_sent_twice_is_counted_once_and_thanked_twice(client, house, kind):
    link = open_door(house, one_page(house), kind)
    own = sheet(client.get(address(house, link.token)))
    for browser in (client, client, house.client()):
        response = send(browser, house, link.token, "s", q_x="Bien", hoja=own)
        assert response["Location"].endswith("/gracias/")
    assert SurveyAnswer.objects.count() == 1


def test_who_goes_back_after_the_last_page_is_not_counted_again(client, house, survey):
    link = open_door(house, survey)
    send(client, house, link.token, "atencion", q_general="7")
    own = sheet(client.get(address(house, link.token), {"pagina": "recomendar"}))
    for page, given in (("recomendar", {"q_recomienda": "9"}), ("atencion", {"q_general": "1"})):
        assert "/gracias/" in send(client, house, link.token, page, hoja=own, **given)["Location"]
    assert SurveyAnswer.objects.get().answers == {"general": 7, "recomienda": 9}


def test_another_tab_of_a_browser_that_answered_is_told_so(client, house):
    link = open_door(house, one_page(house))
    first, second = (sheet(client.get(address(house, link.token))) for _ in range(2))
    send(client, house, link.token, "s", q_x="Bien", hoja=first)
    page = send(client, house, link.token, "s", q_x="Bien", hoja=second)
    assert (page.status_code, SurveyAnswer.objects.count()) == (410, 1)


def test_of_the_same_sheet_sent_twice_at_once_one_is_taken(real_commits):
    house = make_house()
    door = Door(make_survey(house), Way.LINK, "x")
    ready, results = threading.Barrier(2), []

    def answer(mark: int) -> None:
        try:
            ready.wait()
            take_answer(door, 1, {"general": mark}, today=TODAY, key="k")
            results.append("taken")
        except Refused as refused:
            results.append(refused.code)
        finally:
            connection.close()

    both = [threading.Thread(target=answer, args=(mark,)) for mark in (1, 7)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(results) == ["survey_sent_before", "taken"]
    assert SurveyAnswer.objects.count() == 1


def test_what_was_typed_is_kept_where_an_address_sends_too_much(house, monkeypatch):
    monkeypatch.setattr("siac.surveys.portal.MOST_OF_LINK", 1)
    link = open_door(house, one_page(house))
    send(house.client(), house, link.token, "s", q_x="Primera")
    browser = house.client()
    page = send(browser, house, link.token, "s", q_x="Un relato largo")
    assert (page.status_code, int(page["Retry-After"]) > 0) == (429, True)
    assert "Un relato largo" in words(page) and "Lo que escribió sigue aquí" in words(page)
    assert "Un relato largo" in words(browser.get(address(house, link.token))), "it is kept"
    assert SurveyAnswer.objects.count() == 1
    third = send(house.client(), house, link.token, "s", q_x="Otro relato")
    assert (third.status_code, "Otro relato" in words(third)) == (429, True)
    assert HalfAnswer.objects.filter(is_sent=False).count() == 1, "of whoever stuffs it nothing is kept"


def test_a_screen_without_javascript_forgets_who_went(client, house, survey):
    link = open_door(house, survey, "kiosk")
    moved = send(client, house, link.token, "atencion", q_general="2", q_resuelta="No")
    assert moved.cookies["siac_encuesta"]["max-age"] == 180
    assert 'http-equiv="refresh" content="90;' in client.get(moved["Location"]).content.decode()
    first = client.get(address(house, link.token))
    assert "checked" not in first.content.decode()
    after = client.get(address(house, link.token), {"pagina": "mejorar"})
    assert "¿Qué nota le pone" in words(after), "nothing is gone on with"


# Half-filled


def test_what_nobody_goes_on_with_is_kept_as_a_partial_answer(client, house, survey):
    link = open_door(house, survey)
    send(client, house, link.token, "atencion", q_general="2")
    settle_answers(house.institution, now=NOW + HALF_KEPT_FOR)
    assert HalfAnswer.objects.exists()
    settle_answers(house.institution, now=NOW + HALF_KEPT_FOR + timedelta(days=1))
    row = SurveyAnswer.objects.get()
    assert (row.is_complete, row.answers, row.answered_on) == (False, {"general": 2}, TODAY)
    assert not HalfAnswer.objects.exists()


# The house's pages


def test_a_door_has_a_sheet_with_its_code(house, survey):
    manager = house.client(Role.QUALITY_MANAGER)
    base = f"/{house.slug}/gestion/encuestas/{survey.pk}/enlaces/"
    sent = {"name": "Mesón", "kind": "kiosk", "point_id": house.point, "is_active": "on"}
    page = manager.post(f"{base}nuevo/", sent, follow=True)
    link = SurveyLink.objects.get()
    assert f"/encuesta/{link.token}/" in words(page) and "<svg" in page.content.decode()
    changed = {**sent, "name": "Escalera", "point_id": "", "based_on": "1"}
    manager.post(f"{base}{link.pk}/cambiar/", changed)
    late = manager.post(f"{base}{link.pk}/cambiar/", {**sent, "name": "Otra", "based_on": "1"})
    assert (late.status_code, 'name="based_on" value="2"' in late.content.decode()) == (422, True)
    link.refresh_from_db()
    assert (link.name, link.point_id) == ("Escalera", None)
    with at_most(12):
        survey_page = manager.get(f"/{house.slug}/gestion/encuestas/{survey.pk}/")
    assert "Escalera" in words(survey_page)


@pytest.mark.parametrize("rest", ["", "no-mas/", "gracias/"])
def test_an_address_with_signs_that_no_link_has_is_not_there(client, house, rest):
    assert client.get(f"/{house.slug}/encuesta/%00/{rest}").status_code == 404
