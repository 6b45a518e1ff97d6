# SPDX-License-Identifier: EUPL-1.2
"""A country's yearly report as it is written: its sheets and the columns of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from siac.countries.public import COUNTRIES, YEARLY
from siac.infra.metrics import Statistic, metric

PARTS = ("value", "met", "total")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` heads it in the file, `title` on the page. `part`: the figure itself, how many it
    counts, or of how many; `none`: what stands where there is nothing to tell.
    """

    key: str
    title: str
    metric: str
    statistic: Statistic
    within: int
    part: str
    none: str | int


@dataclass(frozen=True, slots=True)
class Goal:
    """A column with the target of an indicator of the library; empty where the body did not adopt it."""

    key: str
    title: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: of which kinds it is, by a name that is the same in all bodies; `by`: a row for each member of
    a dimension, of the year alone, else one row with several years side by side.
    """

    title: str
    kind: str
    by: str
    columns: tuple[Column, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class ProcedureForm:
    """The sheet of procedures, told from the records of the body: the columns that say which one it is, those
    of each year, what stands where nothing is known, and the words of a State for why one is told. `field` is
    one of a record; empty: the records do not know it.
    """

    title: str
    none: str
    fixed: tuple[tuple[str, str], ...]
    yearly: tuple[tuple[str, str], ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class YearlyForm:
    """The report of a country. `years`: how many years stand side by side; `first_columns`: what heads the
    columns that say which body it is; `procedures`: the sheet of them, where the country asks for one.
    """

    name: str
    source: str
    years: int
    first_columns: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    procedures: ProcedureForm | None = None


@lru_cache(maxsize=8)
def yearly_form(country: str) -> YearlyForm:
    """Return the yearly report of a country."""
    written = tomllib.loads(COUNTRIES[country].read(YEARLY))
    return YearlyForm(
        written["name"],
        written["source"],
        written["years"],
        tuple(written["first_columns"]),
        tuple(_sheet(row) for row in written["sheet"]),
        _procedures(written["procedures"]) if "procedures" in written else None,
    )


def _procedures(row: Mapping[str, Any]) -> ProcedureForm:
    fixed, yearly = (
        tuple((each["key"], each.get("field", "")) for each in row[name]) for name in ("fixed", "yearly")
    )
    return ProcedureForm(row["title"], row["none"], fixed, yearly, row["reasons"])


def _sheet(row: Mapping[str, Any]) -> Sheet:
    columns = tuple(_column(each) for each in row["columns"])
    goals = tuple(Goal(each["key"], each["title"], each["indicator"]) for each in row.get("goals", ()))
    return Sheet(row["title"], row.get("kind", ""), row.get("by", ""), columns, goals)


def _column(row: Mapping[str, Any]) -> Column:
    usual = metric(row["metric"]).statistics[0]
    return Column(
        row["key"], row["title"], row["metric"], Statistic(row.get("statistic", usual)),
        row.get("within", 0), row.get("part", "value"), row.get("none", 0),
    )  # fmt: skip
