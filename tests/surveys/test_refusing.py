# SPDX-License-Identifier: EUPL-1.2
"""Who wants no more surveys is asked by none, and goes from them when erased."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.public import PersonEntries
from siac.infra.turns import each_in_turn
from siac.notices.models import Notice
from siac.people.public import PersonData, erase_person, save_people
from siac.surveys.commands.inviting import Asked, invite
from siac.surveys.commands.refusing import refuse_surveys, surveys_of
from siac.surveys.commands.waves import reminders
from siac.surveys.letters import LINK, render
from siac.surveys.models import Invitation, SurveyRefusal
from tests.factories import NOW, House
from tests.surveys.conftest import make_survey
from tests.surveys.test_waves import TODAY, drawn, sent
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.portal.current_time", lambda: NOW)


def people(house: House, *mails: str) -> list[int]:
    return save_people(house.institution.pk, [PersonData(email=mail) for mail in mails], NOW)


def invited(house: House, survey, person_id: int, *, days: int = 0) -> list[Invitation]:
    return invite(house.institution, survey, [Asked(person_id)], now=NOW + timedelta(days=days))


def test_one_press_ends_all_surveys_and_another_begins_them_again(client, house, survey):
    (ana,) = people(house, "ana@ejemplo.org")
    (row,) = invited(house, survey, ana)
    text = render(Notice.objects.get(subject_id=row.pk))[1]
    address = f"/{house.slug}/encuesta/{row.token}/no-mas/"
    assert address in text and row.token not in LINK.sub("•", text)
    page = client.get(address)
    assert "¿No quiere recibir más encuestas?" in words(page) and page["Cache-Control"] == "private, no-store"
    assert not SurveyRefusal.objects.exists(), "opening it says nothing: programs that read mail do"
    for _ in range(2):
        assert "No le enviaremos más encuestas" in words(client.post(address, follow=True))
    (again,) = people(house, "ana@ejemplo.org")
    other = make_survey(house, name="Otra", rest_days=0)
    assert invited(house, other, again, days=1) == [], "under another request too"
    client.post(address, {"volver": "1"})
    assert len(invited(house, other, again, days=1)) == 1


def test_a_link_that_nobody_was_sent_refuses_nothing(client, house):
    assert client.post(f"/{house.slug}/encuesta/nada/no-mas/").status_code == 404


def test_who_refused_is_left_out_of_a_wave_and_of_its_reminder(house):
    survey = make_survey(house, least=1, rest_days=0)
    ana, luis = people(house, "ana@ejemplo.org", "luis@ejemplo.org")
    (row,) = invited(house, survey, ana)
    refuse_surveys(house.institution, row, wanted=False, now=NOW)
    wave = drawn(house, survey, [ana, luis], reminds_on=TODAY + timedelta(days=7))
    assert (sent(house, wave), wave.left_out) == (1, 1)
    refuse_surveys(house.institution, Invitation.objects.get(wave=wave), wanted=False, now=NOW)
    later = NOW.replace(hour=13) + timedelta(days=7)
    steps = reminders(house.institution, now=later)
    assert each_in_turn("surveys.remind", house.institution.pk, steps, now=later) == 0


def test_invitations_are_in_the_copy_of_a_person_and_go_with_them(client, house, survey):
    (ana,) = people(house, "ana@ejemplo.org")
    (row,) = invited(house, survey, ana)
    refuse_surveys(house.institution, row, wanted=False, now=NOW)
    access = house.access(Role.QUALITY_MANAGER)
    told = surveys_of(access, PersonEntries(PersonData(email="ana@ejemplo.org"), [ana], []))
    assert told[0]["encuesta"] == survey.title
    # Neither whether they answered nor whether they were reminded, as only those are who did not.
    assert set(told[0]) == {"encuesta", "invitada_el", "hasta"}
    assert told[1] == {"no_quiere_mas_encuestas_desde": "2026-09-07"}
    erase_person(house.institution.pk, ana, actor_id=None, now=NOW)
    kept = Invitation.objects.get()
    assert (kept.recipient, kept.token == row.token) == ("", False)
    assert not SurveyRefusal.objects.exists()
    assert client.get(f"/{house.slug}/encuesta/{row.token}/").status_code == 404
    assert client.get(f"/{house.slug}/encuesta/{kept.token}/no-mas/").status_code == 404
