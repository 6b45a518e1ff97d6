# SPDX-License-Identifier: EUPL-1.2
"""What persons file against an answer, each flow named after its article.

`NOW` is Monday 7 September 2026.
"""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.appeals.commands import decide_appeal, register_appeal, send_defence
from siac.cases.models import Appeal, Case, CaseMessage, Outcome
from siac.clocks.commands.changes import begin_adding
from siac.clocks.public import clocks_of, open_own_layer
from siac.clocks.tasks import follow_calendar
from siac.journal.public import history
from tests.factories import NOW, House, answer, file
from tests.law.flows import do, on, refusal, told
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]

TOLD = date(2026, 9, 9)


def appealed(house: House, case: Case, **values: Any) -> Appeal:
    given = {
        "forum": "other",
        "authority": "Consejo para la Transparencia",
        "reference": "C1234-26",
        "notified_on": TOLD,
        "body": "Se negó sin razones.",
        **values,
    }
    do(register_appeal, house, case, on(date(2026, 9, 10)), **given)
    return Appeal.objects.latest("pk")


def act(command: Any, house: House, appeal: Appeal, day: date, **values: Any) -> Any:
    return command(
        institution=house.institution,
        appeal_id=appeal.pk,
        actor=house.user(Role.HEAD_OF_UNIT),
        now=on(day),
        **values,
    )


@pytest.fixture
def denied(house: House) -> Case:
    case = file(house, "acceso", unit_id=house.units["obras"])
    answer(house, case, now=NOW, outcome=Outcome.DENIED)
    case.refresh_from_db()
    return case


def test_ley_20285_art_25_the_defence_has_ten_business_days_from_the_notification(house, denied):
    appeal = appealed(house, denied)
    assert appeal.due_on == date(2026, 9, 24)  # 18 September is a holiday
    (clock,) = clocks_of(house.institution.pk, "appeal", [appeal.pk])
    assert (clock.rule_id, clock.state) == ("CL.SAIP.CPLT", "running")
    denied.refresh_from_db()
    assert (denied.state, denied.due_on) == ("answered", None)  # the request is not opened by it
    case = act(
        send_defence,
        house,
        appeal,
        date(2026, 9, 24),
        sent_on=date(2026, 9, 24),
        body="La reserva es del art. 21.",
    )
    appeal.refresh_from_db()
    assert (appeal.state, clocks_of(house.institution.pk, "appeal", [appeal.pk])[0].state) == (
        "defended",
        "met",
    )
    later = date(2026, 9, 25)
    assert (
        refusal(lambda: act(send_defence, house, appeal, later, sent_on=later, body="Otra vez."))
        == "appeal_not_pending"
    )
    assert [e.kind for e in history(house.institution.pk, case.stream)][-2:] == [
        "cases.appealed",
        "cases.appeal_defended",
    ]


def test_a_late_defence_is_kept_and_counts_as_missed(house, denied):
    appeal = appealed(house, denied)
    act(send_defence, house, appeal, date(2026, 9, 25), sent_on=date(2026, 9, 25), body="Tarde.")
    (clock,) = clocks_of(house.institution.pk, "appeal", [appeal.pk])
    assert (clock.state, clock.days_late) == ("missed", 1)


def test_ley_20285_art_27_an_upheld_amparo_opens_the_request_to_the_day_that_the_council_fixed(house, denied):
    appeal = appealed(house, denied)
    case = act(
        decide_appeal, house, appeal, date(2026, 10, 5), result="upheld", decided_on=date(2026, 10, 2),
        comply_on=date(2026, 10, 9), body="Entréguese.",
    )  # fmt: skip
    assert (case.state, case.due_on, case.reviews) == ("with_unit", date(2026, 10, 9), 1)
    assert told(case, "reopened") == 1
    appeal.refresh_from_db()
    assert (appeal.state, appeal.result, appeal.comply_on) == ("decided", "upheld", date(2026, 10, 9))
    (clock,) = clocks_of(house.institution.pk, "appeal", [appeal.pk])
    assert clock.state == "missed"  # decided without the defence, whose day had passed


@pytest.mark.parametrize("result", ["dismissed", "inadmissible", "withdrawn"])
def test_what_is_not_upheld_opens_nothing(house, denied, result):
    appeal = appealed(house, denied)
    case = act(
        decide_appeal,
        house,
        appeal,
        date(2026, 10, 5),
        result=result,
        decided_on=date(2026, 10, 2),
        body="No ha lugar.",
    )
    assert (case.state, told(case, "reopened"), told(case, "appeal_decided")) == ("answered", 0, 0)


def test_the_day_of_the_letter_wins_over_the_rule(house, denied):
    assert appealed(house, denied, until=date(2026, 9, 15)).due_on == date(2026, 9, 15)


