# SPDX-License-Identifier: EUPL-1.2
"""The personnel sheet: what its rows say, what is wrong with each, and which record each one means.

Plain values. A row means the record with its code; without a code, that of its account, and without either
the only one of that name who began on that day: so that the same sheet loaded twice makes nobody twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from re import fullmatch
from typing import Any

from siac.kernel.days import is_within
from siac.kernel.text import fold

HEADER_WITHIN = 10
"""Rows of a sheet among which its heads are looked for."""
EXAMPLE = "(ejemplo)"
"""Rows whose name says so are the example of the template."""
LONGEST_NAME, LONGEST_CODE, LONGEST_POST = 150, 30, 120
HEADS: dict[str, str] = {
    "nombre": "name", "nombre y apellidos": "name", "nombre completo": "name", "funcionario": "name",
    "codigo": "code", "codigo interno": "code", "correo": "email", "correo electronico": "email",
    "cargo": "post", "funcion": "post", "perfil": "profile", "perfil de funciones": "profile",
    "unidad": "unit", "punto de atencion": "point", "espacio de atencion": "point", "estamento": "group",
    "estudios": "studies", "nivel de estudios": "studies", "ingreso": "hired_on",
    "fecha de ingreso": "hired_on", "ingreso a la institucion": "hired_on",
    "en el punto desde": "in_point_since",
    "ingreso al punto": "in_point_since", "egreso": "left_on", "fecha de egreso": "left_on",
}  # fmt: skip
DAYS = ("hired_on", "in_point_since", "left_on")


class Problem(StrEnum):
    """What can be wrong with a row; each is told with the value that is wrong."""

    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    CODE_LONG = "code_long"
    POST_LONG = "post_long"
    TWICE = "twice"
    HIRED_MISSING = "hired_missing"
    DAY_BAD = "day_bad"
    DAYS_ORDER = "days_order"
    UNIT_UNKNOWN = "unit_unknown"
    POINT_UNKNOWN = "point_unknown"
    PROFILE_UNKNOWN = "profile_unknown"
    GROUP_UNKNOWN = "group_unknown"
    STUDIES_UNKNOWN = "studies_unknown"
    MAIL_UNKNOWN = "mail_unknown"
    AMBIGUOUS = "ambiguous"


class Act(StrEnum):
    """What a row without problems does."""

    CREATE = "create"
    CHANGE = "change"
    NOTHING = "nothing"


@dataclass(slots=True)
class Row:
    """A row of the sheet: its cells by field, what is wrong, and the fields of the record it makes."""

    sheet: str
    line: int
    cells: dict[str, str]
    problems: list[tuple[Problem, str]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    act: Act = Act.NOTHING
    employee: int | None = None
    """The record that it means; None: a new one."""

    @property
    def name(self) -> str:
        return self.cells.get("name", "")


@dataclass(frozen=True, slots=True)
class Known:
    """What the body has: names and codes folded, to the key of each, and its records as they stand."""

    units: Mapping[str, int]
    points: Mapping[str, int]
    profiles: Mapping[str, int]
    groups: Mapping[str, str]
    studies: Mapping[str, str]
    accounts: Mapping[str, int]
    """By mail in small letters."""
    records: Mapping[int, Mapping[str, Any]]
    """By key: the fields that a sheet says."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says: its rows, how many were examples, and columns that nothing was read from."""

    rows: list[Row]
    examples: int = 0
    unused: tuple[str, ...] = ()


def read_sheets(sheets: Sequence[tuple[str, Sequence[tuple[int, Sequence[str]]]]]) -> Said:
    """Return what sheets, each (title, rows of (line, cells)), say; one without heads says nothing."""
    rows: list[Row] = []
    unused: list[str] = []
    examples = 0
    for title, found in sheets:
        heads = _heads(found)
        if heads is None:
            continue
        place, columns = heads
        unused += [cell for at, cell in enumerate(found[place][1]) if cell and at not in columns.values()]
        for line, cells in found[place + 1 :]:
            said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
            if EXAMPLE in said.get("name", "").lower():
                examples += 1
            elif any(said.values()):
                rows.append(Row(title, line, said))
    return Said(rows, examples, tuple(unused))


def _heads(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int]] | None:
    for place, (_, cells) in enumerate(rows[:HEADER_WITHIN]):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            name = HEADS.get(" ".join(fold(cell).replace("*", " ").split()))
            if name is not None:
                found.setdefault(name, at)
        if {"name", "hired_on"} <= set(found):
            return place, found
    return None


