# SPDX-License-Identifier: EUPL-1.2
"""What is written down of a waiting is corrected, ends or becomes something else after it was judged."""

from datetime import timedelta

import pytest
from django.db import connection

from siac.accounts.public import Role
from siac.cases.attentions.commands import file_attention, undo_attention, withdraw_attention
from siac.cases.attentions.personal import KEPT_FOR, forget_attentions
from siac.cases.models import Case, Interaction
from siac.cases.protection.erasing import erase_case
from siac.cases.public import attention_names
from siac.catalogue.models import Topic
from siac.catalogue.public import save_topic
from siac.charters.commands.erasing import cases_owed
from siac.charters.commands.remedies import decide_remedy, send_letter
from siac.charters.measuring import SOURCE
from siac.charters.models import Breach, Commitment, Remedy
from siac.clocks.public import clocks_of
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.notices.public import Notice, send_due
from siac.people.public import PersonData
from tests.charters.test_guarantees import ANA, DAY, LETTER, attended, common, corrected, promise
from tests.factories import NOW, House, make_house, person
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(house: House) -> Commitment:
    return promise(house)


def test_a_correction_that_leaves_it_broken_gives_no_new_term(house, waiting):
    row, remedy = attended(house), Remedy.objects.get()
    told = [entry.kind for entry in history(house.institution.pk, row.stream)]
    corrected(house, row, waited=45, begun_at=NOW - timedelta(seconds=20))
    again = Remedy.objects.get()
    assert (again.state, again.due_on) == ("owed", remedy.due_on)
    assert Breach.objects.get().found_at == NOW
    after = [entry.kind for entry in history(house.institution.pk, row.stream)]
    assert after == [*told, "cases.attention_corrected"]
    [clock] = clocks_of(house.institution.pk, "interaction", [row.pk])
    assert (clock.state, clock.missed_at) == ("missed", NOW)
    assert clock.ended_at - clock.started_at == timedelta(minutes=45)


def test_a_correction_to_another_day_moves_the_breach_and_what_makes_it_kept_takes_it_back(house, waiting):
    row = attended(house)
    corrected(house, row, begun_at=NOW - 3 * DAY)
    breach = Breach.objects.get()
    assert breach.due_on == house.today(NOW - 3 * DAY)
    corrected(house, Interaction.objects.get(), waited=1)
    assert Breach.objects.count() == 0 and Remedy.objects.get().state == "undone"
    corrected(house, Interaction.objects.get(), waited=90)
    assert Breach.objects.get().pk == breach.pk and Remedy.objects.get().state == "owed"
    assert verify_institution(house.institution.pk).problems == []


def test_two_promises_of_a_waiting_are_judged_each_by_itself(house, waiting):
    promise(house, "horas", code="espera-larga", text="Nadie espera más de una hora", days=60)
    row = attended(house, waited=90)
    assert Breach.objects.count() == 2
    corrected(house, row, waited=40)
    assert Breach.objects.get().commitment_id == waiting.pk
    corrected(house, Interaction.objects.get(), waited=90, person=ANA)
    assert Breach.objects.count() == 2
    assert sorted(Remedy.objects.values_list("state", flat=True)) == ["owed", "owed"]
    assert verify_institution(house.institution.pk).problems == []


def put_topic(house: House, code: str, *, under: str | None) -> None:
    topic = Topic.objects.get(pk=house.topics[code])
    parent_id = house.topics[under] if under else None
    save_topic(
        institution=house.institution, actor=None, now=NOW, name=topic.name, unit_id=topic.unit_id,
        parent_id=parent_id, topic=topic,
    )  # fmt: skip
    house.institution.refresh_from_db()


def test_a_topic_that_is_moved_afterwards_changes_nothing_of_what_was_promised(house):
    of_floods = {"subject": "interaction", "unit": "mi", "topic_id": house.topics["Inundaciones"]}
    promise(house, more={**of_floods, "remedy_kind": "apology"})
    topic_id = house.topics["Transparencia"]
    client = house.client(Role.QUALITY_MANAGER)
    page = lambda row: words(client.get(f"/{house.slug}/gestion/atenciones/{row.pk}/"))  # noqa: E731
    before = attended(house, topic_id=topic_id)
    put_topic(house, "Transparencia", under="Inundaciones")
    under = attended(house, topic_id=topic_id)
    assert "Lo que se le prometió" not in page(before) and "No cumplido" in page(under)
    put_topic(house, "Transparencia", under=None)
    assert "No cumplido" in page(under) and "Ver la medida" in page(under)
    corrected(house, under, waited=50)
    breach = Breach.objects.get()
    assert (breach.interaction_id, breach.found_at) == (under.pk, NOW)
    corrected(house, Interaction.objects.get(pk=under.pk), waited=50, topic_id=None)
    assert Breach.objects.count() == 0


# It becomes a request


def filed(house: House, row: Interaction) -> Case:
    return file_attention(
        **common(house, Role.FRONT_DESK), attention_id=row.pk, kind_id=house.kinds["reclamo"].pk,
        body="La calle se inundó", based_on=None,
    )  # fmt: skip


def test_what_is_owed_for_an_attention_keeps_its_request_and_then_goes_with_it(house, waiting):
    case = filed(house, attended(house))
    assert set(cases_owed(house.institution.pk)) == {case.pk}
    send_letter(**common(house), remedy_id=Remedy.objects.get().pk, letter=f"Estimada Ana Rojas: {LETTER}")
    send_due(lambda: NOW + DAY)
    assert set(cases_owed(house.institution.pk)) == set()
    everything = {"erases": ["texts", "notices", "identity"], "run_id": 1, "actor": None, "now": NOW + DAY}
    assert erase_case(institution=house.institution, case_id=case.pk, again=True, **everything)
    remedy, notice = Remedy.objects.get(), Notice.objects.get(subject_type="interaction")
    assert (remedy.state, remedy.letter) == ("delivered", "") and "Ana" not in remedy.proof
    assert (notice.body, notice.erased_at) == ("", NOW + DAY)
    assert verify_institution(house.institution.pk).problems == []


