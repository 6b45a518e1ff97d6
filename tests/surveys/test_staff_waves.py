# SPDX-License-Identifier: EUPL-1.2
"""A survey for the staff is asked by waves among accounts; nobody learns who answered."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.infra.turns import each_in_turn
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.organizations.models import Membership
from siac.surveys.commands.answering import settle_answers, take_answer
from siac.surveys.commands.counting import answers_after, answers_of, invitations_after, invitations_of
from siac.surveys.commands.inviting import invite_staff
from siac.surveys.commands.lists import Listed
from siac.surveys.commands.staff_lists import WHOLE, staff_of
from siac.surveys.commands.surveys import save_survey
from siac.surveys.commands.waves import draw_wave, go_on_sending, reminders, send_wave
from siac.surveys.domain.interchange import dump
from siac.surveys.doors import door_for
from siac.surveys.letters import render, render_reminder
from siac.surveys.models import Invitation, Survey, SurveyAnswer, Wave
from siac.surveys.queries import quota_lines, response, wave_response
from siac.surveys.ready import MODELS
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
MORNING = NOW.replace(hour=13)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    for page in ("waves", "staff_waves", "surveys", "editing"):
        monkeypatch.setattr(f"siac.surveys.workspace.{page}.current_time", lambda: NOW)


@pytest.fixture
def climate(house) -> Survey:
    return make_survey(
        house, name="Clima", for_staff=True, least=3, questionnaire=dump(MODELS["climate"].questionnaire)
    )


def whole(house, survey, **fields) -> Wave:
    listed = staff_of(house.institution)
    given = {"closes_on": TODAY + timedelta(days=20), "size": 0, **fields}
    quotas = {} if given["size"] else dict.fromkeys(listed.part_of.values(), 100)
    row = draw_wave(
        institution=house.institution, survey=survey, actor=None, now=NOW, name="Ola", listed=listed,
        seed=7, quotas=quotas, **given,
    )  # fmt: skip
    send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
    go_on_sending(house.institution, now=NOW)
    row.refresh_from_db()
    return row


def say(house, invitation: Invitation, mark: int = 6) -> None:
    door = door_for(house.institution, invitation.token, today=TODAY)
    take_answer(door, door.survey.version, {"general": mark}, today=TODAY)


def test_the_staff_of_a_unit_are_those_with_a_role_in_it_or_below(house):
    everybody = staff_of(house.institution)
    assert set(everybody.people) == {user.pk for user in house.users.values()}
    held = Membership.objects.filter(institution=house.institution, unit__isnull=False).first()
    assert everybody.part_of[held.user_id] == held.unit.name
    of_unit = staff_of(house.institution, held.unit_id)
    assert held.user_id in of_unit.people
    assert len(of_unit.people) < len(everybody.people)
    assert WHOLE in everybody.part_of.values()


def test_each_of_the_staff_is_asked_by_mail_without_words_about_a_request(house, climate):
    row = whole(house, climate)
    invited = list(Invitation.objects.filter(wave=row))
    assert {each.recipient for each in invited} == {f"user:{user.pk}" for user in house.users.values()}
    subject, text = render(Notice.objects.filter(kind="surveys.invitation").first())
    assert climate.title in subject
    assert "solicitud" not in text
    assert "Nadie de la institución puede ver quién respondió" in text
    assert house.client().get(f"/{house.slug}/encuesta/{invited[0].token}/no-mas/").status_code == 404


def test_asking_the_staff_costs_the_same_whatever_their_number(house, climate):
    row = whole(house, climate, closes_on=TODAY + timedelta(days=300))
    with at_most(12):
        asked = invite_staff(
            house.institution, climate, row.drawn, now=NOW + timedelta(days=climate.rest_days), wave=row
        )
    assert len(asked) == row.size


def test_who_left_or_was_asked_lately_is_left_out(house, climate):
    Membership.objects.filter(user=house.user(Role.AUDITOR)).delete()
    first = whole(house, climate)
    assert first.left_out == 0
    assert whole(house, climate).left_out == first.size
    gone = invite_staff(
        house.institution, climate, [house.user(Role.AUDITOR).pk], now=NOW + timedelta(days=100), wave=first
    )
    assert gone == []


def test_all_of_the_staff_are_reminded_for_else_the_list_of_notices_would_tell(house, climate):
    row = whole(house, climate, reminds_on=TODAY + timedelta(days=2))
    say(house, row.invitations.first())
    then = MORNING + timedelta(days=2)
    each_in_turn("surveys.remind", house.institution.pk, reminders(house.institution, now=then), now=then)
    reminded = Notice.objects.filter(kind="surveys.reminder")
    assert reminded.count() == row.size
    _, text = render_reminder(reminded.first())
    assert "Si ya respondió, no haga caso" in text


def test_how_many_of_the_staff_answered_is_not_told_before_the_wave_is_over(house, climate):
    row = whole(house, climate)
    for invitation in row.invitations.all()[:3]:
        say(house, invitation)
    assert not wave_response(row, today=row.closes_on).is_told
    assert response(climate, today=row.closes_on).invited == 0
    after = row.closes_on + timedelta(days=1)
    assert (wave_response(row, today=after).is_told, wave_response(row, today=after).answered) == (True, 3)
    assert response(climate, today=after).answered == 3
    client = house.client(Role.HEAD_OF_UNIT)
    page = client.get(f"/{house.slug}/gestion/encuestas/{climate.pk}/olas/{row.pk}/")
    assert "se dice cuando la ola cierre" in words(page)
    assert not re.search(r"\b3 de\b", words(page))


def test_a_unit_tells_whether_half_of_it_answered_and_a_small_one_nothing(house, climate):
    row = whole(house, climate)
    parts = {each.name: each for each in quota_lines(row)}
    small = [each for each in parts.values() if each.drawn < climate.least]
    assert small
    assert all(each.answered is None for each in small)
    assert {each.answered for each in parts.values()} <= {None, "menos de la mitad", "la mitad o más"}


def test_fewer_of_the_staff_than_are_told_are_not_asked(house, climate):
    unit = Membership.objects.filter(institution=house.institution, unit__isnull=False).first().unit_id
    listed = staff_of(house.institution, unit)
    row = save_survey(
        institution=house.institution, actor=None, now=NOW, survey=climate, least=len(listed.people) + 1
    )
    with pytest.raises(Refused, match="wave_few"):
        draw_wave(
            institution=house.institution, survey=row, actor=None, now=NOW, name="Ola", listed=listed,
            size=100, seed=7, closes_on=TODAY + timedelta(days=20),
        )  # fmt: skip


def test_what_the_staff_say_is_no_figure_of_the_service(house, climate):
    row = whole(house, climate)
    say(house, row.invitations.first())
    settle_answers(house.institution, now=NOW + timedelta(days=1))
    pk = house.institution.pk
    assert SurveyAnswer.objects.filter(survey=climate, is_settled=True).count() == 1
    assert [*answers_of(pk, [climate.pk]), *answers_after(pk, 0, 10)] == []
    assert [*invitations_of(pk, [climate.pk]), *invitations_after(pk, 0, 10)] == []


def test_a_survey_for_the_staff_is_begun_drawn_and_sent_by_its_pages(house):
    client = house.client(Role.QUALITY_MANAGER)
    begin = f"/{house.slug}/gestion/encuestas/nueva/"
    assert client.post(begin, {"name": "Clima 2026", "model": "climate"}).status_code == 302
    survey = Survey.objects.get(name="Clima 2026")
    assert survey.for_staff
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, is_active=True, least=3)
    here = f"/{house.slug}/gestion/encuestas/{survey.pk}/"
    assert client.get(f"{here}envio/").status_code == 404
    assert "Cuándo se envía" not in client.get(here).content.decode()
    sent = {"name": "Todos", "closes_on_day": "30", "closes_on_month": "9", "closes_on_year": "2026"}
    wrong = client.post(f"{here}olas/nueva/", {**sent, "unit_id": "999999"})
    assert wrong.status_code == 422
    assert client.post(f"{here}olas/nueva/", {**sent, "closes_on": "2026-09-30"}).status_code == 302
    row = Wave.objects.get(survey=survey)
    assert row.size == len(house.users)
    page = words(client.get(f"{here}olas/{row.pk}/"))
    assert "Personal de toda la institución" in page
    assert "Enviar" in page


def test_units_whose_names_differ_by_an_accent_are_one_part_and_nobody_of_them_is_left_out(house, climate):
    people = sorted(user.pk for user in house.users.values())
    part_of = dict.fromkeys(people, "Atención") | dict.fromkeys(people[:2], "Atencion")
    row = draw_wave(
        institution=house.institution, survey=climate, actor=None, now=NOW, name="Ola", size=0, seed=7,
        listed=Listed(people, "Personal", part_of), quotas=Counter(part_of.values()),
        closes_on=TODAY + timedelta(days=20),
    )  # fmt: skip
    assert sorted(row.drawn) == people


def test_of_a_wave_that_would_reach_fewer_than_are_shown_nobody_is_asked(house, climate):
    people = sorted(user.pk for user in house.users.values())
    listed = Listed(people[:4], "Personal")
    given = {"institution": house.institution, "survey": climate, "actor": None, "now": NOW, "seed": 7,
             "closes_on": TODAY + timedelta(days=20)}  # fmt: skip
    first = draw_wave(name="Una", listed=Listed(people[:3], "Personal"), size=3, **given)
    again = draw_wave(name="Otra", listed=listed, size=4, **given)
    for row in (first, again):
        send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
        go_on_sending(house.institution, now=NOW)
        row.refresh_from_db()
    assert (first.left_out, first.invitations.count()) == (0, 3)
    assert (again.state, again.left_out, again.invitations.count()) == ("sent", 4, 0), "one would be known"
    assert Notice.objects.count() == 3
    page = words(
        house.client(Role.QUALITY_MANAGER).get(
            f"/{house.slug}/gestion/encuestas/{climate.pk}/olas/{again.pk}/"
        )
    )
    assert "A nadie se invitó: quedaban menos de 3" in page
