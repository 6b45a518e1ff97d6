# SPDX-License-Identifier: EUPL-1.2
"""Seniority, levels, gaps, the effect of a course, and what a row of the personnel sheet means."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.staff.domain.levels import Said, Standing, Teller, standings
from siac.staff.domain.seniority import BANDS, anniversary, band_of, whole_years
from siac.staff.domain.sheet import Act, Known, Problem, day_of, plan, read_sheets
from siac.staff.domain.training import Effect, GapSpan, attended, effect_on_gaps, marks_of, mean, share

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
E, H, S = Teller.EVIDENCE, Teller.HEAD, Teller.SELF


@pytest.mark.parametrize(
    ("since", "today", "years"),
    [
        (date(2020, 3, 1), date(2021, 2, 28), 0),
        (date(2020, 3, 1), date(2021, 3, 1), 1),
        (date(2020, 2, 29), date(2021, 2, 28), 0),
        (date(2020, 2, 29), date(2021, 3, 1), 1),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
        (date(2027, 1, 1), date(2026, 1, 1), 0),
        (date(2000, 12, 31), date(2026, 12, 30), 25),
    ],
)
def test_seniority_is_whole_years(since, today, years):
    assert whole_years(since, today) == years


@given(DAYS, st.integers(0, 60))
def test_the_day_of_so_many_years_is_the_first_with_them(since, years):
    day = anniversary(since, years)
    assert whole_years(since, day) == years
    assert years == 0 or whole_years(since, day - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "new"), (1, "one"), (4, "one"), (5, "five"), (10, "ten"), (19, "ten"), (40, "twenty")],
)
def test_every_seniority_has_its_band(years, band):
    assert band_of(years) == band
    assert band in {code for code, _, _ in BANDS}


def said(teller: Teller, level: int, day: int = 1, order: int = 0) -> Said:
    return Said(7, teller, level, date(2026, 9, day), order)


@pytest.mark.parametrize(
    ("told", "level", "gap", "counts"),
    [
        ((), None, None, None),
        ((said(S, 4),), 4, 0, S),
        # What the head says counts before what the person says, and evidence before both.
        ((said(S, 4), said(H, 2)), 2, 1, H),
        ((said(E, 3), said(H, 1, day=9), said(S, 1, day=9)), 3, 0, E),
        # Of each the newest; on one day, the one that was kept last.
        ((said(H, 1), said(H, 3, day=2)), 3, 0, H),
        ((said(H, 3, order=2), said(H, 1, order=1)), 3, 0, H),
        # More than asked is no gap.
        ((said(E, 4),), 4, 0, E),
        ((said(E, 1),), 1, 2, E),
    ],
)
def test_the_level_that_counts_and_what_is_missing(told, level, gap, counts):
    (found,) = standings({7: 3}, told)
    assert (found.level, found.gap, found.counts) == (level, gap, counts)


def test_only_what_the_post_asks_is_told_in_its_order():
    found = standings({2: 1, 1: 4}, [Said(1, S, 4, date(2026, 9, 1), 1), Said(9, S, 1, date(2026, 9, 1), 1)])
    assert found == [Standing(2, 1, {}), Standing(1, 4, {S: 4})]


@pytest.mark.parametrize(
    ("present", "held", "is_so"), [(0, 0, False), (3, 4, True), (2, 3, False), (6, 8, True), (5, 8, False)]
)
def test_who_came_to_three_quarters_attended(present, held, is_so):
    assert attended(present, held) is is_so


def test_shares_means_and_marks_of_nothing_are_nothing():
    assert (share(0, 0), mean([]), share(1, 3)) == (None, None, Decimal("33.3"))
    assert marks_of([(None, 90), (10, None)]).n == 0
    found = marks_of([(40, 60), (50, 90), (None, 90)])
    assert (found.n, found.before, found.after) == (2, Decimal("45.0"), Decimal("75.0"))


START, END = date(2026, 5, 10), date(2026, 5, 20)


@pytest.mark.parametrize(
    ("span", "effect"),
    [
        # Diagnosed after the course, and closed; or still there.
        (GapSpan(date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 1)), Effect(1, 1, 0, 0)),
        (GapSpan(date(2026, 1, 1), None, date(2026, 6, 1)), Effect(1, 0, 1, 0)),
        # Nobody diagnosed it again, or only before the course was over.
        (GapSpan(date(2026, 1, 1), None, None), Effect(1, 0, 0, 1)),
        (GapSpan(date(2026, 1, 1), date(2026, 5, 15), date(2026, 5, 15)), Effect(1, 0, 0, 1)),
        # Closed before, or opened later: the course had nothing to do with it.
        (GapSpan(date(2026, 1, 1), date(2026, 5, 10), date(2026, 6, 1)), Effect(0, 0, 0, 0)),
        (GapSpan(date(2026, 5, 11), None, date(2026, 6, 1)), Effect(0, 0, 0, 0)),
    ],
)
def test_only_gaps_open_before_and_diagnosed_after_tell_an_effect(span, effect):
    assert effect_on_gaps([span], starts_on=START, ends_on=END) == effect


KNOWN = Known(
    units={"oirs": 1, "oficina": 1}, points={"centro": 2}, profiles={"ventanilla": 3},
    groups={"tecnico": "technical"}, studies={"medios": "secondary"}, accounts={"ana@x.cl": 5},
    records={
        8: {"name": "Ana Rojas", "code": "F-1", "user_id": 5, "hired_on": date(2019, 3, 1), "unit_id": 1},
        9: {"name": "Eva Paz", "code": "", "user_id": None, "hired_on": date(2020, 1, 1), "unit_id": None},
    },
)  # fmt: skip


def rows(*lines: str, heads: str = "Nombre;Código;Correo;Unidad;Ingreso") -> list:
    cells = [line.split(";") for line in (heads, *lines)]
    found = read_sheets([("Hoja", list(enumerate(cells, 1)))])
    plan(found, KNOWN)
    return found.rows


@pytest.mark.parametrize(
    ("line", "act", "employee"),
    [
        ("Otra Persona;F-9;;oirs;01-03-2019", Act.CREATE, None),
        ("Ana Rojas;f-1;;Oficina;2019-03-01", Act.NOTHING, 8),
        ("Ana Rojas Díaz;F-1;;oirs;2019-03-01 00:00:00", Act.CHANGE, 8),
        # Without a code: by the account; without that, by name and day.
        ("Ana R.;;ANA@x.cl;oirs;01/03/2019", Act.CHANGE, 8),
        ("eva páz;;;;1.1.2020", Act.CHANGE, 9),
        ("Eva Paz;;;;02-01-2020", Act.CREATE, None),
    ],
)
def test_which_record_a_row_means(line, act, employee):
    (row,) = rows(line)
    assert (row.problems, row.act, row.employee) == ([], act, employee)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (";F-7;;;01-03-2019", Problem.NAME_MISSING),
        (f"{'a' * 151};;;;01-03-2019", Problem.NAME_LONG),
        (f"Luz;{'9' * 31};;;01-03-2019", Problem.CODE_LONG),
        ("Luz;;;;", Problem.HIRED_MISSING),
        ("Luz;;;;31-02-2019", Problem.DAY_BAD),
        ("Luz;;;;=1+1", Problem.DAY_BAD),
        ("Luz;;;;01-01-0001", Problem.DAY_BAD),
        ("Luz;;;Alcaldía;01-03-2019", Problem.UNIT_UNKNOWN),
        ("Luz;;otra@x.cl;;01-03-2019", Problem.MAIL_UNKNOWN),
    ],
)
def test_what_is_wrong_with_a_row(line, problem):
    (row,) = rows(line)
    assert [each for each, _ in row.problems] == [problem]


def test_a_row_twice_and_days_in_the_wrong_order_are_told():
    first, second = rows("Luz;F-7;;;01-03-2019", "Luz;f-7;;;01-03-2019")
    assert first.problems == [] and [each for each, _ in second.problems] == [Problem.TWICE]
    (row,) = rows("Luz;01-03-2019;01-02-2019", heads="Nombre;Ingreso;Egreso")
    assert [each for each, _ in row.problems] == [Problem.DAYS_ORDER]


def test_examples_are_left_out_heads_are_found_and_a_sheet_without_them_says_nothing():
    cells = [
        ["Personal 2026"],
        ["Nombre*", "Ingreso", "Color"],
        ["Ana (ejemplo)", "01-01-2020", ""],
        ["", "", ""],
    ]
    found = read_sheets([("Hoja", list(enumerate(cells, 1)))])
    assert (found.rows, found.examples, found.unused) == ([], 1, ("Color",))
    assert read_sheets([("Hoja", [(1, ["Folio", "Asunto"]), (2, ["1", "x"])])]).rows == []


@given(st.text(max_size=40))
def test_a_cell_is_a_day_or_none_whatever_it_says(text):
    found = day_of(text)
    assert found is None or isinstance(found, date)
