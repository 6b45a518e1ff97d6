# SPDX-License-Identifier: EUPL-1.2
"""What officers do with a case, through the public commands: clocks, states, refusals."""

from datetime import datetime, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.commands.drafts import forget_old_drafts, save_draft
from siac.cases.measuring.forms import forms_of
from siac.cases.measuring.forms import refresh_facts as count_forms
from siac.cases.models import Case, FilingDraft, FormFact
from siac.cases.public import (
    add_information,
    ask_for_information,
    assign_case,
    classify_case,
    close_case,
    close_lapsed_cases,
    contest_answer,
    extend_term,
    rate_answer,
    refer_case,
)
from siac.clocks.public import clocks_of
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import ANONYMOUS, NOW, House, answer, file

pytestmark = [pytest.mark.django_db]
DAY = timedelta(days=1)


def do(
    command, house: House, case: Case, role: Role = Role.HEAD_OF_UNIT, now: datetime = NOW, **values
) -> Case:
    return command(
        institution=house.institution,
        case_id=case.pk,
        actor=house.user(role),
        now=now,
        **{"version": None, **values},
    )


def say(command, house: House, case: Case, now: datetime = NOW, **values) -> Case:
    return command(institution=house.institution, case_id=case.pk, now=now, **values)


def clock(house: House, case: Case, kind: str = "legal"):
    return next(
        c
        for c in clocks_of(house.institution.pk, "case", [case.pk])
        if c.kind == kind and c.state != "cancelled"
    )


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def test_a_filed_case_has_folio_code_clocks_journal_and_notice(house):
    first, second = file(house), file(house)
    assert (first.folio, second.folio) == ("2026-000001", "2026-000002")
    assert first.tracking_code != second.tracking_code
    assert {c.kind for c in clocks_of(house.institution.pk, "case", [first.pk])} == {"legal", "commitment"}
    [entry] = history(house.institution.pk, first.stream)
    assert (entry.kind, entry.data["folio"]) == ("cases.filed", first.folio)
    assert "inundación" not in str(entry.data)
    assert Notice.objects.filter(kind="cases.receipt", subject_id=first.pk).count() == 1


def test_a_refused_filing_leaves_no_hole_in_the_folios(house):
    file(house)
    refused = [
        lambda: file(house, who=ANONYMOUS),
        lambda: file(house, body="   "),
        lambda: file(house, body="x" * 20_001),
        lambda: file(house, answers={}),
        lambda: file(house, answers={"donde": "x", "otra": "y"}),
        lambda: file(house, received_at=NOW + DAY),
        lambda: file(house, topic_id=999_999),
        lambda: file(house, unit_id=999_999),
    ]
    codes = [refusal(call) for call in refused]
    assert codes == [
        "identity_needed",
        "text_missing",
        "text_too_long",
        "answer_missing",
        "answer_unknown",
        "received_in_future",
        "topic_unknown",
        "unit_unknown",
    ]
    assert file(house).number == 2


def test_the_topic_decides_the_unit_that_gets_it(house):
    case = file(house, topic_id=house.topics["Inundaciones"])
    assert (case.unit_id, case.state) == (house.units["obras"], "with_unit")
    assert file(house, "acceso").unit_id == house.units["juridico"]
    assert file(house).state == "received"


def test_classifying_as_another_kind_starts_its_clock_from_the_filing(house):
    case = file(house, "consulta")
    before = clock(house, case)
    kind = house.kinds["acceso"]
    changed = do(
        classify_case, house, case, now=NOW + 2 * DAY, kind_id=kind.pk, topic_id=house.topics["Transparencia"]
    )
    after = clock(house, case)
    assert (before.rule_id, after.rule_id) == ("CL.OIRS", "CL.SAIP")
    assert after.day0 == before.day0
    assert changed.legal_due_on == after.due_on
    assert refusal(lambda: do(classify_case, house, case, topic_id=999_999)) == "topic_unknown"


def test_referring_takes_the_case_from_whoever_had_it(house):
    case = file(house, unit_id=house.units["obras"])
    do(assign_case, house, case, assignee_id=house.user(Role.UNIT_OFFICER).pk)
    case = do(refer_case, house, case, unit_id=house.units["juridico"], reason="Es legal")
    assert (case.unit_id, case.assignee_id, case.state) == (house.units["juridico"], None, "with_unit")
    assert refusal(lambda: do(refer_case, house, case, unit_id=house.units["juridico"])) == "same_unit"
    assert refusal(lambda: do(refer_case, house, case, unit_id=999_999)) == "unit_unknown"
    assert refusal(lambda: do(assign_case, house, case, assignee_id=999_999)) == "assignee_unknown"


def test_asking_pauses_what_may_pause_and_completing_moves_the_due_day(house):
    case = file(house, "acceso", unit_id=house.units["obras"])
    due = clock(house, case).due_on
    asked = do(ask_for_information, house, case, now=NOW + DAY, body="¿De qué año?")
    assert asked.state == "waiting"
    paused = clock(house, case).state
    informed = say(add_information, house, case, now=NOW + 8 * DAY, body="De 2025.")
    assert informed.state == "with_unit"
    moved = clock(house, case).due_on
    assert (moved > due) == (paused == "paused")
    assert informed.legal_due_on == moved


