# SPDX-License-Identifier: EUPL-1.2
"""Each Chilean flow, named after the article it serves. `NOW` is Monday 7 September 2026."""

from datetime import date, datetime, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.commands.endings import (
    declare_lapsed,
    dismiss_case,
    reopen_case,
    settle_lapsed_corrections,
    transfer_case,
    withdraw_case,
)
from siac.cases.commands.reminding import remind_to_complete
from siac.cases.commands.silence import certify_silence, report_delay
from siac.cases.hearing.commands import hear_third_party, record_stand, settle_silent_third_parties
from siac.cases.models import Outcome, ThirdParty
from siac.cases.public import add_information, ask_for_information, extend_term
from siac.clocks.public import clocks_of
from siac.notices.models import Notice
from tests.factories import NOW, House, answer, file, person
from tests.law.flows import add_kind, clock, do, on, refusal, told

pytestmark = [pytest.mark.django_db]


def test_ley_20285_art_12_an_incomplete_request_restarts_when_completed(house):
    case = file(house, "acceso")
    assert clock(house, case, "legal").due_on == date(2026, 10, 6)
    do(ask_for_information, house, case, body="¿De qué años?")
    assert clock(house, case, "correction").due_on == date(2026, 9, 14)  # five business days
    assert clock(house, case, "legal").state == "paused"
    later = add_information(
        institution=house.institution, case_id=case.pk, body="2024 y 2025.", now=on(date(2026, 9, 10))
    )
    assert clock(house, case, "correction").state == "met"
    assert later.legal_due_on == date(
        2026, 10, 9
    )  # twenty business days from the 10th: the 18th is a holiday


@pytest.mark.parametrize(
    ("kind", "day", "due"),
    [
        # Saturday 12 September counts as Monday 14: twenty business days from there (18
        # September and 12 October are holidays)
        ("acceso", date(2026, 9, 12), date(2026, 10, 14)),
        # the twenty days of the standard had not begun to be used
        ("consulta", date(2026, 9, 12), date(2026, 10, 14)),
    ],
)
def test_ley_19880_art_25_an_answer_on_a_day_off_resumes_the_term_from_the_next_business_day(
    house, kind, day, due
):
    case = file(house, kind, unit_id=house.units["obras"])
    do(ask_for_information, house, case, body="¿De qué años?")
    add_information(institution=house.institution, case_id=case.pk, body="De 2024.", now=on(day))
    legal = clock(house, case, "legal")
    assert legal.pauses[-1]["answered_on"] == "2026-09-14"
    assert legal.pauses[-1]["received_on"] == day.isoformat()
    assert legal.due_on == due
    case.refresh_from_db()
    assert case.legal_due_on == due
    page = house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").text
    assert "día inhábil: se tiene por recibido el siguiente hábil" in page


def test_ley_20285_art_12_who_does_not_complete_is_reminded_once_and_then_gives_up_by_law(house):
    case = file(house, "acceso")
    do(ask_for_information, house, case, body="¿De qué años?")
    assert remind_to_complete(now=on(date(2026, 9, 9))) == 0
    assert remind_to_complete(now=on(date(2026, 9, 10))) == 1
    assert remind_to_complete(now=on(date(2026, 9, 11))) == 0
    assert settle_lapsed_corrections(now=on(date(2026, 9, 14), hour=23)) == 0  # the last day is the person's
    assert settle_lapsed_corrections(now=on(date(2026, 9, 15))) == 1
    assert settle_lapsed_corrections(now=on(date(2026, 9, 15))) == 0
    case.refresh_from_db()
    assert (case.state, case.ending, case.due_on) == ("closed", "lapsed", None)
    assert told(case, "lapsed") == 1
    assert case.contest_until is not None  # it may be looked at again


def test_a_pause_answered_after_its_term_finds_the_case_closed_and_says_so(house):
    case = file(house, "acceso")
    do(ask_for_information, house, case, body="¿De qué años?")
    settle_lapsed_corrections(now=on(date(2026, 9, 15)))
    late = lambda: add_information(  # noqa: E731
        institution=house.institution, case_id=case.pk, body="Tarde.", now=on(date(2026, 9, 16))
    )
    assert refusal(late) == "move_not_allowed"


