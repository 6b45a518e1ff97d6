# SPDX-License-Identifier: EUPL-1.2
"""Which periods a norm reports, when its report is due, and how long things took."""

from datetime import date

import pytest

from siac.charters.domain.parts import Norm
from siac.charters.domain.reports import (
    KINDS,
    Told,
    days_words,
    due_on,
    half_of,
    period_named,
    periods_over,
    reminds,
    year_of,
)

RD, GUIDE = KINDS[Norm.RD951], KINDS[Norm.MTPE]


@pytest.mark.parametrize(
    ("kind", "since", "today", "codes"),
    [
        (RD, date(2024, 5, 1), date(2026, 1, 1), ["2025", "2024"]),
        (RD, date(2024, 5, 1), date(2025, 12, 31), ["2024"]),
        (GUIDE, date(2025, 8, 1), date(2026, 7, 1), ["2026-1", "2025", "2025-2"]),
        (GUIDE, date(2025, 8, 1), date(2026, 6, 30), ["2025", "2025-2"]),
        (RD, date(2026, 1, 1), date(2026, 9, 1), []),
    ],
)
def test_periods_that_are_over_and_had_a_day_of_the_charter(kind, since, today, codes):
    assert [each.code for each in periods_over(kind, since=since, today=today)] == codes


@pytest.mark.parametrize(
    ("code", "kind", "found"),
    [
        ("2025", RD, year_of(2025)),
        ("2025-2", GUIDE, half_of(2025, 2)),
        ("2025-1", GUIDE, half_of(2025, 1)),
        ("2025-1", RD, None),
        ("2025-3", GUIDE, None),
        ("25", RD, None),
        ("²⁰²⁵", RD, None),
        ("", RD, None),
        ("9999999", RD, None),
        ("0001", RD, None),
    ],
)
def test_a_code_names_a_period_of_its_norm_or_none(code, kind, found):
    assert period_named(code, kind) == found


@pytest.mark.parametrize(
    ("norm", "today", "due", "is_reminded"),
    [
        (Norm.RD951, date(2026, 1, 1), date(2026, 3, 31), True),
        (Norm.RD951, date(2026, 9, 1), date(2026, 3, 31), True),
        (Norm.MTPE, date(2026, 3, 31), None, True),
        (Norm.MTPE, date(2026, 4, 1), None, False),
        (Norm.UNE, date(2026, 4, 1), None, False),
    ],
)
def test_a_fixed_day_reminds_until_the_report_is_made_and_the_rest_in_the_first_quarter(
    norm, today, due, is_reminded
):
    assert (due_on(KINDS[norm], today), reminds(KINDS[norm], today)) == (due, is_reminded)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([1], "mediana de 1 día, a lo más 1 día"),
        ([9, 2, 4, 3], "mediana de 3 días, a lo más 9 días"),
    ],
)
def test_days_are_told_by_their_median_and_the_longest(days, words):
    assert days_words(days) == words


@pytest.mark.parametrize("norm", list(Norm))
def test_every_norm_tells_all_of_it_once(norm):
    assert sorted(each.told for each in KINDS[norm].sections) == sorted(Told)


def test_what_rd_951_asks_of_the_report_cites_it():
    asked = [each.told for each in RD.sections if "12.2" in each.basis]
    assert asked == [Told.KEPT, Told.DEVIATIONS, Told.CORRECTIONS, Told.REMEDIES]
