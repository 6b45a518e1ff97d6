# SPDX-License-Identifier: EUPL-1.2
"""How far the plan would have been off on real demand: the table of decision 27, worked out anew."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from siac.clocks.factory import shipped_calendar
from siac.indicators.domain.forecasting import BackTest, Calendar, Series, back_test

DECISION = (
    Path(__file__).resolve().parents[2]
    / "docs"
    / "decisions"
    / "0027-demand-is-a-level-and-what-days-do-to-it.md"
)
ONE = timedelta(days=1)


def per_day(rows: dict[date, int], *, gaps: bool) -> Series:
    """Return counts as a series; days that are not there are unknown (`gaps`) or brought nothing."""
    first, last = min(rows), max(rows)
    days = [first + place * ONE for place in range((last - first).days + 1)]
    return Series(first, tuple(rows.get(day, None if gaps else 0) for day in days))


def cells(name: str, test: BackTest) -> str:
    """Return the line of the table."""
    assert test.own is not None and test.naive is not None
    covered = "—" if test.covered is None else f"{round(test.covered * 100)} % of {test.tried}"
    own, naive = (f"{float(each * 100):.1f} %" for each in (test.own, test.naive))
    return (
        f"| {name} | {len(test.trials)} | {own} | {naive} | {float(test.own / test.naive):.2f} | {covered} |"
    )


def holidays(place: str) -> Calendar:
    return Calendar(frozenset(shipped_calendar(place).off))


def foretold_past(folder: Path) -> Iterator[tuple[str, BackTest]]:
    with (folder / "madrid_avisos_por_dia.csv").open() as file:
        madrid = {date.fromisoformat(day): int(count) for day, count in list(csv.reader(file))[1:]}
    holidays = Calendar(frozenset(shipped_calendar("ES-MD").off))
    yield (
        "Madrid, notices 2021-06 to 2024-03 with 14 months unknown",
        back_test(per_day(madrid, gaps=True), holidays),
    )
    with (folder / "pamplona_quejas_2014.csv").open(encoding="utf-8-sig") as file:
        opened = [row["Fecha apertura"] for row in csv.DictReader(file) if row["Fecha apertura"]]
    days = Counter(datetime.strptime(day, "%m/%d/%Y").date() for day in opened)
    pamplona = per_day(dict(days), gaps=False)
    yield (
        "Pamplona, complaints of 2014",
        back_test(pamplona, Calendar(frozenset(shipped_calendar("ES-NC").off))),
    )


def test_the_table_of_the_decision_is_what_the_data_say(sample_data):
    told = DECISION.read_text()
    for name, found in foretold_past(sample_data):
        assert cells(name, found) in told


def test_the_model_is_nearer_to_real_demand_than_repeating_it(sample_data):
    for name, found in foretold_past(sample_data):
        assert found.is_own_better, name
