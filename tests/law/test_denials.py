# SPDX-License-Identifier: EUPL-1.2
"""No denial of access leaves without its legal ground, reasons of its own and,
where a document is reserved, its entry.

Arts. 21 and 23 Ley 20.285, arts. 15-17 TUO Ley 27806, arts. 14, 15 and 18 Ley
19/2013. `NOW` is Monday 7 September 2026.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from siac.accounts.public import Role
from siac.cases.commands.approving import approve_answer, submit_answer
from siac.cases.commands.endings import dismiss_case, reopen_case
from siac.cases.commands.undoing import undo
from siac.cases.letters.typesetting import letter_pdf
from siac.cases.lists.rows import HEADERS, list_rows
from siac.cases.models import AnswerDraft, Case, CaseMessage, Outcome, ReserveCause, ReserveEntry
from siac.cases.notices import answer_text
from siac.cases.proof.verification import case_problems
from siac.cases.reserve.commands import end_reserve, enter_reserve, index_denied_case
from siac.clocks.public import rule_book
from siac.notices.models import Notice
from siac.people.public import PersonData
from tests.factories import NOW, answer, file, make_house
from tests.law.flows import add_kind, do, on, refusal

pytestmark = [pytest.mark.django_db]
REASONS = "Entregarlo revelaría el domicilio de tres denunciantes, que pidieron reserva."
GROUNDS = {"CL": "CL.SAIP.21.2", "PE": "PE.SAIP.17.5", "ES": "ES.SAIP.15.3"}
TODAY = date(2026, 9, 7)


def entered(house, *, cause=ReserveCause.PERSONS, **changes):
    values = {
        "act": "Nómina de denunciantes",
        "resolution": "Resolución exenta 9",
        "resolved_on": TODAY,
        "reserved_from": TODAY,
        "actor": None,
        "now": NOW,
    }
    return enter_reserve(institution=house.institution, cause=cause, **{**values, **changes})


def asked(house, **more):
    return file(house, "acceso", unit_id=house.units["obras"], **more)


def why(house, **changes):
    """Return what a whole denial says in the body's country, with an entry of the index where it is
    needed.
    """
    country = house.institution.jurisdiction
    said = {"ground": GROUNDS[country], "reasons": REASONS}
    if country == "CL":
        said["reserve_id"] = entered(house).pk
    return {**said, **changes}


@pytest.mark.parametrize("outcome", [Outcome.DENIED, Outcome.PARTLY])
@pytest.mark.parametrize("body", ["house", "lima", "madrid"])
def test_a_denial_of_access_is_sent_only_with_a_ground_of_its_law_and_reasons_of_its_own(
    request, body, outcome
):
    house = request.getfixturevalue(body)
    case, whole = asked(house), why(house)
    for lacking, code in (
        ({"ground": ""}, "ground_missing"),
        ({"ground": "CL.SAIP.99"}, "ground_missing"),
        ({"ground": GROUNDS["PE" if body != "lima" else "ES"]}, "ground_missing"),
        ({"reasons": " \n "}, "reasons_missing"),
        ({"reasons": rule_book().ground(whole["ground"]).words.upper()}, "reasons_missing"),
    ):
        refused = refusal(
            lambda lacking=lacking: answer(house, case, now=NOW, outcome=outcome, **{**whole, **lacking})
        )
        assert refused == code, lacking
    case.refresh_from_db()
    assert (case.state, case.outcome, CaseMessage.objects.filter(case=case).count()) == ("with_unit", "", 0)
    answer(house, case, now=NOW, outcome=outcome, **whole)
    case.refresh_from_db()
    assert (case.outcome, case.ground) == (outcome, whole["ground"])


def test_where_the_ground_reserves_a_document_the_answer_names_its_entry_in_the_index(house):
    case = asked(house)
    ended = entered(house)
    end_reserve(
        institution=house.institution,
        entry_id=ended.pk,
        reason="Ya se publicó.",
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )
    over = entered(
        house, resolved_on=date(2026, 8, 1), reserved_from=date(2026, 8, 1), reserved_until=date(2026, 9, 6)
    )
    other_cause = entered(house, cause=ReserveCause.SECURITY)
    denied = lambda **more: answer(house, case, now=NOW, outcome=Outcome.DENIED, **why(house, **more))  # noqa: E731
    assert refusal(lambda: denied(reserve_id=None)) == "reserve_missing"
    for wrong in (ended.pk, over.pk, other_cause.pk, 999_999):
        assert refusal(lambda wrong=wrong: denied(reserve_id=wrong)) == "reserve_other"
    assert refusal(lambda: denied(ground="CL.SAIP.21.1c")) == "reserve_not_asked"
    right = entered(house)
    denied(reserve_id=right.pk)
    case.refresh_from_db()
    assert case.reserve_entry == right


def test_the_entry_of_another_body_is_no_entry(house):
    other = make_house("quintero")
    foreign = entered(other)
    case = asked(house)
    call = lambda: answer(house, case, now=NOW, outcome=Outcome.DENIED, **why(house, reserve_id=foreign.pk))  # noqa: E731
    assert refusal(call) == "reserve_other"


def test_the_document_is_entered_in_the_index_from_the_open_request_and_then_it_is_denied(house):
    case = asked(house)
    do(
        index_denied_case,
        house,
        case,
        act="Nómina",
        cause=ReserveCause.PERSONS,
        resolution="Res. 9",
        resolved_on=TODAY,
        reserved_from=TODAY,
    )
    entry = ReserveEntry.objects.get(case=case)
    answer(house, case, now=NOW, outcome=Outcome.PARTLY, **why(house, reserve_id=entry.pk))


def test_what_gives_everything_or_has_no_grounds_in_its_law_asks_for_none(house):
    answer(house, asked(house), now=NOW)
    plain = file(house, "reclamo", unit_id=house.units["obras"])
    given = lambda **more: answer(house, plain, now=NOW, outcome=Outcome.DENIED, **more)  # noqa: E731
    assert refusal(lambda: given(ground="CL.SAIP.21.2", reasons=REASONS)) == "denial_not_here"
    given()
    case = asked(house)
    assert (
        refusal(lambda: answer(house, case, now=NOW, ground="CL.SAIP.21.2", reasons=REASONS))
        == "denial_not_here"
    )


def test_data_rights_are_denied_only_on_a_ground_of_the_law_in_force_when_they_were_filed(house):
    add_kind(house, "datos", "CL.ARCO.OLD")
    old = file(house, "datos", unit_id=house.units["obras"])
    new = file(house, "datos", unit_id=house.units["obras"], now=on(date(2026, 12, 2)))
    later = on(date(2026, 12, 3))
    denied = lambda case, ground, now: answer(  # noqa: E731
        house, case, now=now, outcome=Outcome.DENIED, ground=ground, reasons=REASONS
    )
    assert refusal(lambda: denied(old, "CL.ARCO.7.3", NOW)) == "ground_missing"
    assert refusal(lambda: denied(new, "CL.ARCO.OLD.15.1", later)) == "ground_missing"
    denied(old, "CL.ARCO.OLD.15.1", NOW)
    denied(new, "CL.ARCO.7.3", later)


def test_neither_asking_for_approval_nor_approving_nor_not_admitting_is_a_way_around(house):
    add_kind(house, "transparencia", "CL.SAIP", nature="information_request", approver="head_of_unit")
    case = file(house, "transparencia", unit_id=house.units["obras"])
    words = {"body": "No se entrega.", "outcome": Outcome.DENIED, "draft_version": 0}
    assert refusal(lambda: do(submit_answer, house, case, **words)) == "ground_missing"
    said = why(house)
    do(submit_answer, house, case, **words, **said)
    end_reserve(
        institution=house.institution,
        entry_id=said["reserve_id"],
        reason="Se publicó.",
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )
    assert refusal(lambda: do(approve_answer, house, case)) == "reserve_other"
    other = asked(house)
    assert refusal(lambda: do(dismiss_case, house, other, reason=REASONS)) == "ground_missing"
    do(dismiss_case, house, other, reason=REASONS, ground="CL.SAIP.13")
    other.refresh_from_db()
    message = CaseMessage.objects.get(case=other, kind="dismissal")
    assert (other.ending, other.ground) == ("dismissed", "CL.SAIP.13")
    assert "art. 13, Ley 20.285" in message.body
    assert REASONS in message.body
    do(reopen_case, house, other, reason="Sí existe.")
    other.refresh_from_db()
    assert other.ground == ""


def test_an_approved_denial_carries_what_its_draft_said(house):
    add_kind(house, "transparencia", "CL.SAIP", nature="information_request", approver="head_of_unit")
    case = file(house, "transparencia", unit_id=house.units["obras"])
    said = why(house)
    do(submit_answer, house, case, body="No se entrega.", outcome=Outcome.DENIED, draft_version=0, **said)
    do(approve_answer, house, case)
    case.refresh_from_db()
    assert (case.ground, case.reserve_entry_id) == (said["ground"], said["reserve_id"])


def test_taking_back_a_denial_gives_the_draft_all_it_said(house):
    case, said = asked(house), why(house)
    answer(house, case, now=NOW, outcome=Outcome.DENIED, body="No se entrega.", **said)
    undo(
        institution=house.institution, case_id=case.pk, version=None, actor=house.user(Role.UNIT_OFFICER),
        now=NOW + timedelta(seconds=5),
    )  # fmt: skip
    case.refresh_from_db()
    draft = AnswerDraft.objects.get(case=case)
    assert (case.ground, case.reserve_entry_id, case.outcome) == ("", None, "")
    assert (draft.ground, draft.reasons, draft.reserve_entry_id) == (
        said["ground"],
        REASONS,
        said["reserve_id"],
    )
    assert not CaseMessage.objects.filter(case=case).exists()


@pytest.mark.parametrize("body", ["house", "lima", "madrid"])
def test_notice_letter_tracking_page_export_and_api_show_the_ground_with_its_article(request, body):
    house = request.getfixturevalue(body)
    case, said = asked(house), why(house)
    article = rule_book().ground(said["ground"]).article
    answer(house, case, now=NOW, outcome=Outcome.DENIED, body="No se entrega.", **said)
    case.refresh_from_db()
    message = CaseMessage.objects.get(case=case, kind="answer")
    text = answer_text(message)
    assert article in text
    assert REASONS in text
    notice = Notice.objects.get(subject_id=case.pk, kind="cases.answered")
    assert letter_pdf(house.institution, case, notice, PersonData(given_names="Ana")).startswith(b"%PDF")
    rows = list(list_rows(house.access(Role.HEAD_OF_UNIT), Case.objects.filter(pk=case.pk), now=NOW))
    assert article in rows[0][[column.title for column in HEADERS].index("Causal de la denegación")]
    page = house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").text
    assert article in page
    assert REASONS in page


def test_the_officer_chooses_among_the_grounds_of_the_law_and_loses_nothing_typed(house):
    case, entry = asked(house), entered(house)
    client, url = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    page = client.get(url).text
    assert "art. 21 N.º 2, Ley 20.285" in page
    assert "Nómina de denunciantes" in page
    typed = {
        "version": case.version,
        "draft_version": 0,
        "outcome": "denied",
        "body": "No se entrega.",
        "reasons": REASONS,
    }
    refused = client.post(f"{url}responder/", typed)
    assert refused.status_code == 422
    assert "Elija por qué causal de la ley se deniega" in refused.text
    assert REASONS in refused.text
    saved = client.post(f"{url}borrador/", {**typed, "ground": "CL.SAIP.21.2", "reserve_id": entry.pk})
    assert saved.status_code == 302
    draft = AnswerDraft.objects.get(case=case)
    assert (draft.ground, draft.reasons, draft.reserve_entry) == ("CL.SAIP.21.2", REASONS, entry)
    sent = client.post(
        f"{url}responder/",
        {**typed, "ground": "CL.SAIP.21.2", "reserve_id": entry.pk, "draft_version": draft.version},
    )
    assert sent.status_code == 302
    case.refresh_from_db()
    assert (case.outcome, case.ground, case.reserve_entry) == ("denied", "CL.SAIP.21.2", entry)
    plain = file(house, "reclamo", unit_id=house.units["obras"])
    assert (
        "Causal de la denegación" not in client.get(f"/{house.slug}/gestion/solicitudes/{plain.folio}/").text
    )


def test_the_database_keeps_a_ground_to_what_denies_and_an_entry_to_a_ground(house):
    case = asked(house)
    for values in ({"ground": "CL.SAIP.21.2"}, {"reserve_entry": entered(house)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**values)


def test_the_decisions_of_perus_book_come_from_the_pack(lima):
    add_kind(lima, "libro", "PE.LR")
    case = file(lima, "libro", unit_id=lima.units["obras"])
    assert refusal(lambda: answer(lima, case, now=NOW, outcome=Outcome.PARTLY)) == "outcome_not_here"
    assert (
        refusal(lambda: answer(lima, case, now=NOW, outcome=Outcome.UPHELD, measures=""))
        == "measures_missing"
    )
    answer(lima, case, now=NOW, outcome=Outcome.DENIED)
    case.refresh_from_db()
    assert case.outcome_words == "Denegado"


def test_the_register_proves_why_something_was_denied(house):
    taken_back, denied = asked(house), asked(house)
    said = why(house)
    answer(house, taken_back, now=NOW, outcome=Outcome.DENIED, body="No.", **said)
    undo(
        institution=house.institution,
        case_id=taken_back.pk,
        version=None,
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW + timedelta(seconds=5),
    )
    answer(house, denied, now=NOW, outcome=Outcome.DENIED, body="No se entrega.", **said)
    assert list(case_problems(house.institution.pk)) == []
    Case.objects.filter(pk=denied.pk).update(ground="CL.SAIP.21.4")
    [problem] = case_problems(house.institution.pk)
    assert denied.folio in problem
    Case.objects.filter(pk=denied.pk).update(ground=said["ground"])
    CaseMessage.objects.filter(case=denied, kind="reasons").update(body="Otra razón.")
    [problem] = case_problems(house.institution.pk)
    assert "no es el que se selló" in problem
