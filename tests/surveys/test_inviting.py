# SPDX-License-Identifier: EUPL-1.2
"""People are asked after an answer as the survey says: by a link of their own, and not too often."""

from datetime import date, datetime, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.public import Attention, Channel, Interaction, register_attention
from siac.notices.models import Notice
from siac.notices.public import State
from siac.people.public import PersonData
from siac.surveys.commands.answering import take_answer
from siac.surveys.commands.inviting import Asked, invite, invite_after_answers, is_drawn
from siac.surveys.commands.surveys import save_survey
from siac.surveys.doors import door_for
from siac.surveys.letters import render
from siac.surveys.models import Invitation, Survey
from siac.surveys.queries import response
from tests.factories import ANONYMOUS, NOW, House, answer, file, person
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
NOBODY_ELSE = {"document_type": "", "document_number": ""}
"""Somebody who is nobody of the other requests."""


def morning(days: int) -> datetime:
    """Return the hour for asking, so many days after the answers."""
    return NOW.replace(hour=13) + timedelta(days=days)  # ten o'clock in the body


@pytest.fixture
def sent(house) -> Survey:
    """A survey that is sent the day after an answer."""
    return make_survey(house, asks_after=True)


def answered(house: House, kind: str = "reclamo", *, now: datetime = NOW, **changes):
    return answer(house, file(house, kind, now=now - timedelta(days=2), **changes), now=now)


def change(house: House, survey: Survey, **fields) -> Survey:
    common = {"institution": house.institution, "actor": None, "now": NOW}
    row = save_survey(**common, survey=survey, **fields)
    house.institution.refresh_from_db()
    return row


def asked(house: House, days: int = 1) -> int:
    return invite_after_answers(house.institution, now=morning(days))


# After an answer


def test_who_got_an_answer_is_asked_the_day_after_by_mail(house, sent):
    case = answered(house)
    assert asked(house, 0) == 0
    with at_most(20):
        assert asked(house) == 1
    row = Invitation.objects.get()
    assert (row.recipient, row.case_id, row.survey) == (f"person:{case.person_id}", case.pk, sent)
    assert row.closes_on - row.invited_on == timedelta(days=30)
    notice = Notice.objects.get(kind="surveys.invitation")
    assert (notice.recipient, notice.subject_id, notice.context) == (row.recipient, row.pk, {})
    subject, text = render(notice)
    assert sent.title in subject and f"/puerto/encuesta/{row.token}/" in text
    assert "anónimas" in text and "8 de octubre de 2026" in text


def test_nobody_of_the_house_reads_the_key_of_whoever_was_asked(house, sent):
    """Whoever is measured could answer for those invited, or read what they left half answered."""
    answered(house)
    asked(house)
    row, notice = Invitation.objects.get(), Notice.objects.get(kind="surveys.invitation")
    subject, text = render(notice)
    Notice.objects.filter(pk=notice.pk).update(body=text, subject_line=subject)
    page = (
        house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/avisos/{notice.pk}/").content.decode()
    )
    assert row.token not in page and "/encuesta/••••/" in page


def test_it_is_asked_once_however_often_the_job_runs(house, sent):
    answered(house)
    assert [asked(house), asked(house), asked(house, 2), asked(house, 3)] == [1, 0, 0, 0]


def test_a_day_on_which_nothing_ran_is_made_up_for(house, sent):
    answered(house)
    assert asked(house, 4) == 1


def test_what_was_answered_long_ago_is_left_alone(house, sent):
    answered(house)
    assert asked(house, 5) == 0


def test_people_are_asked_in_the_morning(house, sent):
    answered(house)
    assert invite_after_answers(house.institution, now=morning(1) + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"kinds": ["consulta"]}, 0),
        ({"kinds": ["reclamo"]}, 1),
        ({"channels": ["desk"]}, 0),
        ({"channels": ["web"]}, 1),
        ({"topics": ["Inundaciones"]}, 0),
        ({"asks_after": False}, 0),
        ({"is_active": False}, 0),
        ({"delay_days": 3}, 0),
    ],
)
def test_the_rule_of_the_survey_says_whom(house, sent, fields, count):
    named = {"kinds": lambda each: house.kinds[each].pk, "topics": lambda each: house.topics[each]}
    change(house, sent, **{
        name: [named[name](each) for each in value] if name in named else value
        for name, value in fields.items()
    })  # fmt: skip
    answered(house)
    assert asked(house) == count


def test_reserved_and_nameless_requests_are_left_out(house, sent):
    answered(house, "denuncia")
    answered(house, "sugerencia", who=ANONYMOUS)
    answered(house, who=person(email=""))
    assert asked(house) == 0


def test_the_share_is_drawn_by_chance_and_always_the_same(house, sent):
    survey = change(house, sent, share=30)
    drawn = [pk for pk in range(1, 2001) if is_drawn(survey, pk)]
    assert 500 < len(drawn) < 700
    assert drawn == [pk for pk in range(1, 2001) if is_drawn(survey, pk)]
    assert all(is_drawn(change(house, survey, share=100), pk) for pk in range(1, 200))


# Not too often


def test_nobody_is_asked_twice_within_the_days_of_rest(house, sent):
    same = person(email="una@ejemplo.org")
    answered(house, who=same)
    assert asked(house) == 1
    answered(house, who=same, now=NOW + timedelta(days=20))
    assert asked(house, 21) == 0
    answered(house, who=same, now=NOW + timedelta(days=100))
    assert asked(house, 101) == 1


def test_two_requests_of_one_person_on_a_day_are_asked_for_once(house, sent):
    for _ in range(2):
        answered(house, who=person(email="una@ejemplo.org"))
    assert asked(house) == 1


