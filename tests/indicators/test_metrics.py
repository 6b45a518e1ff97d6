# SPDX-License-Identifier: EUPL-1.2
"""Every metric says what was worked out by hand, nothing where there is nothing, and has as many facts behind
it as it counts.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.appointments.models import AppointmentFact
from siac.callbacks.models import CallBack, CallFact
from siac.cases.models import CaseFact, FormFact, InteractionFact
from siac.charters.models import Breach, Remedy, RemedyFact
from siac.counter.models import TurnFact
from siac.improvement.models import ActionFact, FindingFact
from siac.indicators.figures.cube import count_all, recount
from siac.indicators.figures.facts import facts_behind
from siac.indicators.figures.measuring import measure
from siac.indicators.models import AttentionCost, CostFact
from siac.infra.metrics import Family, Statistic, metric, metrics, source, sources
from siac.notices.models import Notice, NoticeFact
from siac.procedures.models import ProcedureFact, ProcedureRecord
from siac.staff.models import (
    Competence,
    Course,
    Employee,
    EmployeeFact,
    Enrolment,
    EnrolmentFact,
    Gap,
    GapFact,
    TrainingPlan,
)
from siac.surveys.models import Invitation, Protocol, SurveyAnswer, Visit, VisitFact
from tests.appointments.conftest import make_clinic, person
from tests.counter.conftest import Room
from tests.factories import NOW, attend, file
from tests.improvements import added, begun, found_about
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 30)
SEPTEMBER = (date(2026, 9, 1), TODAY)
COUNT, RATE, STOCK, QUOTIENT = Statistic.COUNT, Statistic.RATE, Statistic.STOCK, Statistic.QUOTIENT
MEDIAN, P90, MEAN, MAXIMUM, MINIMUM, WITHIN, BEYOND = (
    Statistic.MEDIAN,
    Statistic.P90,
    Statistic.MEAN,
    Statistic.MAXIMUM,
    Statistic.MINIMUM,
    Statistic.WITHIN,
    Statistic.BEYOND,
)
LIMIT = 5


def day(number: int) -> date:
    """Return a day of September."""
    return date(2026, 9, number)


ANSWERED: dict[str, Any] = {"outcome": "upheld", "days_late": 0, "referral_days": 1, "registration_days": 0}
ROWS: tuple[dict[str, Any], ...] = (
    # Answered in 3 business days by the first unit, well rated.
    {**ANSWERED, "filed_on": day(1), "answered_on": day(4), "answer_days": 3, "calendar_days": 3, "rating": 5,
     "own_term": "met", "unit_term": "met", "is_first_contact": True, "has_cause": True, "term_margin": -14,
     "arrived": 33},
    # Answered in 5, contested and reopened; a company; the appeal was lost.
    {**ANSWERED, "filed_on": day(1), "answered_on": day(8), "answer_days": 5, "calendar_days": 7, "rating": 2,
     "own_term": "met", "unit_term": "missed", "person": "legal", "is_contested": True, "is_reopened": True,
     "appeals": 1, "appeals_decided": 1, "appeals_lost": 1, "outcome": "partly", "referral_days": 4,
     "term_margin": -10},
    # Answered 4 business days late after 14, denied; an officer wrote it down two days after it came.
    {**ANSWERED, "filed_on": day(2), "answered_on": day(24), "answer_days": 14, "calendar_days": 22,
     "days_late": 4, "late_from": day(18), "own_term": "missed", "outcome": "denied", "is_by_staff": True,
     "registration_days": 2, "is_completed": True, "is_extended": True, "appeals": 1, "appeals_decided": 1,
     "term_margin": 4, "arrived": 9},
    # Of somebody who works here; still open, in time: its term ends in October.
    {"filed_on": day(10), "late_from": date(2026, 10, 9), "audience": "internal", "referral_days": 0},
    # Anonymous; overdue, silence certified.
    {"filed_on": day(3), "late_from": day(25), "certified_on": day(28), "person": "anonymous",
     "audience": ""},
    # Ended without an answer, each in its way.
    {"filed_on": day(4), "closed_on": day(9), "ended_on": day(9), "ending": "withdrawn"},
    {"filed_on": day(4), "closed_on": day(10), "ended_on": day(10), "ending": "transferred"},
    {"filed_on": day(5), "closed_on": day(11), "ended_on": day(11), "ending": "dismissed"},
    {"filed_on": day(5), "closed_on": day(11), "ended_on": day(11), "ending": "merged"},
    # Filed in August, answered in September.
    {**ANSWERED, "filed_on": date(2026, 8, 20), "answered_on": day(2), "answer_days": 9, "calendar_days": 13,
     "term_margin": -5},
)  # fmt: skip
GIVEN: tuple[dict[str, Any], ...] = (
    # Registered at once, on time, resolved there.
    {"begun_on": day(1), "registered_on": day(1), "reporting_days": 0, "is_in_term": True, "minutes": 5,
     "waited": 4},
    # By telephone, of a company; registered on the last day.
    {"begun_on": day(1), "registered_on": day(4), "reporting_days": 3, "is_in_term": True, "minutes": 15,
     "waited": 20, "channel": "phone", "person": "legal"},
    # Registered late, and became a request.
    {"begun_on": day(2), "registered_on": day(10), "reporting_days": 6, "is_in_term": False,
     "is_resolved": False, "is_filed": True},
    # Of August; when it was registered the body had no term.
    {"begun_on": date(2026, 8, 28), "registered_on": day(3), "reporting_days": 4, "minutes": 30,
     "waited": 9},
)  # fmt: skip
TOLD: tuple[dict[str, Any], ...] = (
    {"percent_within": 90, "is_kept": True, "mean_days": 9, "time_unit": "business_days"},
    {"percent_within": 40, "is_kept": False, "mean_days": 12, "time_unit": "business_days"},
    # Nothing was promised, and it is measured in minutes.
    {"time_unit": "minutes", "reason": "volume"},
)
"""What records of procedures say, each of September."""
SAID: tuple[dict[str, Any], ...] = (
    # A seven and a six, a three, one that gave no mark, and a good one of a scale to five.
    {"counted_on": day(3), "mark": 7, "top": 7, "net": 100},
    {"counted_on": day(3), "mark": 6, "top": 7, "net": 100, "way": "kiosk"},
    {"counted_on": day(9), "mark": 2, "top": 7, "net": -100},
    {"counted_on": day(9)},
    # Neither good nor bad, of another scale.
    {"counted_on": day(20), "mark": 3, "top": 5, "net": 0, "way": "kiosk"},
    # Of August; and one of a day that is not over.
    {"counted_on": date(2026, 8, 30), "mark": 1, "top": 7, "net": -100},
    {"counted_on": None, "mark": 1, "top": 7, "net": -100},
)
INVITED: tuple[dict[str, Any], ...] = (
    {"counted_on": day(2), "was_answered": True},
    {"counted_on": day(2), "was_answered": True},
    {"counted_on": day(5)},
    # It came back; and one of August.
    {"counted_on": day(6), "has_failed": True},
    {"counted_on": date(2026, 8, 30), "was_answered": True},
)
VISITED: tuple[dict[str, Any], ...] = (
    {"visited_on": day(3), "score": 80},
    # A critical item failed; nothing applied; and one of August.
    {"visited_on": day(9), "score": 60, "is_critical": True, "kind": "audit"},
    {"visited_on": day(20), "kind": "own"},
    {"visited_on": date(2026, 8, 31), "score": 100},
)
OWED: tuple[dict[str, Any], ...] = (
    # Delivered in time, too late, without effect, not yet; and one of August that nobody delivered.
    {
        "owed_on": day(1),
        "due_on": day(15),
        "settled_on": day(10),
        "is_in_time": True,
        "days": 9,
        "decided_on": day(3),
        "decision_days": 2,
    },
    {
        "owed_on": day(2),
        "due_on": day(16),
        "settled_on": day(20),
        "is_in_time": False,
        "days": 18,
        "decided_on": day(6),
        "decision_days": 4,
    },
    {
        "owed_on": day(3),
        "due_on": day(17),
        "settled_on": day(5),
        "is_refused": True,
        "decided_on": day(5),
        "decision_days": 2,
    },
    {"owed_on": day(25), "due_on": date(2026, 10, 9), "is_in_time": False},
    {"owed_on": date(2026, 8, 20), "due_on": day(3), "is_in_time": False},
)
FILLED: tuple[dict[str, Any], ...] = (
    {"begun_on": day(1), "counted_on": day(1), "is_sent": True},
    {"begun_on": day(1), "counted_on": day(1), "is_sent": True},
    {"begun_on": day(2), "counted_on": day(2), "is_sent": False},
    # Not counted yet; and one of August.
    {"begun_on": day(3), "is_sent": False},
    {"begun_on": date(2026, 8, 30), "counted_on": date(2026, 8, 30), "is_sent": False},
)
NOTICED: tuple[dict[str, Any], ...] = (
    {"created_on": day(1), "channel": "email", "is_failed": False},
    {"created_on": day(1), "channel": "email", "is_failed": False},
    {"created_on": day(4), "channel": "letter", "is_failed": False},
    # Came back, and stands so; came back, and was posted again.
    {"created_on": day(6), "channel": "letter", "is_failed": True, "is_returned": True},
    {"created_on": day(7), "channel": "letter", "is_failed": False, "is_returned": True},
    {"created_on": day(8), "channel": "letter", "is_failed": False},
    {"created_on": day(5), "channel": "email", "is_failed": True},
    {"created_on": date(2026, 8, 30), "channel": "email", "is_failed": True},
)
COST: tuple[tuple[str, int, int], ...] = (("web", 1_500_000, 400), ("counter", 900_013, 125))
"""What two channels cost in the year before, and how many were attended by each."""
LAST_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
PERIODS = {"costs.per_attention": LAST_YEAR}
"""Of what is not told of September."""
CALLS: tuple[dict[str, Any], ...] = (
    {"promised_on": day(3), "due_on": day(4), "is_kept": True, "ended_on": day(4), "is_reached": True},
    {"promised_on": day(5), "due_on": day(6), "is_kept": False, "ended_on": day(20), "is_reached": False},
    {"promised_on": day(7), "due_on": day(8), "is_kept": None, "ended_on": day(7), "is_reached": None},
    {"promised_on": date(2026, 8, 31), "due_on": day(1), "is_kept": True, "ended_on": None},
    {"promised_on": day(30), "due_on": date(2026, 10, 1), "is_kept": False, "ended_on": None},
)
"""Calls to return: kept, broken, not needed any more, of before and due after."""
BOOKED = (("attended", 1), ("attended", 3), ("unserved", 3), ("missed", 20), ("booked", 4), ("cancelled", 40),
          ("booked", 6))  # fmt: skip
"""How appointments of the ninth of September ended, and how many days before they were booked."""
TURNS: tuple[dict[str, Any], ...] = (
    {"outcome": "ended", "waited": 4, "served": 10},
    {"outcome": "ended", "waited": 12, "served": 20, "held": 5, "is_transferred": True, "turn": "elderly"},
    {"outcome": "no_show", "waited": 8},
    {"outcome": "closed"},
    {"outcome": "waiting", "is_transferred": True, "turn": "appointment"},
)
"""What became of the numbers of the ninth of September, in minutes."""
IMPROVED = (
    (day(8), day(8)),  # on its day
    (day(9), day(10)),  # a day late
    (day(9), None),
)
FOUND = ((day(8), day(7)), (day(9), None))
"""Of actions and of findings: due, done or settled."""
WORKED: tuple[dict[str, Any], ...] = (
    {"hired_on": date(2015, 1, 1), "five_on": date(2020, 1, 1), "trained_on": day(5)},
    {"hired_on": day(10), "five_on": date(2031, 9, 10)},
    # Left in September, after five years and a course; and in August, without any.
    {
        "hired_on": date(2010, 1, 1),
        "five_on": date(2015, 1, 1),
        "trained_on": date(2026, 1, 5),
        "left_on": day(20),
    },
    {"hired_on": date(2010, 1, 1), "five_on": date(2015, 1, 1), "left_on": date(2026, 8, 1)},
    # Left before the five years.
    {"hired_on": date(2020, 1, 1), "five_on": date(2025, 1, 1), "left_on": date(2022, 1, 1)},
)
LACKED = (
    {"opened_on": date(2026, 8, 1), "closed_on": None},
    {"opened_on": day(3), "closed_on": None},
    {"opened_on": day(3), "closed_on": day(20)},
)
TRAINED = ((8, True), (8, True), (6, True), (8, True), (2, False), (0, None))
"""Hours that each came to of a course that ended in September, and whether that was three quarters."""
EXPECTED: dict[str, dict[Statistic, Any]] = {
    "staff.headcount": {STOCK: 2},
    "staff.senior": {STOCK: 1},
    "staff.trained": {STOCK: 1},
    "staff.gaps": {STOCK: 2},
    "staff.attended": {RATE: Decimal("80.0")},
    "staff.training_hours": {MEAN: Decimal("6.4"), MEDIAN: 8},
    "counter.tickets": {COUNT: 5},
    "counter.waiting": {MEDIAN: 8, P90: 12, MEAN: Decimal("8.0"), MAXIMUM: 12, WITHIN: Decimal("33.3")},
    "counter.serving": {MEDIAN: 10, P90: 20, MEAN: Decimal("15.0"), MAXIMUM: 20, WITHIN: Decimal("0.0")},
    "counter.held": {MEDIAN: 5, P90: 5, MEAN: Decimal("5.0"), MAXIMUM: 5, WITHIN: Decimal("100.0")},
    "counter.no_shows": {RATE: Decimal("25.0")},
    "counter.abandoned": {RATE: Decimal("25.0")},
    "counter.transferred": {RATE: Decimal("25.0")},
    "callbacks.promised": {COUNT: 4},
    "callbacks.kept": {RATE: Decimal("66.7")},
    "callbacks.reached": {RATE: Decimal("50.0")},
    "appointments.booked": {COUNT: 7},
    "appointments.attended": {COUNT: 2},
    "appointments.missed": {RATE: Decimal("25.0")},
    "appointments.unserved": {RATE: Decimal("33.3")},
    "appointments.anticipation": {MEDIAN: 3, P90: 20, MEAN: Decimal("6.2")},
    "cases.forms_begun": {COUNT: 3},
    "cases.forms_abandoned": {RATE: Decimal("33.3")},
    "notices.sent": {COUNT: 7},
    "notices.failed": {RATE: Decimal("28.6")},
    "notices.letters_returned": {RATE: Decimal("50.0")},
    "costs.per_attention": {QUOTIENT: Decimal("4571.5")},
    "improvement.actions_in_time": {RATE: Decimal("33.3")},
    "improvement.findings_in_time": {RATE: Decimal("50.0")},
    "charters.remedies": {COUNT: 4},
    "charters.remedies_owed": {STOCK: 2},
    "charters.remedies_in_time": {RATE: Decimal("33.3")},
    "charters.remedies_refused": {RATE: Decimal("33.3")},
    "charters.remedy_decision_days": {
        MEDIAN: 2,
        P90: 4,
        MEAN: Decimal("2.7"),
        MAXIMUM: 4,
        MINIMUM: 2,
    },
    "charters.remedy_days": {
        MEDIAN: 9,
        P90: 18,
        MEAN: Decimal("13.5"),
        MAXIMUM: 18,
        MINIMUM: 9,
        WITHIN: Decimal("0.0"),
        BEYOND: Decimal("100.0"),
    },
    "cases.received": {COUNT: 9},
    "cases.answered": {COUNT: 4},
    "cases.pending": {STOCK: 2},
    "cases.overdue": {STOCK: 1},
    "cases.lapsed_unanswered": {COUNT: 1},
    "cases.answer_days": {
        MEDIAN: 5,
        P90: 14,
        MEAN: Decimal("7.8"),
        MAXIMUM: 14,
        WITHIN: Decimal("50.0"),
        MINIMUM: 3,
        BEYOND: Decimal("50.0"),
    },
    "cases.calendar_days": {
        MEDIAN: 7,
        P90: 22,
        MEAN: Decimal("11.3"),
        MAXIMUM: 22,
        WITHIN: Decimal("25.0"),
        MINIMUM: 3,
        BEYOND: Decimal("75.0"),
    },
    "cases.answered_in_term": {RATE: Decimal("75.0")},
    "cases.days_late": {
        MEDIAN: 4,
        P90: 4,
        MEAN: Decimal("4.0"),
        MAXIMUM: 4,
        WITHIN: Decimal("100.0"),
        MINIMUM: 4,
        BEYOND: Decimal("0.0"),
    },
    "cases.answered_in_own_term": {RATE: Decimal("66.7")},
    "cases.answered_in_unit_term": {RATE: Decimal("50.0")},
    "cases.silent_lapses": {COUNT: 2},
    "cases.silence_certified": {COUNT: 1},
    "cases.arrivals": {COUNT: 2},
    "cases.term_margin": {
        MEDIAN: -10,
        P90: 4,
        MEAN: Decimal("-6.3"),
        MAXIMUM: 4,
        MINIMUM: -14,
        WITHIN: Decimal("100.0"),
        BEYOND: Decimal("0.0"),
    },
    "cases.resolved_share": {RATE: Decimal("25.0")},
    "cases.answered_of_owed": {RATE: Decimal("40.0")},
    "cases.answered_share": {RATE: Decimal("37.5")},
    "cases.referral_days": {
        MEDIAN: 1,
        P90: 4,
        MEAN: Decimal("1.5"),
        MAXIMUM: 4,
        WITHIN: Decimal("100.0"),
        MINIMUM: 0,
        BEYOND: Decimal("0.0"),
    },
    "cases.registration_days": {
        MEDIAN: 0,
        P90: 2,
        MEAN: Decimal("0.7"),
        MAXIMUM: 2,
        WITHIN: Decimal("100.0"),
        MINIMUM: 0,
        BEYOND: Decimal("0.0"),
    },
    "cases.first_contact": {RATE: Decimal("25.0")},
    "cases.contested": {RATE: Decimal("25.0")},
    "cases.reopened": {RATE: Decimal("25.0")},
    "cases.completion_asked": {RATE: Decimal("11.1")},
    "cases.extended": {RATE: Decimal("11.1")},
    "cases.denied": {RATE: Decimal("25.0")},
    "cases.upheld": {RATE: Decimal("75.0")},
    "cases.ended_unanswered": {COUNT: 4},
    "cases.withdrawn": {RATE: Decimal("11.1")},
    "cases.transferred": {RATE: Decimal("11.1")},
    "cases.dismissed": {RATE: Decimal("11.1")},
    "cases.joined": {RATE: Decimal("11.1")},
    "cases.anonymous": {RATE: Decimal("11.1")},
    "cases.legal_persons": {RATE: Decimal("12.5")},
    "cases.internal": {RATE: Decimal("12.5")},
    "cases.by_staff": {RATE: Decimal("11.1")},
    "cases.cause_coded": {RATE: Decimal("12.5")},
    "cases.rating": {
        MEDIAN: 2,
        P90: 5,
        MEAN: Decimal("3.5"),
        MAXIMUM: 5,
        WITHIN: Decimal("100.0"),
        MINIMUM: 2,
        BEYOND: Decimal("0.0"),
    },
    "cases.rated_well": {RATE: Decimal("50.0")},
    "cases.rated_share": {RATE: Decimal("50.0")},
    "cases.appealed": {RATE: Decimal("22.2")},
    "cases.appeals_lost": {RATE: Decimal("50.0")},
    "attentions.given": {COUNT: 3},
    "attentions.first_contact": {RATE: Decimal("66.7")},
    "attentions.filed": {RATE: Decimal("33.3")},
    "attentions.minutes": {
        MEDIAN: 5,
        P90: 15,
        MEAN: Decimal("10.0"),
        MAXIMUM: 15,
        WITHIN: Decimal("50.0"),
        MINIMUM: 5,
        BEYOND: Decimal("50.0"),
    },
    "attentions.waited": {
        MEDIAN: 4,
        P90: 20,
        MEAN: Decimal("12.0"),
        MAXIMUM: 20,
        WITHIN: Decimal("50.0"),
        MINIMUM: 4,
        BEYOND: Decimal("50.0"),
    },
    "attentions.reporting_days": {
        MEDIAN: 3,
        P90: 6,
        MEAN: Decimal("3.3"),
        MAXIMUM: 6,
        WITHIN: Decimal("75.0"),
        MINIMUM: 0,
        BEYOND: Decimal("25.0"),
    },
    "attentions.reported_in_term": {RATE: Decimal("66.7")},
    "procedures.told": {COUNT: 3},
    "procedures.kept": {RATE: Decimal("50.0")},
    "procedures.within": {
        MEDIAN: 40,
        P90: 90,
        MEAN: Decimal("65.0"),
        MAXIMUM: 90,
        MINIMUM: 40,
        WITHIN: Decimal("0.0"),
        BEYOND: Decimal("100.0"),
    },
    "procedures.mean_days": {
        MEDIAN: 9,
        P90: 12,
        MEAN: Decimal("10.5"),
        MAXIMUM: 12,
        MINIMUM: 9,
        WITHIN: Decimal("0.0"),
        BEYOND: Decimal("100.0"),
    },
    "checklists.visits": {COUNT: 3},
    "checklists.critical": {RATE: Decimal("33.3")},
    "checklists.score": {
        MEDIAN: 60,
        P90: 80,
        MEAN: Decimal("70.0"),
        MAXIMUM: 80,
        MINIMUM: 60,
        WITHIN: Decimal("0.0"),
        BEYOND: Decimal("100.0"),
    },
    "surveys.answers": {COUNT: 5},
    "surveys.net": {MEAN: Decimal("25.0")},
    "surveys.top_two": {RATE: Decimal("50.0")},
    "surveys.mean": {MEAN: Decimal("5.0"), MEDIAN: 6},
    "surveys.invited": {COUNT: 4},
    "surveys.response": {RATE: Decimal("66.7")},
}
"""What each metric says of September, worked out by hand; within: of at most `LIMIT`."""


@pytest.fixture
def counted(house, few_answers_are_told):
    """A body whose facts are the rows, whatever its cases and attentions say."""
    for values in ROWS:
        case = file(house)
        defaults = {"kind_id": case.kind_id, "channel": "web", "person": "natural", "audience": "citizen"}
        row = {**defaults, **values}
        row.setdefault("ended_on", row.get("answered_on"))
        CaseFact.objects.create(case=case, institution=house.institution, **row)
    for values in GIVEN:
        row = attend(house)
        fact = {"unit_id": row.unit_id, "channel": "counter", "person": "anonymous", "is_resolved": True}
        fact |= {"is_filed": False, **values}
        InteractionFact.objects.create(interaction=row, institution=house.institution, **fact)
    for place, values in enumerate(TOLD):
        record = ProcedureRecord.objects.create(
            institution=house.institution, key=f"{place}", name=f"Trámite {place}", year=2026, handled=1,
            loaded_at=NOW, time_unit=values["time_unit"],
        )  # fmt: skip
        ProcedureFact.objects.create(
            record=record, institution=house.institution, counted_on=day(10), **values
        )
    _owe(house)
    _tell(house)
    _say(house)
    _visit(house)
    _cost(house)
    _improve(house)
    _call(house)
    _work(house)
    _turn(_book(house))
    for key in (
        "callbacks",
        "staff",
        "staff_gaps",
        "staff_training",
        "costs",
        "cases",
        "attentions",
        "procedures",
        "surveys",
        "invitations",
        "visits",
        "remedies",
        "improvement_actions",
        "findings",
        "forms",
        "notices",
        "appointments",
        "tickets",
    ):
        for _ in recount(house.institution, source(key), now=NOW.replace(day=30)):
            continue
    return house


def _owe(house) -> None:
    """Let the body owe remedies as the rows say."""
    for number, values in enumerate(OWED, start=1):
        case = file(house)
        breach = Breach.objects.create(
            institution=house.institution, commitment=house.commitment, case=case, clock_id=number,
            due_on=day(1), found_at=NOW,
        )  # fmt: skip
        remedy = Remedy.objects.create(
            institution=house.institution, breach=breach, text="Una llamada.", due_on=day(1)
        )
        RemedyFact.objects.create(
            remedy=remedy, institution=house.institution, kind_id=case.kind_id, **values
        )


def _tell(house) -> None:
    """Let forms be filled in and notices be sent as the rows say."""
    kind_id = house.kinds["reclamo"].pk
    for values in FILLED:
        FormFact.objects.create(institution=house.institution, kind_id=kind_id, **values)
    for number, values in enumerate(NOTICED):
        notice = Notice.objects.create(
            institution=house.institution, kind="cases.receipt", recipient="person:1", channel="email",
            subject_type="case", subject_id=1, state="sent", message_id=f"{number}@demo.invalid",
            created_at=NOW, open_since=NOW, due_at=NOW,
        )  # fmt: skip
        NoticeFact.objects.create(notice=notice, institution=house.institution, **values)


def _say(house) -> None:
    """Let people answer a survey, and be invited to it, as the rows say."""
    survey = make_survey(house)
    common = {"institution": house.institution, "survey": survey}
    for number, values in enumerate(SAID, start=2**40):
        SurveyAnswer.objects.create(
            **common, id=number, version=1, answered_on=TODAY, is_complete=True, answers={},
            **{"way": "link", **values},
        )  # fmt: skip
    for number, values in enumerate(INVITED):
        Invitation.objects.create(
            **common,
            recipient=f"person:{number}",
            token=f"{number}",
            invited_on=TODAY,
            closes_on=TODAY,
            **values,
        )


def _visit(house) -> None:
    """Let people visit a unit as the rows say."""
    protocol = Protocol.objects.create(
        institution=house.institution, name="Mesón", kind="shopper", items=[{"title": "", "items": []}]
    )
    user = next(iter(house.users.values()))
    for values in VISITED:
        row = Visit.objects.create(
            institution=house.institution, protocol=protocol, kind="shopper", unit_id=house.units["obras"],
            channel="counter", assignee=user, due_on=TODAY, assigned_at=NOW, state="done", sent_at=NOW,
            visited_on=values["visited_on"], revision=1,
        )  # fmt: skip
        fact = {"kind": "shopper", "is_critical": False, **values}
        VisitFact.objects.create(
            visit=row, institution=house.institution, unit_id=row.unit_id, protocol_id=protocol.pk, **fact
        )


def _book(house) -> Room:
    """Let people book, come and stay away as the rows say."""
    clinic = make_clinic(house, places=20)
    for number, (outcome, ahead) in enumerate(BOOKED):
        row = clinic.book("9:00", person(number)).appointment
        AppointmentFact.objects.create(
            appointment=row, institution=house.institution, held_on=day(9), point_id=house.point,
            service_id=0, way="web", outcome=outcome, anticipation=ahead,
        )  # fmt: skip
    return clinic.room


def _turn(room: Room) -> None:
    """Let people take numbers as the rows say."""
    for values in TURNS:
        visit = room.take("A")
        fact = {"turn": "arrival", "is_transferred": False, **values}
        TurnFact.objects.create(
            visit=visit, institution=room.institution, came_on=day(9), point_id=room.house.point,
            line_id=visit.line_id, **fact,
        )  # fmt: skip


def _improve(house) -> None:
    """Let actions and findings be done by their day as the rows say."""
    plan = begun(house)
    for place, (due, done) in enumerate(IMPROVED):
        row = added(house, plan, title=f"Acción {place}")
        ActionFact.objects.create(
            action=row, institution=house.institution, due_on=due, done_on=done, unit_id=0,
            is_in_time=done is not None and done <= due,
        )  # fmt: skip
    for due, settled in FOUND:
        FindingFact.objects.create(
            finding=found_about(house, None, now=NOW), institution=house.institution, due_on=due, unit_id=0,
            settled_on=settled, is_in_time=settled is not None and settled <= due,
        )  # fmt: skip


def _cost(house) -> None:
    """Let the body say what its channels cost as the rows say."""
    for channel, amount, attended in COST:
        row = AttentionCost.objects.create(
            institution=house.institution, year=2025, channel=channel, amount=amount, source="Presupuesto"
        )
        CostFact.objects.create(
            cost=row, institution=house.institution, ended_on=LAST_YEAR[1], channel=channel, amount=amount,
            contacts=attended,
        )  # fmt: skip


def _call(house) -> None:
    """Let the house promise calls as the rows say."""
    for values in CALLS:
        row = CallBack.objects.create(
            institution=house.institution, interaction=attend(house), unit_id=house.units["oirs"],
            within="1bd", due_at=NOW, due_on=values["due_on"], state="done", ended_at=NOW, promised_at=NOW,
            promised_by=house.user(Role.FRONT_DESK),
        )  # fmt: skip
        CallFact.objects.create(call_back=row, institution=house.institution, **values)


def _work(house) -> None:
    """Let people work here, lack something and be trained as the rows say."""
    common = {"institution": house.institution}
    skill = Competence.objects.create(**common, name="Escucha", kind="skill")
    plan = TrainingPlan.objects.create(**common, year=2026)
    course = Course.objects.create(plan=plan, name="Atender", places=9, starts_on=day(1), ends_on=day(9))
    people = []
    for number, values in enumerate([*WORKED, *({} for _ in TRAINED)]):
        given = {name: values.get(name) for name in ("hired_on", "left_on")} | {"name": f"Persona {number}"}
        row = Employee.objects.create(**common, **given | {"hired_on": values.get("hired_on", TODAY)})
        people.append(row)
        if values:
            EmployeeFact.objects.create(**common, employee=row, **values)
    for row, spell in zip(people, LACKED, strict=False):
        gap = Gap.objects.create(**common, employee=row, competence=skill, missing=1, **spell)
        GapFact.objects.create(**common, gap=gap, kind="skill", **spell)
    for row, (hours, is_attended) in zip(people[len(WORKED) :], TRAINED, strict=True):
        enrolled = Enrolment.objects.create(course=course, employee=row, enrolled_at=NOW)
        EnrolmentFact.objects.create(
            **common, enrolment=enrolled, ended_on=day(9), hours=hours, is_attended=is_attended
        )


def said(house, key: str, **how) -> dict[Statistic, Any]:
    period = PERIODS.get(key, SEPTEMBER)
    found = measure(house.institution, metric(key), [period], today=TODAY, within=LIMIT, **how).told()
    return {statistic: found.value(statistic) for statistic in metric(key).statistics}


def test_every_metric_is_worked_out_by_hand():
    assert sorted(EXPECTED) == [each.key for each in metrics()]


def test_each_says_what_was_worked_out(counted):
    found = {}
    for key in EXPECTED:
        with at_most(3):
            found[key] = said(counted, key)
    assert found == EXPECTED


def test_a_body_without_cases_is_told_nothing_or_zero(house):
    count_all(house.institution, now=NOW)
    nothing = {
        key: {each: 0 if each in (COUNT, STOCK) else None for each in metric(key).statistics}
        for key in EXPECTED
    }
    assert {key: said(house, key) for key in EXPECTED} == nothing


@pytest.mark.parametrize(
    ("of", "dimension"),
    [
        (of.key, each.key)
        for of in sources()
        for each in of.dimensions
        if len(of.dimensions) > 1 and not each.is_trait
    ],
)
def test_cells_and_facts_say_the_same_of_each_metric(counted, of, dimension):
    everybody = {"channel": ["web", "counter", "phone"], "person": ["natural", "legal", "anonymous"]}
    doors = {"way": ["link", "kiosk"], "point": ["0"]}
    told = {"reason": ["", "volume"], "time_unit": ["business_days", "minutes"]}
    all_of_them = {
        "cases": {**everybody, "kind": ["complaint"]}, "attentions": everybody, "surveys": doors,
        "procedures": told, "visits": {"look": ["shopper", "audit", "own"], "point": ["0"]},
        "remedies": {"kind": ["complaint"], "unit": ["0"]}, "improvement_actions": {"unit": ["0"]},
        "findings": {"unit": ["0"]}, "callbacks": {"topic": ["0"], "unit": ["0"]},
        "appointments": {"way": ["web"], "service": ["0"]},
        "staff_gaps": {"competence": ["skill"], "point": ["0"]},
        "tickets": {"turn": ["arrival", "elderly", "appointment"], "point": [str(counted.point)]},
    }[of]  # fmt: skip
    for key in EXPECTED:
        if metric(key).of.source != of:
            continue
        asked = {"by": dimension, "within": LIMIT}
        kept = measure(counted.institution, metric(key), [SEPTEMBER], today=TODAY, **asked)
        raw = measure(counted.institution, metric(key), [SEPTEMBER], today=TODAY, where=all_of_them, **asked)
        assert (kept.from_facts, raw.from_facts) == (False, True)
        assert kept.groups == raw.groups, key
        for group in kept.groups:
            for statistic in metric(key).statistics:
                assert kept.told(0, group).value(statistic) == raw.told(0, group).value(statistic), key


def test_as_many_facts_lie_behind_each_figure_as_it_counts(counted):
    for key in EXPECTED:
        period = PERIODS.get(key, SEPTEMBER)
        found = measure(counted.institution, metric(key), [period], today=TODAY).told()
        behind = facts_behind(counted.institution, metric(key), *period)
        things = source(metric(key).of.source).things.rows(counted.institution)
        known = things.filter(pk__in=behind).count()
        assert (len(behind), known) == (found.total, found.total), key


def test_every_metric_says_in_words_what_it_counts():
    assert [each.key for each in metrics() if not each.definition.endswith(".")] == []
    assert {each.family for each in metrics()} <= set(Family)
    assert len({each.title for each in metrics()}) == len(metrics())


@pytest.mark.parametrize("key", ["cases.overdue", "cases.answered_of_owed"])
def test_of_what_ended_before_there_was_anything_no_fact_is_counted(counted, key):
    """It is nothing, and known without looking: pages of quarters ask for stocks of years ago."""
    long_ago = (date(2020, 1, 1), date(2020, 3, 31))
    said = measure(counted.institution, metric(key), [long_ago, SEPTEMBER], today=TODAY, by="unit")
    assert not said.from_facts
    assert said.told(0, "0").total == 0 and said.told(1, "0").total > 0
