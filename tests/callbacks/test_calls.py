# SPDX-License-Identifier: EUPL-1.2
"""Calls that were promised: on a clock, kept by calling in time, ended with what became of them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.callbacks.commands.calling import give_up, note_call, reopen_call, take_call, withdraw_call
from siac.callbacks.commands.promising import promise_call, register_and_promise, save_rule
from siac.callbacks.domain.states import OFFERED, Result, State
from siac.callbacks.measuring import refresh_facts
from siac.callbacks.models import Call, CallBack, CallFact
from siac.cases.models import Channel, Interaction
from siac.cases.public import Attention
from siac.clocks.models import Clock
from siac.clocks.public import Unit, parse_amount
from siac.kernel.errors import Refused
from siac.people.public import PersonData
from tests.factories import NOW, attend
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
CALLER = PersonData(given_names="Rosa", phone="+56 9 8765 4321")
HOUR = timedelta(hours=1)


def common(house, now=NOW, role=Role.FRONT_DESK):
    return {"institution": house.institution, "actor": house.user(role), "now": now}


def promised(house, within="2h", now=NOW, person=CALLER, **changes) -> CallBack:
    told = {"channel": Channel.PHONE, "unit_id": house.units["oirs"], "begun_at": now, **changes}
    return register_and_promise(
        attention=Attention(**told), person=person, within=within, **common(house, now)
    )


def noted(house, row, result=Result.SPOKE, now=NOW, **more) -> CallBack:
    return note_call(call_back_id=row.pk, result=result, **common(house, now), **more)


def clock(row) -> Clock:
    return Clock.objects.get(subject_type="call_back", subject_id=row.pk)


def test_a_promise_is_an_attention_that_does_not_end_there_and_a_clock(house):
    row = promised(house, subject="Certificado")
    assert row.interaction.is_resolved is False and row.interaction.person_id
    assert (row.due_at, clock(row).due_at) == (NOW + 2 * HOUR, NOW + 2 * HOUR)
    assert clock(row).state == "running"


@pytest.mark.parametrize("code", OFFERED)
def test_all_that_is_offered_can_be_promised(house, code):
    row = promised(house, code)
    assert row.due_at == clock(row).due_at > NOW
    assert (parse_amount(code).unit is Unit.HOURS) == code.endswith("h")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person": None}, "call_phone"),
        ({"person": PersonData(given_names="Rosa")}, "call_phone"),
        ({"within": "9y"}, "call_within"),
        ({"within": ""}, "call_within"),
    ],
)
def test_a_promise_that_cannot_be_kept_registers_nothing(house, changes, code):
    with pytest.raises(Refused, match=code):
        promised(house, **changes)
    assert not Interaction.objects.exists() and not CallBack.objects.exists()


def test_of_an_attention_of_nobody_or_one_taken_out_no_call_is_promised_and_of_one_only_one(house):
    nobody = attend(house)
    with pytest.raises(Refused, match="call_person"):
        promise_call(interaction=nobody, within="1bd", **common(house))
    row = promised(house)
    with pytest.raises(Refused, match="call_open"):
        promise_call(interaction=row.interaction, within="1bd", **common(house))
    noted(house, row)
    assert promise_call(interaction=row.interaction, within="1bd", **common(house)).is_open


def test_calling_in_time_keeps_it_even_if_nobody_answers_and_speaking_ends_it(house):
    row = promised(house)
    row = noted(house, row, Result.NO_ANSWER, NOW + HOUR)
    assert (row.state, clock(row).state) == (State.OPEN, "met")
    row = noted(house, row, Result.SPOKE, NOW + 5 * HOUR, subject="Se le explicó el certificado")
    assert (row.state, row.calls, clock(row).state) == (State.DONE, 2, "met")
    answered = row.answered_in
    assert (answered.channel, answered.person_id) == (Channel.PHONE, row.interaction.person_id)
    assert (answered.subject, answered.is_resolved) == ("Se le explicó el certificado", True)
    with pytest.raises(Refused, match="call_over"):
        noted(house, row)
    assert list(Call.objects.values_list("result", flat=True)) == ["no_answer", "spoke"]


def test_calling_late_breaks_it(house):
    row = promised(house)
    noted(house, row, now=NOW + 2 * HOUR + timedelta(seconds=1))
    assert clock(row).state == "missed"
    refresh_facts(house.institution.pk, [row.pk])
    assert CallFact.objects.get().is_kept is False


def test_nobody_stops_calling_before_the_body_says_so(house):
    save_rule(within="2h", attempts=2, **common(house))
    row = promised(house)
    noted(house, row, Result.NO_ANSWER)
    with pytest.raises(Refused, match="call_more"):
        give_up(call_back_id=row.pk, **common(house))
    noted(house, row, Result.NO_ANSWER)
    give_up(call_back_id=row.pk, **common(house))
    row.refresh_from_db()
    assert row.state == State.UNREACHED
    reopen_call(call_back_id=row.pk, **common(house))
    row.refresh_from_db()
    assert row.is_open and row.ended_at is None


def test_a_call_that_is_not_needed_any_more_is_no_promise_but_a_late_one_stays_broken(house):
    row = promised(house)
    with pytest.raises(Refused, match="call_why"):
        withdraw_call(call_back_id=row.pk, reason="  ", **common(house))
    withdraw_call(call_back_id=row.pk, reason="Vino a la oficina", **common(house, NOW + HOUR))
    assert clock(row).state == "cancelled"
    with pytest.raises(Refused, match="call_over"):
        reopen_call(call_back_id=row.pk, **common(house))
    late = promised(house)
    withdraw_call(call_back_id=late.pk, reason="Vino a la oficina", **common(house, NOW + 3 * HOUR))
    assert clock(late).state == "missed"
    refresh_facts(house.institution.pk, [row.pk, late.pk])
    assert list(CallFact.objects.order_by("pk").values_list("is_kept", "is_reached")) == [
        (None, None), (False, None)
    ]  # fmt: skip


def test_a_wrong_number_ends_it(house):
    row = noted(house, promised(house), Result.WRONG_NUMBER)
    assert row.state == State.UNREACHED and row.answered_in is None


def test_a_rule_that_cannot_be_is_refused(house):
    with pytest.raises(Refused, match="call_within"):
        save_rule(within="3y", attempts=2, **common(house))
    with pytest.raises(Refused, match="call_attempts"):
        save_rule(within="1h", attempts=0, **common(house))


def test_the_pages_promise_in_one_form_and_note_in_one_key(house):
    browser = house.client(Role.FRONT_DESK)
    base = f"/{house.slug}/gestion/llamadas/"
    typed = {"phone": "muchos", "name": "Rosa", "within": "1bd", "unit": house.units["oirs"], "topic": ""}
    page = browser.post(f"{base}prometer/", typed)
    assert page.status_code == 422 and "muchos" in page.content.decode()
    page = browser.post(f"{base}prometer/", {**typed, "phone": "+56 9 8765 4321"}, follow=True)
    row = CallBack.objects.get()
    text = page.content.decode()
    assert "Dígale que se le llamará a más tardar el" in text and "987654321" in text.replace(" ", "")
    for _ in range(3):
        promised(house)
    browser.get(base)
    with at_most(12):
        listed = browser.get(base).content.decode()
    assert listed.count("data-row") == 4 and "8765" not in listed, "the list shows no telephones"
    with at_most(12):
        browser.get(f"{base}{row.pk}/")
    browser.post(f"{base}{row.pk}/no-contesta/")
    browser.post(f"{base}{row.pk}/hablamos/", {"asunto": "Listo", "pendiente": "on"})
    row.refresh_from_db()
    assert (row.state, row.answered_in.is_resolved) == (State.DONE, False)
    assert browser.get(f"{base}?vista=terminadas").content.decode().count("data-row") == 1
    assert browser.post(f"{base}{row.pk}/retirar/", {"reason": ""}).status_code == 422
    assert browser.post(f"{base}{row.pk}/nada/").status_code == 404


def test_reading_a_number_is_noted_and_another_body_or_unit_has_none(house, other_house):
    row = promised(house)
    page = reverse("workspace:callbacks:call", args=[house.slug, row.pk])
    assert house.client(Role.UNIT_OFFICER).get(page).status_code == 404, "of another unit"
    assert house.client(Role.AUDITOR).get(page).status_code in (403, 404)
    strange = reverse("workspace:callbacks:call", args=[other_house.slug, row.pk])
    assert other_house.client(Role.QUALITY_MANAGER).get(strange).status_code == 404
    done = reverse("workspace:callbacks:act", args=[other_house.slug, row.pk, "hablamos"])
    assert other_house.client(Role.QUALITY_MANAGER).post(done).status_code == 404


def test_an_attention_offers_a_call_where_somebody_can_be_called(house):
    browser = house.client(Role.FRONT_DESK)
    row = promised(house)
    noted(house, row)
    page = reverse("workspace:cases:attention", args=[house.slug, row.interaction_id])
    assert "Prometer una llamada" in browser.get(page).content.decode()
    act = reverse("workspace:callbacks:promise_of", args=[house.slug, row.interaction_id])
    browser.post(act, {"within": "2bd"})
    assert CallBack.objects.filter(state=State.OPEN).count() == 1
    assert "Prometer una llamada" not in browser.get(page).content.decode()
    nobody = reverse("workspace:cases:attention", args=[house.slug, attend(house).pk])
    assert "Prometer una llamada" not in browser.get(nobody).content.decode()


def test_two_who_take_a_call_are_told_apart_and_the_first_page_counts_it(house):
    row = promised(house)
    take_call(call_back_id=row.pk, **common(house))
    take_call(call_back_id=row.pk, **common(house, role=Role.QUALITY_MANAGER))
    row.refresh_from_db()
    assert row.taken_by == house.user(Role.QUALITY_MANAGER)
    home = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/", follow=True).content.decode()
    assert "Llamadas por devolver" in home


def test_facts_say_whether_somebody_was_reached(house):
    spoken, open_ = promised(house), promised(house)
    noted(house, spoken)
    refresh_facts(house.institution.pk, [spoken.pk, open_.pk])
    assert list(CallFact.objects.order_by("pk").values_list("is_kept", "is_reached")) == [
        (True, True), (False, None)
    ]  # fmt: skip
    assert CallFact.objects.filter(ended_on__isnull=False).count() == 1


def test_a_call_noted_twice_by_one_press_counts_once(house):
    row = promised(house)
    noted(house, row, Result.NO_ANSWER, known=0)
    with pytest.raises(Refused, match="call_noted"):
        noted(house, row, Result.NO_ANSWER, known=0)
    noted(house, row, Result.NO_ANSWER, known=1)
    assert Call.objects.count() == 2
    client, one = (
        house.client(Role.FRONT_DESK),
        reverse("workspace:callbacks:call", args=[house.slug, row.pk]),
    )
    assert 'name="hechas" value="2"' in client.get(one).content.decode()
    for _ in range(2):
        client.post(f"{one}no-contesta/", {"hechas": "2"})
    assert Call.objects.count() == 3
    assert "Otra llamada se anotó" in client.get(one).content.decode()


def test_of_two_calls_of_one_attention_only_one_is_opened_again(house):
    row = promised(house)
    noted(house, row, Result.WRONG_NUMBER)
    other = promise_call(interaction=row.interaction, within="2h", **common(house))
    noted(house, other, Result.WRONG_NUMBER)
    reopen_call(call_back_id=row.pk, **common(house))
    with pytest.raises(Refused, match="call_open"):
        reopen_call(call_back_id=other.pk, **common(house))
    other.refresh_from_db()
    assert not other.is_open
