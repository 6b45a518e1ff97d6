# SPDX-License-Identifier: EUPL-1.2
"""The facts of a case are what happened to it: its days, its numbers, and how it is told apart."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.commands.undoing import undo
from siac.cases.measuring.commands import cases_after, refresh_facts
from siac.cases.measuring.domain import Happened, first_contact, reopened_soon
from siac.cases.models import CaseFact, ImportBatch
from siac.cases.public import (
    Case,
    Channel,
    ask_for_information,
    contest_answer,
    rate_answer,
    refer_case,
    reopen_case,
    withdraw_case,
)
from tests.factories import ANONYMOUS, NOW, answer, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def facts(house, case) -> CaseFact:
    refresh_facts(house.institution.pk, [case.pk])
    return CaseFact.objects.get(pk=case.pk)


def test_an_open_request_has_its_day_its_members_and_the_day_it_would_be_late(house):
    case = file(house, unit_id=house.units["obras"], service_point_id=house.point)
    found = facts(house, case)
    assert found.filed_on == date(2026, 9, 7)
    assert (found.answered_on, found.ended_on, found.answer_days) == (None, None, None)
    assert found.late_from == case.legal_due_on + DAY
    assert (found.unit_id, found.kind_id, found.point_id) == (
        house.units["obras"], house.kinds["reclamo"].pk, house.point,
    )  # fmt: skip
    assert (found.channel, found.person, found.audience) == ("web", "natural", "citizen")
    assert found.registration_days == 0


def test_who_did_not_say_who_they_are_are_nobody(house):
    found = facts(house, file(house, "sugerencia", who=ANONYMOUS))
    assert (found.person, found.audience) == ("anonymous", "")


def test_an_answer_in_time_is_not_late_and_counts_both_kinds_of_days(house):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + 7 * DAY)
    rate_answer(institution=house.institution, case_id=case.pk, rating=4, now=NOW + 8 * DAY)
    found = facts(house, case)
    assert found.answered_on == found.ended_on == date(2026, 9, 14)
    assert (found.answer_days, found.calendar_days, found.days_late) == (5, 7, 0)
    assert (found.late_from, found.rating, found.outcome) == (None, 4, "upheld")
    assert found.is_first_contact and not found.is_contested


def test_an_answer_after_the_term_is_late_by_its_business_days(house):
    case = file(house, unit_id=house.units["obras"])
    due = case.legal_due_on
    days = (due - house.today()).days
    answer(house, case, now=NOW + (days + 7) * DAY)
    found = facts(house, case)
    assert found.late_from == due + DAY
    assert 0 < found.days_late <= 5


def test_paper_that_waited_was_registered_late(house):
    case = file(house, channel=Channel.LETTER, received_at=NOW - 4 * DAY, actor=house.user(Role.FRONT_DESK))
    found = facts(house, case)
    assert found.filed_on == date(2026, 9, 3)
    assert (found.registration_days, found.is_by_staff) == (2, True)


def test_two_referrals_before_the_answer_are_no_first_contact(house):
    case = file(house, unit_id=house.units["oirs"])
    for moment, unit in ((HOUR, "juridico"), (30 * HOUR, "obras")):
        refer_case(
            institution=house.institution, case_id=case.pk, version=None, unit_id=house.units[unit],
            reason="Les toca.", actor=house.user(Role.FRONT_DESK), now=NOW + moment,
        )  # fmt: skip
    answer(house, case, now=NOW + 3 * DAY)
    found = facts(house, case)
    assert (found.referral_days, found.is_first_contact) == (0, False)


def test_what_was_contested_and_reopened_stays_answered_on_its_first_day(house):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + DAY)
    contest_answer(institution=house.institution, case_id=case.pk, body="No vinieron.", now=NOW + 2 * DAY)
    found = facts(house, case)
    assert (found.is_contested, found.is_first_contact) == (True, False)
    assert found.answered_on == found.ended_on == date(2026, 9, 8)


def test_what_its_person_withdrew_ended_without_an_answer(house):
    case = file(house)
    withdraw_case(
        institution=house.institution, case_id=case.pk, body="Ya no la necesito.", actor=None, now=NOW + DAY
    )
    found = facts(house, case)
    assert (found.ending, found.closed_on, found.answered_on) == ("withdrawn", date(2026, 9, 8), None)
    assert (found.ended_on, found.late_from) == (date(2026, 9, 8), None)
    reopen_case(
        institution=house.institution, case_id=case.pk, version=None, reason="Se arrepintió.",
        actor=house.user(Role.HEAD_OF_UNIT), now=NOW + 2 * DAY,
    )  # fmt: skip
    again = facts(house, case)
    assert (again.ending, again.closed_on, again.ended_on) == ("", None, None)


def test_many_cost_as_much_as_one(house):
    first = [file(house).pk]
    rest = [file(house).pk for _ in range(9)]
    refresh_facts(house.institution.pk, first)
    for ids in (first, rest):
        with at_most(9):
            refresh_facts(house.institution.pk, ids)
    assert list(cases_after(house.institution.pk, first[0], 5)) == rest[:5]


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (Happened(), True),
        (Happened(referred=(NOW,)), True),
        (Happened(referred=(NOW, NOW + HOUR)), False),
        (Happened(referred=(NOW, NOW + HOUR), referral_undone=(NOW + HOUR,)), True),
        (Happened(referred=(NOW, NOW + 40 * DAY)), True),
        (Happened(asked=(NOW,)), False),
        (Happened(asked=(NOW,), ask_undone=(NOW,)), True),
        (Happened(contested=(NOW + 31 * DAY,)), False),
        (Happened(contested=(NOW + 33 * DAY,)), True),
        (Happened(reopened=(NOW + 32 * DAY,)), False),
        (Happened(reopened=(NOW + 32 * DAY + HOUR,)), True),
    ],
)
def test_first_contact_is_what_the_definition_says(happened, expected):
    assert first_contact(NOW + 2 * DAY, happened) is expected


def test_without_an_answer_nothing_is_resolved_or_reopened():
    assert not first_contact(None, Happened())
    assert not reopened_soon(None, Happened(reopened=(NOW,)))


def test_a_referral_that_was_taken_back_is_not_the_first(house):
    case = file(house, unit_id=house.units["oirs"])
    common = {"institution": house.institution, "case_id": case.pk, "version": None}
    officer = house.user(Role.FRONT_DESK)
    refer_case(
        **common, unit_id=house.units["obras"], reason="", undoable=True, actor=officer, now=NOW + HOUR
    )
    undo(**common, actor=officer, now=NOW + HOUR + timedelta(seconds=3))
    assert facts(house, case).referral_days is None
    refer_case(**common, unit_id=house.units["juridico"], reason="", actor=officer, now=NOW + 3 * DAY)
    assert facts(house, case).referral_days == 3


@pytest.mark.parametrize(
    ("referred", "undone", "stayed"),
    [
        ((1, 5), (), (1, 5)),
        ((1, 5), (2,), (5,)),
        ((1, 5), (6,), (1,)),
        ((1, 5), (2, 6), ()),
        ((), (2,), ()),
    ],
)
def test_a_taking_back_is_that_of_the_latest_referral(referred, undone, stayed):
    found = Happened(
        referred=tuple(NOW + each * HOUR for each in referred),
        referral_undone=tuple(NOW + each * HOUR for each in undone),
    )
    assert found.stayed == [NOW + each * HOUR for each in stayed]


def test_what_ended_while_its_term_waited_for_the_person_did_not_lapse_in_silence(house):
    waiting, late = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    ask_for_information(
        institution=house.institution, case_id=waiting.pk, version=None, body="Diga en qué calle.",
        actor=house.user(Role.UNIT_OFFICER), now=NOW + DAY,
    )  # fmt: skip
    assert facts(house, waiting).late_from is None
    for case in (waiting, late):
        withdraw_case(
            institution=house.institution, case_id=case.pk, body="Ya no.", actor=None, now=NOW + 100 * DAY
        )
    assert facts(house, waiting).ended_on > waiting.legal_due_on
    assert facts(house, waiting).late_from is None
    assert facts(house, late).late_from == late.legal_due_on + DAY


@pytest.mark.parametrize(
    ("closed_at", "ended_on"),
    [(None, date(2026, 9, 7)), (NOW + 9 * DAY, date(2026, 9, 16))],
)
def test_what_an_earlier_register_closed_without_saying_how_is_not_pending(house, closed_at, ended_on):
    case = file(house, "sugerencia")
    batch = ImportBatch.objects.create(
        institution=house.institution, name="viejo.csv", sha256="0" * 64, created_at=NOW
    )
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=closed_at, batch=batch)
    found = facts(house, case)
    assert (found.ended_on, found.closed_on, found.answered_on) == (ended_on, None, None)
    assert found.is_first_contact is None


def test_what_was_answered_and_given_up_in_review_did_not_end_without_an_answer(house):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + DAY)
    contest_answer(institution=house.institution, case_id=case.pk, body="No vinieron.", now=NOW + 2 * DAY)
    withdraw_case(
        institution=house.institution, case_id=case.pk, body="Ya vinieron.", actor=None, now=NOW + 3 * DAY
    )
    found = facts(house, case)
    assert (found.ending, found.closed_on) == ("withdrawn", None)
    assert found.answered_on == found.ended_on == date(2026, 9, 8)
