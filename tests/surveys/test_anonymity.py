# SPDX-License-Identifier: EUPL-1.2
"""Nothing that the database holds leads from a person to what they answered: every table is read."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from siac.surveys.commands.answering import settle_answers
from siac.surveys.models import HalfAnswer, Invitation, SurveyAnswer
from tests.factories import NOW, House, make_house
from tests.surveys.conftest import make_survey
from tests.surveys.test_answering import address, invitation, open_door, send, whole

TODAY = date(2026, 9, 7)
PEOPLE = 6


def dump_of_everything() -> dict[str, list[str]]:
    """Return every row of every table as text, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog',"
            " 'information_schema') ORDER BY 1, 2"
        )
        names = [f'"{schema}"."{name}"' for schema, name in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT t::text FROM {name} t")
            found[name] = [row[0] for row in cursor.fetchall()]
    return found


def marks_of(table: str, where: str = "true") -> set[str]:
    """Return the transactions that wrote the rows of a table, as the database notes beside each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text FROM {table} WHERE {where}")
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture
def asked(real_commits, monkeypatch) -> House:
    """A body whose people were asked, of whom some answered, each in a transaction of its own."""
    for module in ("portal", "workspace.links"):
        monkeypatch.setattr(f"siac.surveys.{module}.current_time", lambda: NOW)
    house = make_house()
    survey = make_survey(house)
    house.more["survey"] = survey
    house.more["asked"] = [invitation(house, survey, recipient=f"person:{n}") for n in range(1, PEOPLE + 1)]
    for number, each in enumerate(house.more["asked"][:5], start=1):
        client = house.client()
        send(client, house, each.token, "atencion", q_general=str(number), q_resuelta="No")
        send(client, house, each.token, "mejorar", q_contexto=f"Relato {number}")
        send(client, house, each.token, "recomendar", q_recomienda=str(number))
    return house


def test_an_answer_is_in_one_table_and_names_nobody(asked):
    everything = dump_of_everything()
    of_answers = '"public"."surveys_surveyanswer"'
    for number in range(1, 6):
        held = [name for name, rows in everything.items() if any(f"Relato {number}" in row for row in rows)]
        assert held == [of_answers]
    for row in everything[of_answers]:
        for each in asked.more["asked"]:
            assert each.token not in row and each.recipient not in row
        assert not re.search(r"\d\d:\d\d", row), "no time finer than the day"
    others = [row for name, rows in everything.items() if name != of_answers for row in rows]
    for pk in SurveyAnswer.objects.values_list("pk", flat=True):
        assert not any(str(pk) in row for row in others), "no other table names an answer"


def test_no_column_of_an_answer_points_to_a_person_or_an_invitation():
    pointed = {field.related_model._meta.label for field in SurveyAnswer._meta.fields if field.related_model}
    assert pointed == {"organizations.Institution", "surveys.Survey", "servicepoints.ServicePoint"}
    pointing = [relation.name for relation in SurveyAnswer._meta.related_objects]
    assert pointing == []
    with_times = [f.name for f in Invitation._meta.fields if f.get_internal_type() == "DateTimeField"]
    assert with_times == []


def test_the_numbers_of_answers_are_random(asked):
    found = list(SurveyAnswer.objects.values_list("pk", flat=True))
    assert len({pk.bit_length() for pk in found}) >= 1 and max(found) - min(found) > 2**40


def test_after_the_night_the_marks_of_the_database_tell_nothing(asked):
    spent = "is_spent"
    before = marks_of("surveys_surveyanswer")
    assert len(before) == 5 and before <= marks_of("surveys_invitation", spent), "each beside its invitation"
    settle_answers(asked.institution, now=NOW + timedelta(days=1))
    answers, invitations = marks_of("surveys_surveyanswer"), marks_of("surveys_invitation", spent)
    assert (len(answers), len(invitations)) == (1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM surveys_surveyanswer ORDER BY ctid")
        lying = [row[0] for row in cursor.fetchall()]
    # In the order of their random numbers; the room of rows that are gone may be filled after the rest.
    assert sum(before > after for before, after in pairwise(lying)) <= 1
    assert set(SurveyAnswer.objects.values_list("is_settled", flat=True)) == {True}


def test_the_answers_of_today_wait_for_the_night(asked):
    assert settle_answers(asked.institution, now=NOW + timedelta(hours=6)) == 0
    assert settle_answers(asked.institution, now=NOW + timedelta(days=1)) == 5
    assert settle_answers(asked.institution, now=NOW + timedelta(days=2)) == 0
    assert sorted(SurveyAnswer.objects.values_list("answers__general", flat=True)) == [1, 2, 3, 4, 5]


def test_the_journal_tells_how_many_and_nothing_else(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_journalentry")
        (before,) = cursor.fetchone()
    whole(asked.client(), asked, asked.more["asked"][5].token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_journalentry")
        assert cursor.fetchone() == (before,), "an answer has no entry"
    settle_answers(asked.institution, now=NOW + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_journalentry WHERE kind = 'surveys.answers_settled'")
        entries = [row[0] for row in cursor.fetchall()]
    assert len(entries) == 1 and '"answers": 6' in str(entries[0]).replace("'", '"')


def test_who_stopped_halfway_is_found_by_nobody_who_reads_the_tables(asked):
    """The key of what they answered is made with a key that is not in the database."""
    each = asked.more["asked"][5]
    send(asked.client(), asked, each.token, "atencion", q_general="1")
    half = HalfAnswer.objects.get()
    rows = [row for name, rows in dump_of_everything().items() if "halfanswer" not in name for row in rows]
    assert not any(half.key in row for row in rows)
    assert each.token not in half.key


def test_somebody_who_answers_through_an_open_door_leaves_no_more(asked):
    link = open_door(asked, asked.more["survey"])
    client = asked.client()
    whole(client, asked, link.token)
    secret = client.cookies["siac_respondida"].value
    assert not any(secret in row for rows in dump_of_everything().values() for row in rows)
    assert client.get(address(asked, link.token)).status_code == 410


def test_the_night_leaves_alone_who_cannot_have_answered_that_day(asked):
    """Written anew each night for ever, spent invitations would grow without end."""
    old = asked.more["asked"][0]
    Invitation.objects.filter(pk=old.pk).update(closes_on=TODAY - timedelta(days=1))
    before = marks_of("surveys_invitation", f"id = {old.pk}")
    settle_answers(asked.institution, now=NOW + timedelta(days=1))
    assert marks_of("surveys_invitation", f"id = {old.pk}") == before
    others = marks_of("surveys_invitation", f"is_spent AND id <> {old.pk}")
    assert len(others) == 1 and others.isdisjoint(before), "of all who can have, the marks say the same"