def test_before_the_body_itself_it_decides_and_tells_the_person(house):
    case = file(house, "reclamo", unit_id=house.units["obras"])
    answer(house, case, now=NOW, outcome=Outcome.DENIED)
    appeal = appealed(house, case, forum="own", authority="", reference="", until=date(2026, 10, 21))
    assert appeal.authority == house.institution.name
    sent = lambda: act(send_defence, house, appeal, date(2026, 9, 11), sent_on=date(2026, 9, 11), body="No.")  # noqa: E731
    assert refusal(sent) == "appeal_not_pending"
    case = act(
        decide_appeal,
        house,
        appeal,
        date(2026, 9, 15),
        result="partly",
        decided_on=date(2026, 9, 15),
        body="Se revisa.",
    )
    assert (case.state, told(case, "appeal_decided"), told(case, "reopened")) == ("with_unit", 1, 0)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"authority": " "}, "appeal_authority"),
        ({"notified_on": date(2026, 9, 11)}, "received_in_future"),
        ({"until": date(2026, 9, 9)}, "appeal_day"),
        ({"until": date(2026, 9, 18)}, "appeal_day"),  # a holiday
        ({"body": " "}, "text_missing"),
    ],
)
def test_what_cannot_be_is_refused(house, denied, values, code):
    assert refusal(lambda: appealed(house, denied, **values)) == code
    assert not Appeal.objects.exists()


def test_without_a_rule_the_letter_must_name_the_day_and_no_reference_comes_twice(house, denied):
    other = file(house, "reclamo", unit_id=house.units["obras"])
    assert refusal(lambda: appealed(house, other)) == "appeal_until_needed"
    appealed(house, denied)
    assert refusal(lambda: appealed(house, denied)) == "appeal_known"


def test_the_officer_plays_it_through_the_pages_and_the_citizen_does_not_read_it(house, denied):
    client, slug = house.client(Role.HEAD_OF_UNIT), house.institution.slug
    address = reverse("workspace:cases:recurso", args=[slug, denied.folio])
    assert "hasta el" in client.get(address).text
    typed = {
        "version": denied.version,
        "forum": "other",
        "authority": "Consejo para la Transparencia",
        "reference": "C9-26",
        "notified_on_day": "9",
        "notified_on_month": "9",
        "notified_on_year": "2026",
        "body": "Se negó sin razones.",
    }
    wrong = client.post(address, {**typed, "notified_on_month": "13"})
    assert wrong.status_code == 422 and "Se negó sin razones." in wrong.text
    assert client.post(address, typed).status_code == 302
    appeal = Appeal.objects.get()
    with at_most(6):
        assert "C9-26" in client.get(reverse("workspace:cases:appeals", args=[slug])).text
    own = reverse("workspace:cases:appeal", args=[slug, appeal.pk])
    with at_most(12):
        page = client.get(own).text
    assert "Se negó sin razones." in page and "art. 25" in page
    client.get(
        reverse("workspace:cases:case", args=[slug, denied.folio])
    )  # what is configured is in memory from here
    with at_most(12):
        assert "C9-26" in client.get(reverse("workspace:cases:case", args=[slug, denied.folio])).text
    late = client.post(f"{own}resolucion/", {"result": "", "body": "Léase."})
    assert late.status_code == 422 and "Elija el resultado." in late.text and "Léase." in late.text
    ruled = {
        "result": "dismissed",
        "decided_on_day": "10",
        "decided_on_month": "9",
        "decided_on_year": "2026",
        "body": "No ha lugar.",
    }
    assert client.post(f"{own}resolucion/", ruled).status_code == 302
    kinds = set(
        CaseMessage.objects.filter(case=denied)
        .exclude(kind__in=["answer", "reasons"])
        .values_list("kind", flat=True)
    )
    assert kinds == {"appeal", "ruling"}
    assert house.client(Role.UNIT_OFFICER).get(own).status_code == 200
    assert house.client(Role.COMMITTEE_MEMBER).get(own).status_code == 403


def test_a_strike_day_moves_the_term_of_an_appeal_too(house, denied):
    institution = house.institution
    layer = open_own_layer(institution_id=institution.pk, name=institution.name, country="CL", now=NOW)
    appeal = appealed(house, denied)
    change = begin_adding(
        layer_code=layer.code,
        days=[date(2026, 9, 15)],
        name="Paro",
        kind="closure",
        source="Circular 3",
        reason="Paro",
        institution_id=institution.pk,
        actor_id=None,
        now=NOW,
    )
    follow_calendar(change.pk)
    appeal.refresh_from_db()
    assert appeal.due_on == date(2026, 9, 25)


def test_another_body_and_whoever_may_not_read_the_request_find_nothing(house, other_house, denied):
    appeal = appealed(house, denied)
    slug = house.institution.slug
    assert (
        other_house.client(Role.QUALITY_MANAGER).get(f"/{slug}/gestion/recursos/{appeal.pk}/").status_code
        == 403
    )
    own = f"/{other_house.institution.slug}/gestion/recursos/{appeal.pk}/"
    assert other_house.client(Role.QUALITY_MANAGER).get(own).status_code == 404
