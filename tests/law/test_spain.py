# SPDX-License-Identifier: EUPL-1.2
"""Each Spanish flow, named after the article it serves. `NOW` is Monday 7 September 2026."""

from datetime import date, timedelta

import pytest

from siac.cases.commands.acknowledging import acknowledge_case
from siac.cases.commands.endings import declare_lapsed, settle_lapsed_corrections
from siac.cases.commands.silence import certify_silence
from siac.cases.hearing.commands import hear_third_party, record_stand, settle_silent_third_parties
from siac.cases.models import Outcome, ThirdParty
from siac.cases.public import add_information, ask_for_information, extend_term
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.factories import NOW, answer, file, person
from tests.law.flows import clock, do, on, refusal

pytestmark = [pytest.mark.django_db]


def test_rd_951_2005_art_16_the_complaint_goes_on_after_ten_days_without_clarification(madrid):
    case = file(madrid, "reclamo")
    before = case.legal_due_on
    assert before == date(2026, 10, 5)
    do(ask_for_information, madrid, case, on(date(2026, 9, 9)), body="¿Qué oficina?")
    assert clock(madrid, case, "correction").due_on == date(2026, 9, 23)
    assert settle_lapsed_corrections(now=on(date(2026, 9, 24))) == 1
    case.refresh_from_db()
    # two days used, eighteen left from the last day that was given
    assert (case.state, case.ending, case.legal_due_on) == ("with_unit", "", date(2026, 10, 20))
    declare = lambda: do(declare_lapsed, madrid, case, on(date(2026, 9, 25)), reason="No aclaró.")  # noqa: E731
    assert refusal(declare) == "no_correction_asked"


def test_ley_39_2015_art_21_4_the_receipt_is_owed_in_ten_days_and_mailing_it_meets_that(madrid):
    case = file(madrid, "acceso")
    assert clock(madrid, case, "acknowledgement").due_on == date(2026, 9, 21)
    assert case.due_on == date(2026, 9, 21)
    later = NOW + timedelta(hours=1)
    assert send_due(lambda: later) >= 1
    case.refresh_from_db()
    assert clock(madrid, case, "acknowledgement").state == "met"
    assert case.due_on == case.legal_due_on
    receipt = Notice.objects.get(subject_id=case.pk, kind="cases.receipt")
    assert "Se entiende desestimada" in receipt.body


def test_ley_39_2015_art_21_4_a_receipt_given_by_letter_is_written_down(madrid):
    case = file(madrid, "acceso", who=person("ES", email="", address="Calle Mayor 1"))
    do(acknowledge_case, madrid, case, body="Carta certificada 123.")
    assert clock(madrid, case, "acknowledgement").state == "met"
    again = lambda: do(acknowledge_case, madrid, case, body="Otra vez.")  # noqa: E731
    assert refusal(again) == "nothing_to_acknowledge"


def test_ley_39_2015_art_68_giving_up_needs_a_resolution(madrid):
    case = file(madrid, "acceso")
    do(ask_for_information, madrid, case, body="¿Qué expediente?")
    assert settle_lapsed_corrections(now=on(date(2026, 9, 22))) == 1
    case.refresh_from_db()
    assert case.state == "with_unit"
    do(declare_lapsed, madrid, case, on(date(2026, 9, 23)), reason="No lo concretó.")
    case.refresh_from_db()
    assert case.ending == "lapsed"
    assert clock(madrid, case, "appeal_window").label.startswith("Consejo de Transparencia")


def test_ley_39_2015_art_68_who_completed_cannot_be_taken_to_have_given_up(madrid):
    case = file(madrid, "acceso")
    do(ask_for_information, madrid, case, body="¿Qué expediente?")
    add_information(institution=madrid.institution, case_id=case.pk, body="El 12.", now=on(date(2026, 9, 10)))
    declare = lambda: do(declare_lapsed, madrid, case, on(date(2026, 9, 25)), reason="No lo concretó.")  # noqa: E731
    assert refusal(declare) == "correction_done"


def test_ley_19_2013_art_19_3_the_term_waits_while_a_third_party_is_heard(madrid):
    case = file(madrid, "acceso", unit_id=madrid.units["obras"])
    assert case.legal_due_on == date(2026, 10, 7)
    who = person("ES", email="empresa@ejemplo.org", document_number="")
    do(hear_third_party, madrid, case, person=who, body="Piden su contrato.")
    told = ThirdParty.objects.get(case=case)
    assert told.until == date(2026, 9, 28)
    case.refresh_from_db()
    assert clock(madrid, case, "legal").state == "paused"
    record_stand(
        institution=madrid.institution,
        third_party_id=told.pk,
        objects=True,
        body="Me perjudica.",
        actor=None,
        now=on(date(2026, 9, 14)),
    )
    case.refresh_from_db()
    assert case.legal_due_on == date(2026, 10, 14)  # seven days waited
    answer(
        madrid, case, now=on(date(2026, 9, 15)), outcome=Outcome.UPHELD
    )  # here an objection is weighed, it does not block


def test_ley_19_2013_art_19_3_the_term_goes_on_after_the_last_day_of_a_silent_third_party(madrid):
    case = file(madrid, "acceso")
    for name in ("una", "otra"):
        who = person("ES", email=f"{name}@ejemplo.org", document_number="")
        do(hear_third_party, madrid, case, person=who, body="Piden su contrato.")
    first = ThirdParty.objects.filter(case=case).earliest("pk")
    record_stand(
        institution=madrid.institution, third_party_id=first.pk, objects=False, body="", actor=None,
        now=on(date(2026, 9, 9)),
    )  # fmt: skip
    assert clock(madrid, case, "legal").state == "paused"  # the other one is still heard
    assert settle_silent_third_parties(now=on(date(2026, 9, 29))) == 1
    case.refresh_from_db()
    assert case.legal_due_on == date(2026, 10, 28)  # twenty-one days waited, up to 28 September


def test_a_third_party_that_answers_does_not_end_the_wait_for_the_person(madrid):
    case = file(madrid, "acceso")
    who = person("ES", email="empresa@ejemplo.org", document_number="")
    do(hear_third_party, madrid, case, person=who, body="Piden su contrato.")
    do(ask_for_information, madrid, case, on(date(2026, 9, 8)), body="¿Qué expediente?")
    told = ThirdParty.objects.get(case=case)
    record_stand(
        institution=madrid.institution,
        third_party_id=told.pk,
        objects=False,
        body="",
        actor=None,
        now=on(date(2026, 9, 9)),
    )
    assert clock(madrid, case, "legal").state == "paused"
    add_information(institution=madrid.institution, case_id=case.pk, body="El 12.", now=on(date(2026, 9, 10)))
    assert clock(madrid, case, "legal").state == "running"


def test_ley_19_2013_art_20_1_the_extension_doubles_the_month(madrid):
    case = file(madrid, "acceso")
    do(extend_term, madrid, case, reason="Por su volumen.")
    case.refresh_from_db()
    assert case.legal_due_on == date(
        2026, 11, 9
    )  # the 7th is a Saturday; the city's own days are not in this calendar


def test_ley_19_2013_art_20_4_silence_denies(madrid):
    case = file(madrid, "acceso")
    certify_silence(institution=madrid.institution, case_id=case.pk, actor=None, now=on(date(2026, 10, 8)))
    assert clock(madrid, case, "appeal_window").due_on == date(2026, 11, 9)  # the 8th is a Sunday
