# SPDX-License-Identifier: EUPL-1.2
"""Whoever follows answers is told of each in its transaction, and of each that is taken back."""

from datetime import datetime, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases import features
from siac.cases.commands.undoing import undo
from siac.cases.models import AnswerDraft, Case
from siac.cases.public import AfterAnswer, Outcome, register_after_answer
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.organizations.public import Institution
from tests.cases.test_answer_drafts import TEXT, ask_approval, events, in_unit, post, submitted
from tests.factories import NOW, House, answer, file

pytestmark = pytest.mark.django_db


class Follower:
    """Notes what it is told, and refuses where a test wants it to."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str, datetime]] = []
        self.refuses = False

    def given(self, institution: Institution, case: Case, now: datetime) -> None:
        self._note("given", institution, case, now)

    def taken_back(self, institution: Institution, case: Case, now: datetime) -> None:
        self._note("taken back", institution, case, now)

    def _note(self, what: str, institution: Institution, case: Case, now: datetime) -> None:
        assert case.institution_id == institution.pk
        self.told.append((what, case.folio, case.state, now))
        if self.refuses:
            raise Refused("nobody_answers")


@pytest.fixture
def follower(monkeypatch) -> Follower:
    monkeypatch.setattr(features, "_AFTER_ANSWER", [])
    made = Follower()
    register_after_answer(AfterAnswer(given=made.given, taken_back=made.taken_back))
    return made


def unanswered(house: House) -> Case:
    return file(house, now=NOW - timedelta(days=3), unit_id=house.units["obras"])


def test_it_is_told_once_of_an_answer_with_the_case_as_it_is_then(house, follower):
    case = unanswered(house)
    answer(house, case, now=NOW, outcome=Outcome.DENIED)
    assert follower.told == [("given", case.folio, "answered", NOW)]


def test_it_is_told_through_the_page_and_not_before_it_goes_out(house, follower):
    ask_approval(house)
    case = submitted(house)
    assert follower.told == []
    assert post(house, case, "aprobar", Role.HEAD_OF_UNIT).status_code == 302
    assert [each[:3] for each in follower.told] == [("given", case.folio, "answered")]
    second = in_unit(house, "consulta")
    assert post(house, second, "responder", body=TEXT, outcome="informed").status_code == 302
    assert [each[1] for each in follower.told] == [case.folio, second.folio]


def test_where_it_refuses_nothing_is_answered(house, follower):
    case, follower.refuses = unanswered(house), True
    before = events(case)
    with pytest.raises(Refused, match="nobody_answers"):
        answer(house, case, now=NOW)
    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("with_unit", None)
    assert events(case) == before
    assert not Notice.objects.filter(kind="cases.answered").exists()


def test_it_is_told_of_what_is_taken_back_and_may_keep_it(house, follower):
    case = unanswered(house)
    answer(house, case, now=NOW)
    soon = NOW + timedelta(seconds=1)
    officer = house.user(Role.UNIT_OFFICER)
    follower.refuses = True
    with pytest.raises(Refused, match="nobody_answers"):
        undo(institution=house.institution, case_id=case.pk, version=None, actor=officer, now=soon)
    case.refresh_from_db()
    assert case.state == "answered"
    assert not AnswerDraft.objects.filter(case=case).exists()
    follower.refuses = False
    undo(institution=house.institution, case_id=case.pk, version=None, actor=officer, now=soon)
    assert follower.told[1:] == [("taken back", case.folio, "with_unit", soon)] * 2
    assert events(case)[-1] == "cases.answer_undone"


def test_taking_back_anything_else_is_nothing_to_it(house, follower):
    case = in_unit(house)
    assert post(house, case, "pedir", body="¿Cuándo fue?").status_code == 302
    assert post(house, case, "deshacer").status_code == 302
    assert "cases.ask_undone" in events(case)
    assert follower.told == []


def test_every_follower_is_told_in_the_order_of_registration(house, follower):
    second = Follower()
    second.told = follower.told
    register_after_answer(AfterAnswer(given=second.taken_back, taken_back=second.given))
    case = unanswered(house)
    answer(house, case, now=NOW)
    assert [each[0] for each in follower.told] == ["given", "taken back"]
