# SPDX-License-Identifier: EUPL-1.2
"""The last minute of a term and the first one after it, in three time zones;
reviews, changes of kind, late asking.
"""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from siac.accounts.public import Role
from siac.cases.kinds.form_rows import question_rows, read_questions
from siac.cases.models import Case
from siac.cases.public import (
    add_information,
    ask_for_information,
    classify_case,
    close_lapsed_cases,
    contest_answer,
    extend_term,
    save_kind,
)
from siac.cases.queries import in_view
from siac.charters.models import Breach
from siac.clocks.public import clocks_of, settle_overdue
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from tests.cases.test_handling import clock, do, refusal, say
from tests.factories import NOW, House, answer, file, make_house

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = timedelta(days=1)


def last_minute(house: House, day: date) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=house.institution.zone)


def first_minute_after(house: House, day: date) -> datetime:
    return datetime.combine(day + DAY, time(0, 1), tzinfo=house.institution.zone)


@pytest.fixture(params=["CL", "PE", "ES"])
def abroad(request, db) -> House:
    return make_house(f"casa-{request.param.lower()}", request.param)


def test_an_answer_in_the_last_minute_is_in_time_and_one_two_minutes_later_is_not(abroad):
    in_time, late = file(abroad, "acceso"), file(abroad, "acceso")
    due = in_time.legal_due_on
    answer(abroad, in_time, now=last_minute(abroad, due))
    answer(abroad, late, now=first_minute_after(abroad, due))
    assert clock(abroad, in_time).state == "met"
    assert (clock(abroad, late).state, clock(abroad, late).days_late) == ("missed", 1)


def test_a_review_may_be_asked_for_until_the_end_of_its_last_day(abroad):
    in_time, late = file(abroad, "acceso"), file(abroad, "acceso")
    limit = answer(abroad, in_time, now=NOW).contest_until
    answer(abroad, late, now=NOW)
    assert close_lapsed_cases(now=last_minute(abroad, limit)) == 0
    assert say(contest_answer, abroad, in_time, now=last_minute(abroad, limit), body="No").reviews == 1
    over = first_minute_after(abroad, limit)
    assert refusal(lambda: say(contest_answer, abroad, late, now=over, body="No")) == "contest_closed"


def test_a_term_is_extended_until_its_last_minute(house):
    case, late = file(house), file(house)
    due = case.legal_due_on
    extend = {"reason": "Faltan informes."}
    assert do(extend_term, house, case, now=last_minute(house, due), **extend).legal_due_on > due
    over = first_minute_after(house, due)
    assert refusal(lambda: do(extend_term, house, late, now=over, **extend)) == "clock_term_has_ended"


def test_asking_on_the_last_day_leaves_the_body_what_was_left(abroad):
    case = file(abroad, "acceso", unit_id=abroad.units["obras"])
    due = case.legal_due_on
    do(ask_for_information, abroad, case, now=last_minute(abroad, due), body="¿Cuál?")
    assert clock(abroad, case).state == "paused"
    back = last_minute(abroad, due) + 30 * DAY
    case = say(add_information, abroad, case, now=back, body="Este.")
    assert case.legal_due_on == clock(abroad, case).due_on >= abroad.today(back)
    kind = {"kind_id": abroad.kinds["consulta"].pk, "topic_id": None}
    assert refusal(lambda: do(classify_case, abroad, case, now=back, **kind)) == "kind_has_history"


def test_asking_when_it_is_late_already_hides_nothing(house):
    case = file(house, unit_id=house.units["obras"])
    late = first_minute_after(house, case.legal_due_on)
    case = do(ask_for_information, house, case, now=late, body="¿Dónde?")
    access = house.access(Role.QUALITY_MANAGER)
    shown = in_view(type(case).objects.all(), "atrasadas", access=access, today=house.today(late))
    assert (case.state, list(shown)) == ("waiting", [case])


def test_the_kind_of_an_answered_request_stays_when_it_is_contested(house):
    case = answer(house, file(house), now=NOW)
    case = say(contest_answer, house, case, now=NOW, body="No resuelve.")
    kind = {"kind_id": house.kinds["consulta"].pk, "topic_id": None}
    assert refusal(lambda: do(classify_case, house, case, **kind)) == "kind_has_history"
    assert do(classify_case, house, case, topic_id=house.topics["Inundaciones"]).due_on == case.due_on


def test_a_promise_is_broken_once_on_a_case_whatever_its_kind_is_called_meanwhile(house):
    case, late = file(house), NOW + 60 * DAY
    settle_overdue(late)
    for kind in ("consulta", "reclamo"):
        do(classify_case, house, case, now=late, kind_id=house.kinds[kind].pk, topic_id=None)
    settle_overdue(late)
    promised = [c for c in clocks_of(house.institution.pk, "case", [case.pk]) if c.kind == "commitment"]
    assert (len(promised), Breach.objects.count()) == (2, 1)


@pytest.mark.parametrize("days", [{"review_days": 0}, {"standard_days": 251}, {"contest_days": 9999}])
def test_a_kind_cannot_promise_days_that_nobody_can_count(house, days):
    with pytest.raises(Refused) as caught:
        save_kind(
            institution=house.institution, actor=None, now=NOW, kind=house.kinds["consulta"], **days
        )  # fmt: skip
    assert caught.value.code == "kind_days"
    kind = house.kinds["consulta"]
    for name, value in days.items():
        setattr(kind, name, value)
    with pytest.raises(ValidationError):
        kind.validate_constraints()


def test_questions_keep_their_code_and_hint_when_a_kind_is_saved_again():
    stored = [
        {"code": "donde", "label": "¿Dónde?", "type": "line", "required": True, "hint": "Calle y número."}
    ]
    new = {"label": "¿Qué día?", "type": "date", "required": False, "hint": "", "options": []}
    again = read_questions([{**question_rows(stored)[0], "options": []}, new], stored)
    assert again[0] == stored[0]
    assert again[1]["code"] == "p_que_dia"


def test_a_contested_case_keeps_the_last_day_of_its_review(house: House):
    case = answer(house, file(house), now=NOW + timedelta(days=1))
    case = say(contest_answer, house, case, now=NOW + timedelta(days=2), body="No resuelve.")
    kept = Case.objects.get(pk=case.pk)
    assert kept.legal_due_on == case.legal_due_on == case.due_on
    assert not verify_institution(house.institution.pk).problems