def day_of(text: str) -> date | None:
    """Return the day of a cell (2020-03-01, with or without an hour behind; 01-03-2020; 1/3/2020); None where
    it is none that can be reckoned with.
    """
    told = text.strip()[:19]
    if iso := fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T][\d:]*)?", told):
        year, month, day = iso.groups()
    elif own := fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", told):
        day, month, year = own.groups()
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if is_within(found) else None


def plan(said: Said, known: Known) -> None:
    """Say of each row what is wrong, which record it means and what it would do."""
    taken: set[Any] = set()
    for row in said.rows:
        _read(row, known)
        key = _key(row)
        if key in taken:
            row.problems.append((Problem.TWICE, row.cells.get("code") or row.name))
        taken.add(key)
        if row.problems:
            continue
        _match(row, known)


def _key(row: Row) -> Any:
    code, mail = row.cells.get("code", "").lower(), row.cells.get("email", "").lower()
    return (
        ("code", code) if code else ("mail", mail) if mail else (fold(row.name), row.fields.get("hired_on"))
    )


def _read(row: Row, known: Known) -> None:
    cells, fields = row.cells, row.fields
    fields["name"] = cells["name"]
    if not cells["name"]:
        row.problems.append((Problem.NAME_MISSING, ""))
    for name, limit, problem in (
        ("name", LONGEST_NAME, Problem.NAME_LONG),
        ("code", LONGEST_CODE, Problem.CODE_LONG),
        ("post", LONGEST_POST, Problem.POST_LONG),
    ):
        if name in cells:
            fields[name] = cells[name]
            if len(cells[name]) > limit:
                row.problems.append((problem, cells[name][:limit]))
    _read_days(row)
    for name, column, where, problem in (
        ("unit", "unit_id", known.units, Problem.UNIT_UNKNOWN),
        ("point", "point_id", known.points, Problem.POINT_UNKNOWN),
        ("profile", "profile_id", known.profiles, Problem.PROFILE_UNKNOWN),
        ("group", "group", known.groups, Problem.GROUP_UNKNOWN),
        ("studies", "studies", known.studies, Problem.STUDIES_UNKNOWN),
    ):
        _look_up(row, name, column, where, problem)
    if mail := cells.get("email", "").lower():
        if mail in known.accounts:
            fields["user_id"] = known.accounts[mail]
        else:
            row.problems.append((Problem.MAIL_UNKNOWN, mail))


def _look_up(row: Row, name: str, column: str, where: Mapping[str, Any], problem: Problem) -> None:
    if name not in row.cells:
        return
    typed = row.cells[name]
    if not typed:
        row.fields[column] = "" if name in ("group", "studies") else None
    elif fold(typed) in where:
        row.fields[column] = where[fold(typed)]
    else:
        row.problems.append((problem, typed))


def _read_days(row: Row) -> None:
    for name in DAYS:
        if name not in row.cells:
            continue
        typed = row.cells[name]
        row.fields[name] = day_of(typed) if typed else None
        if typed and row.fields[name] is None:
            row.problems.append((Problem.DAY_BAD, typed))
    hired = row.fields.get("hired_on")
    if hired is None:
        if not row.cells["hired_on"]:
            row.problems.append((Problem.HIRED_MISSING, ""))
        return
    for name in ("in_point_since", "left_on"):
        day = row.fields.get(name)
        if day is not None and day < hired:
            row.problems.append((Problem.DAYS_ORDER, row.cells[name]))


def _match(row: Row, known: Known) -> None:
    """Find the record that a row means, and what would change in it."""
    code, fields = row.cells.get("code", "").lower(), row.fields
    found = [pk for pk, record in known.records.items() if code and record["code"].lower() == code]
    if not code and fields.get("user_id"):
        found = [pk for pk, record in known.records.items() if record["user_id"] == fields["user_id"]]
    elif not code:
        same = (fold(row.name), fields["hired_on"])
        found = [pk for pk, each in known.records.items() if (fold(each["name"]), each["hired_on"]) == same]
    if len(found) > 1:
        row.problems.append((Problem.AMBIGUOUS, row.name))
    elif not found:
        row.act = Act.CREATE
    else:
        row.employee = found[0]
        record = known.records[found[0]]
        if fields.get("code", "").lower() in ("", record["code"].lower()):
            fields.pop("code", None)  # a code is never taken away, nor written otherwise
        row.act = Act.CHANGE if any(record[name] != value for name, value in fields.items()) else Act.NOTHING