def test_ley_19880_art_31_giving_up_is_declared_by_the_body(house):
    case = file(house, "consulta", unit_id=house.units["obras"])
    do(ask_for_information, house, case, body="¿Qué calle?")
    early = lambda: do(declare_lapsed, house, case, on(date(2026, 9, 14)), reason="No respondió.")  # noqa: E731
    assert refusal(early) == "correction_still_running"
    assert settle_lapsed_corrections(now=on(date(2026, 9, 15))) == 1
    case.refresh_from_db()
    assert (case.state, case.ending) == ("with_unit", "")  # nothing ends without an act
    # asked on the very day it came in, all twenty days run from the last day the person had
    assert case.legal_due_on == date(2026, 10, 14)
    do(declare_lapsed, house, case, on(date(2026, 9, 16)), reason="No respondió a tiempo.")
    case.refresh_from_db()
    assert (case.state, case.ending) == ("closed", "lapsed")


def test_ley_20285_art_13_what_another_body_holds_is_sent_there_and_the_person_told(house):
    case = file(house, "acceso")
    do(
        transfer_case,
        house,
        case,
        competent_body="Municipalidad de Coquimbo",
        reason="Los permisos son suyos.",
    )
    case.refresh_from_db()
    assert (case.state, case.ending, case.due_on, case.contest_until) == ("closed", "transferred", None, None)
    assert told(case, "transferred") == 1
    assert {c.state for c in clocks_of(house.institution.pk, "case", [case.pk])} == {"cancelled"}


def test_ley_20285_art_14_the_extension_is_told_before_the_term_ends_and_only_once(house):
    case = file(house, "acceso")
    last = on(date(2026, 10, 6), hour=23)
    do(extend_term, house, case, last, reason="Hay que reunir mil documentos.")
    case.refresh_from_db()
    assert case.legal_due_on == date(
        2026, 10, 21
    )  # thirty business days from the filing, 18 Sep and 12 Oct skipped
    assert refusal(lambda: do(extend_term, house, case, last, reason="Más.")) == "clock_already_extended"
    other = file(house, "acceso")
    late = lambda: do(extend_term, house, other, on(date(2026, 10, 7)), reason="Tarde.")  # noqa: E731
    assert refusal(late) == "clock_term_has_ended"


def third(house: House, case, now: datetime = NOW) -> ThirdParty:
    who = person(email="empresa@ejemplo.org", document_number="76086428-5")
    do(hear_third_party, house, case, now, person=who, body="Piden el contrato que firmó.")
    return ThirdParty.objects.filter(case=case).latest("pk")


def test_ley_20285_art_20_an_objection_blocks_the_delivery(house):
    case = file(house, "acceso", unit_id=house.units["obras"])
    told_one = third(house, case)
    assert told_one.until == date(2026, 9, 10)  # three business days
    assert refusal(lambda: answer(house, case, now=NOW)) == "third_party_pending"
    record_stand(
        institution=house.institution,
        third_party_id=told_one.pk,
        objects=True,
        body="Es secreto comercial.",
        actor=None,
        now=on(date(2026, 9, 10), hour=22),
    )
    assert refusal(lambda: answer(house, case, now=on(date(2026, 9, 11)))) == "third_party_objected"
    answer(house, case, now=on(date(2026, 9, 11)), outcome=Outcome.PARTLY, body="Se entrega lo demás.")
    assert Notice.objects.filter(kind="cases.third_party").count() == 1


def test_ley_20285_art_20_silence_of_the_third_party_consents(house):
    case = file(house, "acceso", unit_id=house.units["obras"])
    told_one = third(house, case)
    assert settle_silent_third_parties(now=on(date(2026, 9, 10), hour=23)) == 0
    assert settle_silent_third_parties(now=on(date(2026, 9, 11))) == 1
    told_one.refresh_from_db()
    assert told_one.stand == "silent"
    late = lambda: record_stand(  # noqa: E731
        institution=house.institution, third_party_id=told_one.pk, objects=True, body="Tarde.", actor=None,
        now=on(date(2026, 9, 14)),
    )  # fmt: skip
    assert refusal(late) == "third_party_late"
    answer(house, case, now=on(date(2026, 9, 14)))


def test_ley_20285_art_20_who_was_told_is_not_told_twice_and_other_kinds_hear_nobody(house):
    case = file(house, "acceso")
    third(house, case)
    assert refusal(lambda: third(house, case)) == "third_party_told"
    assert refusal(lambda: third(house, file(house, "consulta"))) == "no_third_parties"


def test_ley_20285_art_24_a_denial_opens_the_amparo_for_fifteen_business_days(house):
    case = file(house, "acceso", unit_id=house.units["obras"])
    answer(house, case, now=NOW, outcome=Outcome.DENIED, body="Es secreto.")
    window = clock(house, case, "appeal_window")
    assert (window.label, window.due_on) == ("Consejo para la Transparencia (amparo)", date(2026, 9, 29))
    case.refresh_from_db()
    assert case.due_on is None  # the term is the person's: it makes no work for the body