def test_another_survey_counts_too(house, sent):
    answered(house)
    make_survey(house, name="Otra", asks_after=True)
    assert asked(house) == 1


def test_without_days_of_rest_everybody_is_asked(house, sent):
    change(house, sent, rest_days=0)
    answered(house, who=person(email="una@ejemplo.org"))
    assert asked(house) == 1
    answered(house, who=person(email="una@ejemplo.org"), now=NOW + timedelta(days=1))
    assert asked(house, 2) == 1


# How many respond


def test_the_response_is_that_of_the_delivered_ones(house, sent):
    people = [answered(house, who=person(**NOBODY_ELSE)).person_id for _ in range(6)]
    rows = invite(house.institution, sent, [Asked(pk) for pk in people], now=NOW)
    Notice.objects.filter(subject_id__in=[rows[0].pk, rows[1].pk]).update(state=State.FAILED)
    for row in rows[1:3]:
        take_answer(door_for(house.institution, row.token, today=date(2026, 9, 7)), 1, {"general": 7},
                    today=date(2026, 9, 7))  # fmt: skip
    with at_most(1):
        found = response(sent, today=NOW.date())
    assert (found.invited, found.undelivered, found.answered, found.delivered) == (6, 1, 2, 5)
    assert [str(found.rate), str(found.of_invited)] == ["40.0", "33.3"]
    assert found.interval[0] < 50 < found.interval[1]
    page = words(house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/encuestas/{sent.pk}/"))
    assert "40,0 % 2 de 5 entregadas" in page and "Se envía a todas, 1 día después de responder" in page


def test_of_few_invited_it_is_not_told_how_many_answered(house, sent):
    """Of one who was asked, «1 de 1» says who answered."""
    people = [answered(house, who=person(**NOBODY_ELSE)).person_id for _ in range(5)]
    rows = invite(house.institution, sent, [Asked(pk) for pk in people], now=NOW)
    Notice.objects.filter(subject_id=rows[0].pk).update(state=State.FAILED)
    assert not response(sent, today=NOW.date()).is_told
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/encuestas/{sent.pk}/"))
    assert "5 invitaciones, 1 sin entregar." in page and "se dice desde 5 entregadas" in page


def test_nobody_invited_is_no_rate(house, sent):
    found = response(sent, today=NOW.date())
    assert (found.invited, found.rate, found.of_invited, found.interval) == (0, None, None, None)


def test_quality_says_when_it_is_sent(house, survey):
    manager = house.client(Role.QUALITY_MANAGER)
    path = f"/{house.slug}/gestion/encuestas/{survey.pk}/envio/"
    sent = {"based_on": "1", "asks_after": "on", "kinds": [house.kinds["reclamo"].pk], "share": "50",
            "delay_days": "2", "open_days": "15", "rest_days": "60"}  # fmt: skip
    assert "Denuncia" not in words(manager.get(path)), "what is reserved is never asked for"
    manager.post(path, sent)
    survey.refresh_from_db()
    assert (survey.asks_after, survey.kinds, survey.share) == (True, [house.kinds["reclamo"].pk], 50)
    page = words(manager.get(f"/{house.slug}/gestion/encuestas/{survey.pk}/"))
    assert "Se envía a 50 de cada 100, 2 días después de responder (Reclamo)" in page
    history = words(manager.get(f"/{house.slug}/gestion/encuestas/{survey.pk}/preguntas/"))
    assert "De los tipos: (vacío) → cambió a Reclamo" in history
    for wrong in ({"share": "0"}, {"share": "101"}, {"open_days": "0"}, {"delay_days": "61"}):
        assert manager.post(path, {**sent, "based_on": "2", **wrong}).status_code == 422


# After an attention


def attended(house: House, *, at: datetime = NOW, mail: str = "visita@ejemplo.org", **changes):
    given = {"channel": Channel.COUNTER, "unit_id": house.units["oirs"], "begun_at": at, **changes}
    return register_attention(
        institution=house.institution, attention=Attention(**given), actor=house.user(Role.FRONT_DESK),
        now=at, person=PersonData(email=mail) if mail else None,
    )  # fmt: skip


def test_who_was_attended_is_asked_the_day_after_once(house):
    make_survey(house, asks_after_attention=True)
    row = attended(house)
    attended(house, mail="")
    assert (asked(house, 0), asked(house), asked(house)) == (0, 1, 0)
    invited = Invitation.objects.get()
    assert (invited.attention_id, invited.case_id) == (row.pk, None)
    _, text = render(Notice.objects.get(kind="surveys.invitation"))
    assert text.startswith("Hace poco lo atendieron en Servicio de Puerto.")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, 1), ({"channels": ["phone"]}, 0), ({"channels": ["counter"]}, 1), ({"delay_days": 2}, 0),
     ({"is_active": False}, 0), ({"asks_after_attention": False, "asks_after": True}, 0)],
)  # fmt: skip
def test_an_attention_is_asked_for_as_the_rule_says(house, fields, expected):
    make_survey(house, **{"asks_after_attention": True, **fields})
    attended(house)
    assert asked(house) == expected


@pytest.mark.parametrize("fate", [{"withdrawn_at": NOW, "withdrawn_why": "doble"}, {"person": None}])
def test_an_attention_that_was_none_is_not_asked_for(house, fate):
    make_survey(house, asks_after_attention=True)
    row = attended(house)
    Interaction.objects.filter(pk=row.pk).update(**fate)
    assert asked(house) == 0


def test_who_got_an_answer_and_was_attended_is_asked_once(house):
    make_survey(house, asks_after=True, asks_after_attention=True)
    answered(house, who=person(email="ana@ejemplo.org", **NOBODY_ELSE))
    attended(house, mail="ana@ejemplo.org")
    assert asked(house) == 1
