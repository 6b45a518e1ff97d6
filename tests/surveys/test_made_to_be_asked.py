# SPDX-License-Identifier: EUPL-1.2
"""Whom the body knows only because it meant to ask them is kept no longer than that takes."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection

from siac.accounts.public import Role
from siac.infra.turns import each_in_turn
from siac.people.models import Identity
from siac.people.public import PersonData, known_people
from siac.surveys.commands.lists import listed_in
from siac.surveys.commands.made import KEPT_DAYS, unasked
from siac.surveys.commands.panel import (
    USUAL_WORDS,
    ask_to_join,
    join,
    leave,
    listed_panel,
    save_panel,
)
from siac.surveys.commands.refusing import refuse_surveys
from siac.surveys.commands.waves import draw_wave, go_on_sending, reminders, send_wave
from siac.surveys.models import Invitation, MadePerson, PanelMember, Wave
from siac.surveys.tasks import forget
from tests.factories import NOW, file, person
from tests.surveys.conftest import make_survey

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
LAST = TODAY + timedelta(days=20)
SHEET = b"correo\nana@ejemplo.org\nluis@ejemplo.org\neva@ejemplo.org\n"


@pytest.fixture
def survey(house):
    return make_survey(house, least=1, rest_days=10)


@pytest.fixture
def panel(house):
    return save_panel(institution=house.institution, actor=None, now=NOW, words=USUAL_WORDS, is_open=True)


def drawn(house, survey, listed, size: int = 2, **fields) -> Wave:
    return draw_wave(
        institution=house.institution, survey=survey, actor=house.user(Role.QUALITY_MANAGER), now=NOW,
        listed=listed, size=size, name="Ola", seed=7, closes_on=LAST, **fields,
    )  # fmt: skip


def of_sheet(house, survey, **fields) -> Wave:
    return drawn(house, survey, listed_in(house.institution, SHEET, "x.csv", now=NOW), **fields)


def forgotten(house, day: date) -> int:
    now = NOW + (day - TODAY)
    return each_in_turn("surveys.forget", house.institution.pk, unasked(house.institution, now=now), now=now)


def sent(house, row: Wave) -> list[Invitation]:
    send_wave(institution=house.institution, wave_id=row.pk, actor=None, now=NOW)
    go_on_sending(house.institution, now=NOW)
    return list(Invitation.objects.filter(wave=row).order_by("pk"))


def test_who_is_known_by_the_list_of_a_wave_only_is_erased_some_days_after_it(house, survey):
    row = of_sheet(house, survey)
    sent(house, row)
    assert forgotten(house, TODAY) == 1, "whom it did not draw nobody needs"
    assert set(Identity.objects.values_list("person", flat=True)) == set(row.drawn)
    over = LAST + timedelta(days=KEPT_DAYS)
    assert forgotten(house, over) == 0
    assert forgotten(house, over + timedelta(days=1)) == 2
    assert not Identity.objects.exists() and not MadePerson.objects.exists()
    assert list(Invitation.objects.values_list("recipient", flat=True)) == ["", ""]


def test_who_must_not_be_asked_again_yet_is_known_until_then(house, survey):
    make_survey(house, name="Otra", rest_days=90)
    of_sheet(house, survey)
    forgotten(house, LAST + timedelta(days=90))
    assert Identity.objects.count() == 2
    forgotten(house, LAST + timedelta(days=91))
    assert not Identity.objects.exists()


def test_who_of_a_list_wants_no_surveys_is_known_until_they_want_them_again(house, survey):
    row = of_sheet(house, survey)
    first, _ = sent(house, row)
    refuse_surveys(house.institution, first, wanted=False, now=NOW)
    forgotten(house, LAST + timedelta(days=400))
    assert [f"person:{each.person_id}" for each in MadePerson.objects.all()] == [first.recipient]
    assert Identity.objects.count() == 1
    refuse_surveys(house.institution, first, wanted=True, now=NOW)
    forgotten(house, LAST + timedelta(days=400))
    assert not Identity.objects.exists()


def test_who_of_a_list_joined_the_panel_goes_when_they_leave_it(house, survey, panel):
    of_sheet(house, survey, size=3)
    ask_to_join(house.institution, "ana@ejemplo.org", now=NOW)
    member = PanelMember.objects.get()
    join(member, house.institution, now=NOW)
    late = LAST + timedelta(days=400)
    forgotten(house, late)
    assert list(Identity.objects.values_list("person", flat=True)) == [member.person_id]
    leave(house.institution, [member.person_id], now=NOW)
    forgotten(house, late)
    assert not Identity.objects.exists()


def test_who_of_a_list_is_of_a_request_stays_as_long_as_it_does(house, survey):
    row = of_sheet(house, survey, size=3)
    case = file(house, who=person(email="otra@ejemplo.org"))
    type(case).objects.filter(pk=case.pk).update(person=row.drawn[0])
    forgotten(house, LAST + timedelta(days=400))
    assert known_people(house.institution.pk, PersonData(email="otra@ejemplo.org"), limit=5)
    assert Identity.objects.filter(person=row.drawn[0]).exists()
    assert not MadePerson.objects.exists()


def test_who_of_the_panel_refused_surveys_and_wants_them_again_is_kept_nowhere(house, survey, panel):
    ask_to_join(house.institution, "ana@ejemplo.org", now=NOW)
    join(PanelMember.objects.get(), house.institution, now=NOW)
    (invitation,) = sent(house, drawn(house, survey, listed_panel(house.institution)))
    refuse_surveys(house.institution, invitation, wanted=False, now=NOW)
    refuse_surveys(house.institution, invitation, wanted=True, now=NOW)
    forgotten(house, TODAY)
    assert not Identity.objects.exists()


def test_a_job_forgets_those_of_each_body_alone(house, other_house, survey, monkeypatch):
    of_sheet(house, survey)
    late = LAST + timedelta(days=400)
    assert forgotten(other_house, late) == 0 and Identity.objects.count() == 3
    monkeypatch.setattr("siac.surveys.tasks.timezone.now", lambda: NOW + (late - TODAY))
    forget()
    assert not Identity.objects.exists()


def test_who_left_the_panel_is_neither_asked_nor_reminded_as_one_of_it(house, survey, panel):
    case = file(house, who=person(email="ana@ejemplo.org"))
    for mail in ("ana@ejemplo.org", "luis@ejemplo.org"):
        ask_to_join(house.institution, mail, now=NOW)
    for member in PanelMember.objects.all():
        join(member, house.institution, now=NOW)
    row = drawn(house, survey, listed_panel(house.institution), reminds_on=TODAY + timedelta(days=5))
    leave(house.institution, [case.person_id], now=NOW)
    (asked,) = sent(house, row)
    assert asked.recipient != f"person:{case.person_id}"
    row.refresh_from_db()
    assert row.left_out == 1
    other = file(house, who=person(email="luis@ejemplo.org"))
    Invitation.objects.filter(pk=asked.pk).update(recipient=f"person:{other.person_id}")
    PanelMember.objects.all().delete()
    due = reminders(house.institution, now=(NOW + timedelta(days=5)).replace(hour=15))
    assert sum(work() for _, work in due) == 0


def test_those_of_lists_that_are_there_already_go_too(house, survey):
    row = of_sheet(house, survey)
    MadePerson.objects.all().delete()
    made = import_module("siac.surveys.migrations.0019_of_earlier_lists").MADE
    with connection.cursor() as cursor:
        cursor.execute(made, ())
    assert MadePerson.objects.count() == 3
    assert set(MadePerson.objects.values_list("until", flat=True)) == {row.closes_on}
