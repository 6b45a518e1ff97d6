# SPDX-License-Identifier: EUPL-1.2
"""What a territory lacks, whom points reach, and what a sheet of territories says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.indicators.domain.coverage import (
    AgeBand,
    Gap,
    Goals,
    Reach,
    bands_fault,
    beside,
    gaps,
    joined,
    people_of,
    reached,
)
from siac.indicators.domain.territory_sheet import HEADS, read_territories

NAMES = {
    "CO": "Coquimbo", "041": "Provincia de Elqui", "04102": "Coquimbo", "04103": "Andacollo", "": "No dijo",
}  # fmt: skip
YEARS = range(1990, 2027)


@pytest.mark.parametrize(
    ("reach", "goals", "found"),
    [
        (Reach(11_044, 1, 0, None, 900), Goals(), []),
        (Reach(11_044, 0, 0, Decimal("41.0"), 0), Goals(), [Gap.NO_PLACE]),
        (Reach(11_044, 0, 3, Decimal("41.0"), 0), Goals(most_km=30), [Gap.FAR]),
        (Reach(11_044, 0, 0, None, 0), Goals(most_km=30), [Gap.NO_PLACE]),  # nobody knows how far
        (Reach(11_044, 0, 0, Decimal("30.0"), 0), Goals(most_km=30), [Gap.NO_PLACE]),
        (Reach(20_001, 2, 0, None, 0), Goals(most_people=10_000), [Gap.CROWDED]),
        (Reach(20_000, 2, 0, None, 0), Goals(most_people=10_000), []),
        (Reach(1_000, 1, 0, None, 49), Goals(least_served=50), [Gap.FEW_SERVED]),
        (Reach(1_000, 1, 0, None, 50), Goals(least_served=50), []),
    ],
)
def test_what_is_missing_follows_what_is_wanted(reach, goals, found):
    assert gaps(reach, goals) == found


def test_people_share_points_and_attentions_are_for_each_thousand():
    assert Reach(227_730, 7, 0, None, 4_102).people_per_point == 32_533
    assert Reach(227_730, 7, 0, None, 4_102).served_per_thousand == Decimal("18.0")
    assert Reach(5, 0, 0, None, 0).people_per_point is None


def test_those_reached_are_told_of_a_hundred_of_them():
    assert reached([(75, True, False), (25, False, False)]).near == Decimal("75.0")
    assert reached([(75, True, True), (25, True, False)]).accessible == Decimal("75.0")
    assert reached([]) is None and reached([(0, True, True)]) is None
    assert people_of(227_730, Decimal("10.6")) == 24_139 and people_of(10, None) is None


@pytest.mark.parametrize(
    ("ages", "fault"),
    [
        ([(0, 14, "22.4"), (15, 64, "67"), (65, None, "10.6")], ""),
        ([(0, 14, "22.4"), (14, 64, "67")], "ages_overlap"),
        ([(65, None, "10"), (80, None, "5")], "ages_overlap"),
        ([(20, 10, "22.4")], "ages_reversed"),
        ([(0, 14, "52"), (15, None, "48.5")], ""),
        ([(0, 14, "52"), (15, None, "48.6")], "ages_many"),
        ([], ""),
    ],
)
def test_ages_that_cannot_be_are_refused(ages, fault):
    assert bands_fault([AgeBand(first, last, Decimal(percent)) for first, last, percent in ages]) == fault


def test_only_ages_that_consist_of_those_told_stand_beside_them():
    served = {"under_14": (0, 13), "14_17": (14, 17), "60_74": (60, 74), "75_more": (75, 130)}
    bands = [AgeBand(0, 13, Decimal(20)), AgeBand(14, 64, Decimal(60)), AgeBand(60, None, Decimal(20))]
    assert [(band.first, keys) for band, keys in joined(bands, served)] == [
        (0, ["under_14"]), (60, ["60_74", "75_more"])
    ]  # fmt: skip


def test_a_share_served_is_beyond_chance_where_its_interval_leaves_the_population_out():
    assert beside("Mujer", 70, 100, Decimal("52.0")).is_beyond
    assert not beside("Mujer", 56, 100, Decimal("52.0")).is_beyond
    assert beside("Mujer", None, 100, Decimal("52.0")).share is None


def sheet(*rows):
    return read_territories([(place, row) for place, row in enumerate([HEADS, *rows], 1)], NAMES, years=YEARS)


POLICY = (
    ["Coquimbo", "2017", "227.730", "117.858", "109.872", "1.429", "5,8", "7,1 %", "22,4", "67", "10,6", "i"],
    ["andacollo", "2017", "11044", "5525", "5519", "310", "9.4%", "10,5", "22,2", "64,2", "13,6", "Censo"],
)  # fmt: skip


def test_a_sheet_is_read_as_people_write_numbers_and_names():
    found, problems = sheet(*POLICY)
    assert problems == []
    assert [(row.code, row.people, row.area, row.rural, row.poor) for row in found] == [
        ("04102", 227_730, Decimal("1429.00"), Decimal("5.80"), Decimal("7.10")),
        ("04103", 11_044, Decimal("310.00"), Decimal("9.40"), Decimal("10.50")),
    ]
    assert [(band.first, band.last, band.percent) for band in found[0].ages] == [
        (0, 14, Decimal("22.40")), (15, 64, Decimal("67.00")), (65, None, Decimal("10.60")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({0: "Atlántida"}, "territory_unknown"),
        ({1: "1850"}, "territory_year"),
        ({1: "2027"}, "territory_year"),
        ({2: ""}, "territory_people"),
        ({2: "muchos"}, "territory_number"),
        ({3: "300.000"}, "territory_sexes"),
        ({6: "101"}, "territory_percent"),
        ({8: "80"}, "ages_many"),
        ({8: "NaN"}, "territory_number"),
        ({11: ""}, "territory_source"),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_line(change, code):
    row = list(POLICY[0])
    for place, cell in change.items():
        row[place] = cell
    found, problems = sheet(POLICY[1], row)
    assert len(found) == 1 and code in {each.code for each in problems}
    assert {each.line for each in problems} == {3}


def test_a_territory_told_twice_is_named_with_the_row_of_the_first():
    _, problems = sheet(POLICY[0], ["COQUIMBO", *POLICY[0][1:]])
    assert [(each.line, each.code, each.value) for each in problems] == [(3, "territory_again", "2")]


def test_a_sheet_without_its_columns_is_none():
    assert read_territories([(1, ["Territorio", "Habitantes"])], NAMES, years=YEARS) is None
    assert read_territories([], NAMES, years=YEARS) is None


@given(st.lists(st.lists(st.text(max_size=12), max_size=14), max_size=6))
def test_whatever_is_typed_is_read_or_named(rows):
    found, problems = sheet(*rows)
    assert all(row.people > 0 for row in found)
    assert all(each.line > 1 for each in problems)
