# SPDX-License-Identifier: EUPL-1.2
"""Under the title of a case: its last day as its term counts the days, and the one act it asks for."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.pages import clock_lines
from siac.cases.public import ask_for_information, save_kind
from siac.cases.workspace.headline import earlier_day, first_act, last_day
from siac.clocks.models import Clock
from tests.cases.test_handling import do
from tests.factories import NOW, House, answer, file

pytestmark = [pytest.mark.django_db]


def told(house: House, case: Case, *, days: int = 0) -> tuple[str, str]:
    case.refresh_from_db()
    day = last_day(case, clock_lines(case), today=house.today(NOW + timedelta(days=days)))
    return day.label, day.drawn


def test_the_days_left_are_business_days_where_the_term_counts_them(house):
    case = file(
        house, unit_id=house.units["obras"]
    )  # Monday 7 September; promised in 5 business days, Monday 14
    label, drawn = told(house, case)
    assert label == "Responder a más tardar"
    assert "lun 14 sep · 5 días hábiles" in drawn and "siac-due--later" in drawn
    assert "· 1 día hábil" in told(house, case, days=4)[1]  # Friday: only Monday is left
    assert "vence hoy" in told(house, case, days=7)[1]


def test_calendar_days_are_named_so_and_lateness_is_counted_alike(house):
    case = file(house, unit_id=house.units["obras"])
    Clock.objects.filter(subject_id=case.pk).update(unit="cd")
    assert "7 días corridos" in told(house, case)[1]
    Clock.objects.filter(subject_id=case.pk).update(unit="bd")
    late = told(house, case, days=60)[1]
    assert "días hábiles de atraso" in late and "siac-due--overdue" in late


def test_a_term_of_the_unit_before_the_answer_stands_there_as_in_the_list(house):
    kind = house.kinds["reclamo"]
    save_kind(institution=house.institution, actor=None, now=NOW, kind=kind, unit_days=2)
    house.institution.refresh_from_db()
    case = file(house, unit_id=house.units["obras"])
    case.refresh_from_db()
    earlier = earlier_day(clock_lines(case), today=house.today(NOW))
    assert earlier is not None
    assert "mié 9 sep · 2 días hábiles" in earlier.drawn
    assert case.due_on == date(2026, 9, 9)
    assert "lun 14 sep" in told(house, case)[1]
    page = (
        house.client(Role.HEAD_OF_UNIT)
        .get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
        .content.decode()
    )
    assert f"<dt>{earlier.label}</dt>" in page


def test_without_such_a_term_only_the_day_of_the_answer_stands_there(house):
    case = file(house, unit_id=house.units["obras"])
    assert earlier_day(clock_lines(case), today=house.today(NOW)) is None


def test_what_waits_or_is_answered_says_so_instead(house):
    case = file(house, unit_id=house.units["obras"])
    do(ask_for_information, house, case, Role.UNIT_OFFICER, body="¿Cuándo?")
    Clock.objects.filter(subject_id=case.pk, state="running").delete()
    assert told(house, case)[1] == "Espera a la persona"
    other = file(house, unit_id=house.units["obras"])
    answer(house, other, now=NOW)
    assert told(house, other) == ("Respondida", "lun 7 sep")


@pytest.mark.parametrize(
    ("offered", "first", "beside"),
    [
        (["responder", "derivar", "asignar", "nota"], "responder", ["derivar", "asignar"]),
        (["aprobar", "devolver", "nota"], "aprobar", []),
        (["derivar", "asignar"], "derivar", ["asignar"]),
        (["nota"], None, []),
    ],
)
def test_a_case_asks_for_one_act(offered, first, beside):
    acts = [{"code": code} for code in offered]
    found, others = first_act(acts)
    assert (found and found["code"], [act["code"] for act in others]) == (first, beside)
