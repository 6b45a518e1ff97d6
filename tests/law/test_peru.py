# SPDX-License-Identifier: EUPL-1.2
"""Each Peruvian flow, named after the article it serves. `NOW` is Monday 7 September 2026."""

from datetime import date

import pytest

from siac.cases.commands.endings import merge_case, settle_lapsed_corrections, transfer_case
from siac.cases.commands.silence import certify_silence, report_delay
from siac.cases.hearing.commands import hear_third_party
from siac.cases.models import Outcome
from siac.cases.public import add_information, ask_for_information, classify_case, extend_term, refer_case
from tests.factories import NOW, answer, file, person
from tests.law.flows import add_kind, clock, do, on, refusal, told

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def libro(lima):
    """Return the Peruvian body with its kind for complaints of the *Libro de Reclamaciones*."""
    add_kind(lima, "libro", "PE.LR", nature="complaint")
    return lima


def test_ds_007_2020_art_14_a_complaint_is_evaluated_in_three_days_and_answered_in_thirty(libro):
    case = file(libro, "libro")
    assert clock(libro, case, "evaluation").due_on == date(2026, 9, 10)
    assert clock(libro, case, "legal").due_on == date(2026, 10, 20)  # 8 October is a holiday
    assert case.due_on == date(2026, 9, 10)
    do(refer_case, libro, case, unit_id=libro.units["obras"])
    case.refresh_from_db()
    assert clock(libro, case, "evaluation").state == "met"
    assert case.due_on == date(2026, 10, 20)


def test_ds_007_2020_art_14_an_evaluation_after_its_third_day_was_missed(libro):
    case = file(libro, "libro")
    do(classify_case, libro, case, on(date(2026, 9, 11)), topic_id=None)
    assert (clock(libro, case, "evaluation").state, clock(libro, case, "evaluation").days_late) == (
        "missed",
        1,
    )


def test_ds_007_2020_art_14_has_no_extension(libro):
    case = file(libro, "libro")
    assert refusal(lambda: do(extend_term, libro, case, reason="Falta gente.")) == "clock_not_extendable"


def test_ds_007_2020_art_16_what_is_not_completed_in_two_days_is_filed_away(libro):
    case = file(libro, "libro")
    do(ask_for_information, libro, case, body="¿En qué sede?")
    assert clock(libro, case, "correction").due_on == date(2026, 9, 9)
    assert settle_lapsed_corrections(now=on(date(2026, 9, 9), hour=23)) == 0
    assert settle_lapsed_corrections(now=on(date(2026, 9, 10))) == 1
    case.refresh_from_db()
    assert (case.state, case.ending, told(case, "archived")) == ("closed", "archived", 1)
    assert file(libro, "libro", now=on(date(2026, 9, 11))).folio != case.folio  # it may be filed again


def test_ds_007_2020_art_16_the_clock_waits_meanwhile(libro):
    case = file(libro, "libro")
    do(ask_for_information, libro, case, on(date(2026, 9, 8)), body="¿En qué sede?")
    add_information(
        institution=libro.institution, case_id=case.pk, body="La de Lince.", now=on(date(2026, 9, 10))
    )
    case.refresh_from_db()
    assert case.legal_due_on == date(2026, 10, 22)  # two business days waited


def test_ds_007_2020_a_complaint_of_another_body_is_sent_there(libro):
    case = file(libro, "libro")
    do(transfer_case, libro, case, competent_body="Sunat", reason="Es una sede suya.")
    case.refresh_from_db()
    assert (case.ending, told(case, "transferred")) == ("transferred", 1)
    assert clock(libro, case, "evaluation").state == "cancelled"


def test_ds_007_2020_complaints_about_one_event_join_the_oldest_and_all_get_the_answer(libro):
    first, second, third = file(libro, "libro"), file(libro, "libro"), file(libro, "libro")
    do(merge_case, libro, third, into=second.folio)
    do(merge_case, libro, second, into=first.folio, reason="Mismo hecho y sede.")
    for joined in (second, third):
        joined.refresh_from_db()
        assert (joined.merged_into, joined.ending, joined.due_on) == (first, "merged", None)
    answer(libro, first, now=on(date(2026, 9, 20)), outcome=Outcome.UPHELD)
    assert [told(case, "answered") for case in (first, second, third)] == [1, 1, 1]


def test_a_case_is_not_joined_to_itself_to_nothing_or_to_one_that_is_done(libro):
    case, done = file(libro, "libro"), file(libro, "libro")
    answer(libro, done, now=NOW)
    assert refusal(lambda: do(merge_case, libro, case, into=case.folio)) == "merge_itself"
    assert refusal(lambda: do(merge_case, libro, case, into="2026-999999")) == "merge_target_unknown"
    assert refusal(lambda: do(merge_case, libro, case, into="cualquiera")) == "merge_target_unknown"
    assert refusal(lambda: do(merge_case, libro, case, into=done.folio)) == "merge_target_closed"