def test_of_one_that_became_a_restricted_request_nothing_is_given_away(house, waiting):
    row, remedy = attended(house), Remedy.objects.get()
    Case.objects.filter(pk=filed(house, row).pk).update(is_restricted=True)
    client, url = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/medidas/"
    table = b"".join(client.get(f"{url}?formato=csv").streaming_content).decode()
    assert "Reservada o de otra unidad;;Mesones" in table and "Atención" not in table.splitlines()[1]
    assert f"Atención {row.pk}" not in words(client.get(f"{url}{remedy.pk}/"))
    assert "le escribe una disculpa" not in words(client.get(f"{url}?unidad={house.units['oirs']}"))
    assert attention_names(house.institution.pk, [row.pk])[row.pk].unit == ""
    access = house.access(Role.HEAD_OF_UNIT)
    assert SOURCE.things.hidden(access, [remedy.pk]) == {remedy.pk}


# What is written of it


def test_a_letter_after_a_correction_speaks_of_the_attention_and_not_of_the_calendar(house, waiting):
    row, remedy = attended(house), Remedy.objects.get()
    decide_remedy(**common(house), remedy_id=remedy.pk, is_due=True, reason="")
    corrected(house, row, waited=4)
    client = house.client(Role.QUALITY_MANAGER)
    page = words(client.get(f"/{house.slug}/gestion/medidas/{remedy.pk}/"))
    assert "se corrigió lo que se anotó de su atención" in page and "calendario" not in page
    told = words(client.get(f"/{house.slug}/gestion/atenciones/{row.pk}/"))
    assert "se corrigió lo que se contaba" in told and "calendario" not in told


def test_no_letter_counts_as_delivered_that_nobody_gets(house, waiting):
    attended(house, person=PersonData(given_names="Ana", family_names="Rojas", phone="+56 9 1111 2222"))
    remedy = Remedy.objects.get()
    with pytest.raises(Refused, match="letter_nobody"):
        send_letter(**common(house), remedy_id=remedy.pk, letter=LETTER)
    decide_remedy(**common(house), remedy_id=remedy.pk, is_due=True, reason="")
    assert not Notice.objects.exists() and Remedy.objects.get().state == "decided"


@pytest.mark.parametrize(
    "change",
    [
        "taken_back_at = now()",
        "cause = 'claim'",
        "clock_id = NULL",
        "interaction_id = (SELECT max(id) FROM cases_interaction)",
    ],
)
def test_what_was_not_kept_is_held_against_the_journal(house, waiting, change):
    row = attended(house)
    corrected(house, attended(house), waited=3)
    attended(house, person=None, waited=2)
    assert verify_institution(house.institution.pk).problems == []
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE charters_breach SET {change} WHERE interaction_id = {row.pk}")
    (said,) = verify_institution(house.institution.pk).problems
    assert said.startswith("el incumplimiento") and said.endswith("no dice lo que consta en la bitácora")


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("cases_interaction", "waited = 3", 2),
        ("cases_interaction", "waited = NULL", 2),
        ("cases_interaction", "person_id = NULL", 1),
        ("cases_interaction", "subject = 'Otra cosa'", 1),
        ("cases_interaction", "subject = '', salt = ''", 1),
        ("cases_interaction", "channel = 'phone'", 1),
        ("cases_interaction", "begun_at = begun_at - interval '1 hour'", 2),
        ("cases_interaction", "withdrawn_at = now(), withdrawn_why = 'x'", 2),
        ("clocks_clock", "state = 'met', missed_at = NULL", 1),
        ("clocks_clock", "due_at = due_at + interval '1 hour'", 1),
    ],
)
def test_what_was_waited_is_held_against_the_journal(house, waiting, table, change, said):
    row = attended(house, subject="Vino por la beca")
    assert verify_institution(house.institution.pk).problems == []
    with connection.cursor() as cursor:
        name = "id" if table == "cases_interaction" else "subject_type = 'interaction' AND subject_id"
        cursor.execute(f"UPDATE {table} SET {change} WHERE {name} = {row.pk}")
    found = verify_institution(house.institution.pk).problems
    assert len(found) == said and all(each.startswith(f"atención {row.pk}: ") for each in found)


def test_whatever_happens_to_an_attention_verifies(house, waiting):
    desk = common(house, Role.FRONT_DESK)
    undone, twice, kept = (attended(house, subject=word) for word in ("Uno", "Dos", "Tres"))
    undo_attention(**desk, attention_id=undone.pk)
    withdraw_attention(**desk, attention_id=twice.pk, reason="Dos veces.", based_on=None)
    undo_attention(**desk, attention_id=twice.pk)
    corrected(house, kept, waited=3, subject="Otra cosa", person=person(given_names="Rosa"))
    undo_attention(**common(house, Role.FRONT_DESK, NOW + DAY), attention_id=kept.pk)
    filed(house, attended(house))
    attended(house, begun_at=NOW - KEPT_FOR, waited=None)
    assert forget_attentions(now=NOW + DAY) == 1
    assert verify_institution(house.institution.pk).problems == []
    Interaction.objects.filter(subject="Tres").update(institution=make_house("otro").institution)
    said = verify_institution(house.institution.pk).problems
    assert f"atención {kept.pk}: la bitácora la conoce y ya no está" in said