def test_ley_19880_art_64_positive_silence_comes_after_the_report_of_the_delay(house):
    add_kind(house, "tramite", "CL.PROC")
    filed = on(date(2026, 3, 2))
    case = file(house, "tramite", now=filed, unit_id=house.units["obras"])
    assert case.legal_due_on == date(2026, 9, 2)
    early = lambda: report_delay(institution=house.institution, case_id=case.pk, now=on(date(2026, 9, 2)))  # noqa: E731
    assert refusal(early) == "delay_not_reportable"
    report_delay(institution=house.institution, case_id=case.pk, now=on(date(2026, 9, 3)))
    assert clock(house, case, "delay_report").due_on == date(2026, 9, 10)
    assert (
        refusal(lambda: report_delay(institution=house.institution, case_id=case.pk, now=NOW))
        == "delay_not_reportable"
    )
    done = certify_silence(
        institution=house.institution, case_id=case.pk, actor=None, now=on(date(2026, 9, 11))
    )
    assert done.silence_certified_at is not None


def test_ley_19880_art_65_the_certificate_of_silence_is_given_once_the_term_has_ended(house):
    case = file(house, "consulta")
    early = lambda: certify_silence(  # noqa: E731
        institution=house.institution, case_id=case.pk, actor=None, now=on(date(2026, 10, 6))
    )
    assert refusal(early) == "term_still_running"
    after_it = on(date(2026, 10, 7))
    first = certify_silence(institution=house.institution, case_id=case.pk, actor=None, now=after_it)
    again = certify_silence(
        institution=house.institution, case_id=case.pk, actor=None, now=after_it + timedelta(days=3)
    )
    assert first.silence_certified_at == again.silence_certified_at == after_it


def test_ley_19880_art_42_who_files_may_withdraw(house):
    case = file(house, "consulta")
    withdraw_case(institution=house.institution, case_id=case.pk, body="Ya lo resolví.", actor=None, now=NOW)
    case.refresh_from_db()
    assert (case.state, case.ending) == ("closed", "withdrawn")


def test_ley_19880_art_41_what_is_not_admitted_says_why_and_how_to_appeal(house):
    case = file(house, "consulta", unit_id=house.units["obras"])
    assert refusal(lambda: do(dismiss_case, house, case, reason=" ")) == "text_missing"
    do(dismiss_case, house, case, reason="No es un asunto de este servicio ni de otro.")
    case.refresh_from_db()
    assert (case.ending, case.contest_until) == ("dismissed", date(2026, 9, 22))
    assert clock(house, case, "appeal_window").due_on == date(2026, 9, 14)


def test_closing_by_mistake_wins_no_time(house):
    case = file(house, "acceso")
    before = case.legal_due_on
    do(transfer_case, house, case, competent_body="Otro", reason="Creímos que era suyo.")
    do(reopen_case, house, case, on(date(2026, 9, 21)), reason="Era nuestro.")
    case.refresh_from_db()
    assert (case.state, case.ending, case.legal_due_on) == ("with_unit", "", before)


def test_the_time_a_case_waited_before_it_ended_is_not_lost_when_it_comes_back(house):
    case = file(house, "consulta")
    do(ask_for_information, house, case, on(date(2026, 9, 8)), body="¿Qué calle?")
    do(transfer_case, house, case, on(date(2026, 9, 10)), competent_body="Otro", reason="Es suyo.")
    do(reopen_case, house, case, on(date(2026, 9, 11)), reason="Era nuestro.")
    case.refresh_from_db()
    # one day used up to the 8th, two waited, nineteen more from the 10th
    assert case.legal_due_on == date(2026, 10, 8)


def test_ley_21719_data_rights_have_thirty_days_from_1_december_2026_without_touching_the_kind(house):
    add_kind(house, "datos", "CL.ARCO.OLD", nature="data_right")
    before, after = (file(house, "datos", now=on(day)) for day in (date(2026, 11, 30), date(2026, 12, 1)))
    assert before.legal_due_on == date(2026, 12, 2)  # two business days
    assert after.legal_due_on == date(2026, 12, 31)  # thirty days
    assert clock(house, after, "legal").rule_id == "CL.ARCO"
    do(extend_term, house, after, on(date(2026, 12, 30)), reason="Son muchos registros.")
    after.refresh_from_db()
    assert after.legal_due_on == date(2027, 2, 1)  # thirty more, once; 30 January is a Saturday