def test_a_restricted_case_does_not_join_an_open_one(libro):
    case, restricted = file(libro, "libro"), file(libro, "denuncia")
    # Whoever does not see a restricted case is not told that it exists.
    assert refusal(lambda: do(merge_case, libro, case, into=restricted.folio)) == "merge_target_unknown"
    assert refusal(lambda: do(merge_case, libro, restricted, into=case.folio)) == "merge_restricted"


def test_ley_27806_art_11_g_the_extension_is_a_day_told_within_two_days(lima):
    case = file(lima, "acceso")
    assert case.legal_due_on == date(2026, 9, 21)
    assert refusal(lambda: do(extend_term, lima, case, reason="Es mucho.")) == "extension_needs_day"
    off = lambda: do(extend_term, lima, case, reason="Es mucho.", until=date(2026, 10, 17))  # noqa: E731
    assert refusal(off) == "extension_day_off"
    do(extend_term, lima, case, on(date(2026, 9, 9)), reason="Es mucho.", until=date(2026, 10, 16))
    case.refresh_from_db()
    assert case.legal_due_on == date(2026, 10, 16)


def test_ley_27806_art_11_g_told_on_the_third_day_it_is_late(lima):
    case = file(lima, "acceso")
    told_on, until = on(date(2026, 9, 10)), date(2026, 10, 16)
    assert (
        refusal(lambda: do(extend_term, lima, case, told_on, reason="Es mucho.", until=until))
        == "extension_told_late"
    )


def test_ley_27806_art_11_d_silence_denies_and_may_be_appealed_without_limit(lima):
    case = file(lima, "acceso")
    done = certify_silence(
        institution=lima.institution, case_id=case.pk, actor=None, now=on(date(2026, 9, 22))
    )
    assert done.silence_certified_at is not None
    assert refusal(
        lambda: report_delay(institution=lima.institution, case_id=case.pk, now=on(date(2026, 9, 22)))
    ) == ("delay_not_reportable")


def test_lpag_188_positive_silence_comes_after_the_days_to_decide_and_those_to_notify(lima):
    add_kind(lima, "licencia", "PE.PROC")
    case = file(lima, "licencia")
    assert case.legal_due_on == date(2026, 10, 20)  # thirty business days
    early = lambda: do(certify_silence, lima, case, on(date(2026, 10, 27)))  # noqa: E731
    assert refusal(early) == "term_still_running"  # five more, to notify
    done = do(certify_silence, lima, case, on(date(2026, 10, 28)))
    assert done.silence_certified_at is not None


def test_ds_016_2024_art_66_and_70_lacking_requirements_restart_the_term_and_asking_more_suspends_it(lima):
    add_kind(lima, "datos", "PE.ARCO", nature="data_right")
    lacking, more = (file(lima, "datos") for _ in range(2))
    assert more.legal_due_on == date(2026, 10, 5)  # twenty business days
    do(ask_for_information, lima, lacking, on(date(2026, 9, 9)), body="Falta la firma.")
    do(ask_for_information, lima, more, on(date(2026, 9, 9)), body="¿De qué años?", more=True)
    assert clock(lima, lacking, "correction").due_on == date(2026, 9, 16)  # five to complete
    assert clock(lima, more, "correction").due_on == date(2026, 9, 23)  # ten to tell more
    for case in (lacking, more):
        add_information(
            institution=lima.institution, case_id=case.pk, body="Aquí va.", now=on(date(2026, 9, 14))
        )
        case.refresh_from_db()
    assert lacking.legal_due_on == date(2026, 10, 13)  # twenty from the 14th: 8 October is a holiday
    assert more.legal_due_on == date(2026, 10, 9)  # two used, eighteen left


def test_ds_016_2024_art_70_who_tells_no_more_lets_the_term_go_on(lima):
    add_kind(lima, "datos", "PE.ARCO", nature="data_right")
    case = file(lima, "datos")
    do(ask_for_information, lima, case, on(date(2026, 9, 9)), body="¿De qué años?", more=True)
    assert settle_lapsed_corrections(now=on(date(2026, 9, 23))) == 0
    assert settle_lapsed_corrections(now=on(date(2026, 9, 24))) == 1
    case.refresh_from_db()
    assert (case.state, case.ending, case.legal_due_on) == (
        "with_unit" if case.unit_id else case.state,
        "",
        date(2026, 10, 20),
    )


def test_lpag_136_an_incomplete_filing_counts_as_never_filed(lima):
    case = file(lima, "consulta")
    do(ask_for_information, lima, case, body="Falta la firma.")
    settle_lapsed_corrections(now=on(date(2026, 9, 10)))
    case.refresh_from_db()
    assert case.ending == "not_filed"


def test_lpag_218_a_denial_opens_fifteen_days_to_appeal(lima):
    case = file(lima, "consulta", unit_id=lima.units["obras"])
    answer(lima, case, now=NOW, outcome=Outcome.DENIED, body="No procede.")
    assert clock(lima, case, "appeal_window").due_on == date(2026, 9, 28)


def test_peru_hears_no_third_party_before_delivery(lima):
    case = file(lima, "acceso")
    heard = lambda: do(hear_third_party, lima, case, person=person("PE"), body="Le afecta.")  # noqa: E731
    assert refusal(heard) == "no_third_parties"