def test_a_term_is_extended_once_with_reasons_and_in_time(house):
    case = file(house, unit_id=house.units["obras"])
    due = case.legal_due_on
    assert refusal(lambda: do(extend_term, house, case, reason=" ")) == "text_missing"
    longer = do(extend_term, house, case, reason="Faltan informes de otro servicio.")
    assert longer.legal_due_on > due
    with pytest.raises(Refused):
        do(extend_term, house, case, reason="Otra vez.")
    late = file(house, unit_id=house.units["obras"])
    with pytest.raises(Refused):
        do(extend_term, house, late, now=NOW + 200 * DAY, reason="Tarde.")
    late.refresh_from_db()
    assert late.legal_due_on == due


@pytest.mark.parametrize(("days", "missed"), [(2, []), (14, ["commitment"]), (120, ["commitment", "legal"])])
def test_an_answer_ends_the_clocks_and_counts_business_days(house, days, missed):
    case = answer(house, file(house, unit_id=house.units["obras"]), now=NOW + days * DAY)
    ended = clocks_of(house.institution.pk, "case", [case.pk])
    assert sorted(c.kind for c in ended if c.state == "missed") == missed
    assert {c.state for c in ended} <= {"met", "missed"}
    if days == 2:
        assert case.answer_days == 2  # Tuesday and Wednesday
    assert history(house.institution.pk, case.stream)[-1].data["missed"] == missed


def test_a_contested_answer_opens_a_review_with_its_own_clock(house):
    case = answer(house, file(house, unit_id=house.units["obras"]), now=NOW + DAY)
    first_days, first_at = case.answer_days, case.answered_at
    assert case.contest_until > house.today(NOW + DAY)
    again = say(contest_answer, house, case, now=NOW + 2 * DAY, body="No resuelve.")
    review = clock(house, again, "review")
    assert (again.state, again.reviews, again.due_on) == ("with_unit", 1, review.due_on)
    case = answer(house, case, now=NOW + 5 * DAY, body="Se corrige.")
    assert clock(house, case, "review").state == "met"
    assert (case.answer_days, case.answered_at) == (first_days, first_at)


def test_what_a_state_does_not_admit_is_refused_in_words(house):
    case = file(house, unit_id=house.units["obras"])
    with pytest.raises(Refused) as caught:
        do(close_case, house, case)
    assert caught.value.code == "move_not_allowed"
    assert caught.value.context["move_name"] == "cerrar"
    answer(house, case, now=NOW)
    assert refusal(lambda: do(refer_case, house, case, unit_id=house.units["oirs"])) == "move_not_allowed"
    assert refusal(lambda: say(add_information, house, case, body="Más")) == "move_not_allowed"
    suggestion = answer(house, file(house, "sugerencia"), now=NOW)
    assert refusal(lambda: say(contest_answer, house, suggestion, body="No")) == "contest_not_offered"
    assert (
        refusal(lambda: say(contest_answer, house, case, now=NOW + 200 * DAY, body="No")) == "contest_closed"
    )


def test_a_mark_is_given_once_and_from_one_to_five(house):
    case = answer(house, file(house, unit_id=house.units["obras"]), now=NOW)
    assert refusal(lambda: say(rate_answer, house, case, rating=6)) == "rating_out_of_range"
    assert say(rate_answer, house, case, rating=5).rating == 5
    assert refusal(lambda: say(rate_answer, house, case, rating=1)) == "already_rated"


def test_answered_cases_close_when_their_window_ends_and_not_before(house):
    case = answer(house, file(house, unit_id=house.units["obras"]), now=NOW)
    assert close_lapsed_cases(now=NOW + DAY) == 0
    assert close_lapsed_cases(now=NOW + 30 * DAY) == 1
    case.refresh_from_db()
    assert (case.state, case.closed_at) == ("closed", NOW + 30 * DAY)


def test_two_officers_at_once_the_second_is_told(house):
    case = file(house, unit_id=house.units["obras"])
    seen = case.version
    answer(house, case, now=NOW, version=seen)
    assert refusal(lambda: answer(house, case, now=NOW, version=seen)) == "changed_meanwhile"
    assert len(history(house.institution.pk, case.stream)) == 2


def test_old_drafts_are_forgotten(house):
    kind = house.kinds["reclamo"]
    for age in (1, 30):
        save_draft(
            institution=house.institution,
            kind=kind,
            browser="b" * 32,
            typed={"body": "x"},
            now=NOW - timedelta(hours=age),
        )
    assert forget_old_drafts(now=NOW) == 1
    assert FilingDraft.objects.count() == 1
    fact, day = FormFact.objects.get(), house.today(NOW - timedelta(hours=30))
    assert (fact.kind_id, fact.is_sent, fact.begun_on) == (kind.pk, False, day)
    count_forms(house.institution.pk, forms_of(house.institution.pk, []))
    assert FormFact.objects.get().counted_on == fact.begun_on and forms_of(house.institution.pk, []) == []
