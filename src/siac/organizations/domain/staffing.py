# SPDX-License-Identifier: EUPL-1.2
"""Units and people from a sheet: what its rows say, what is wrong with each, and what would be done.

Plain values.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from siac.kernel.text import fold

HEADER_WITHIN = 10
"""Rows of a sheet among which its heads are looked for."""
EXAMPLE_DOMAIN = "@ejemplo.example"
"""Rows with an address there are the examples of the template: nothing is done with them."""
_UNIT_HEADS = {
    "codigo": "code",
    "codigo de la unidad": "code",
    "nombre": "name",
    "unidad": "name",
    "nombre de la unidad": "name",
    "depende de": "parent",
    "correo": "email",
    "correo de la unidad": "email",
}
_PERSON_HEADS = {
    "nombre": "name",
    "persona": "name",
    "nombre y apellidos": "name",
    "nombre completo": "name",
    "correo": "email",
    "correo electronico": "email",
    "rol": "role",
    "unidad": "unit",
    "codigo de la unidad": "unit",
}


class Problem(StrEnum):
    """What can be wrong with a row; each is told with the value that is wrong."""

    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    CODE_BAD = "code_bad"
    CODE_TWICE = "code_twice"
    UNIT_CLOSED = "unit_closed"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_WRONG = "parent_wrong"
    PARENT_LOOPS = "parent_loops"
    NAME_AMBIGUOUS = "name_ambiguous"
    MAIL_MISSING = "mail_missing"
    MAIL_BAD = "mail_bad"
    MAIL_TWICE = "mail_twice"
    MAIL_OF_ANOTHER_NAME = "mail_of_another_name"
    ROLE_MISSING = "role_missing"
    ROLE_UNKNOWN = "role_unknown"
    ROLE_UNDATED = "role_undated"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_WRONG = "unit_wrong"


class Act(StrEnum):
    """What a row without problems does."""

    CREATE = "create"
    CHANGE = "change"
    INVITE = "invite"
    GRANT = "grant"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that the body has."""

    code: str
    name: str
    parent: str
    """Code of the one it depends on; empty at the top."""
    email: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the body has already."""

    units: Mapping[str, KnownUnit]
    """By code."""
    held: Collection[tuple[str, str, str]]
    """(mail, role, code of the unit or empty) of who works here."""
    invited: Collection[tuple[str, str, str]]
    """The same of invitations that are still open."""

    @property
    def colleagues(self) -> frozenset[str]:
        """Mails of who works here."""
        return frozenset(mail for mail, _, _ in self.held)


@dataclass(slots=True)
class UnitRow:
    """A row that says a unit.

    `parent` and `email` None: the sheet has no such column, and nothing of it changes.
    """

    sheet: str
    line: int
    code: str
    name: str
    parent: str | None
    email: str | None
    problems: list[tuple[Problem, str]] = field(default_factory=list)
    act: Act = Act.NOTHING
    before: list[tuple[str, str]] = field(default_factory=list)
    """Of a change: (name, parent or email; what it was)."""


@dataclass(slots=True)
class PersonRow:
    """A row that says who has which role where; `unit` is as typed, later its code, empty for the
    whole body.
    """

    sheet: str
    line: int
    name: str
    email: str
    role: str
    unit: str
    problems: list[tuple[Problem, str]] = field(default_factory=list)
    act: Act = Act.NOTHING


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says: its rows, how many were examples, and the names of
    columns that nothing was read from.
    """

    units: list[UnitRow]
    people: list[PersonRow]
    examples: int = 0
    unused: tuple[str, ...] = ()


def read_sheets(sheets: Iterable[tuple[str, Sequence[tuple[int, Sequence[str]]]]]) -> Said:
    """Return what sheets, each (title, rows of (line, cells)), say; one whose
    heads are not known says nothing.
    """
    units: list[UnitRow] = []
    people: list[PersonRow] = []
    unused: list[str] = []
    examples = 0
    for title, rows in sheets:
        found = _heads(rows)
        if found is None:
            continue
        place, heads, is_people = found
        unused += [cell for at, cell in enumerate(rows[place][1]) if cell and at not in heads.values()]
        for line, cells in rows[place + 1 :]:
            said = {name: cells[at] if at < len(cells) else "" for name, at in heads.items()}
            if said.get("email", "").lower().endswith(EXAMPLE_DOMAIN):
                examples += 1
            elif any(said.values()) and is_people:
                name, mail, role = said.get("name", ""), said["email"].lower(), said["role"]
                people.append(PersonRow(title, line, name, mail, role, said.get("unit", "")))
            elif any(said.values()):
                code, name = said.get("code", ""), said.get("name", "")
                units.append(UnitRow(title, line, code, name, said.get("parent"), said.get("email")))
    return Said(units, people, examples, tuple(unused))


def _heads(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int], bool] | None:
    """Return (place of the heads among the rows, column by field, whether they
    are of people); None where there are none.
    """
    for place, (_, cells) in enumerate(rows[:HEADER_WITHIN]):
        people, units = _columns(cells, _PERSON_HEADS), _columns(cells, _UNIT_HEADS)
        if {"email", "role"} <= set(people):
            return place, people, True
        if "name" in units and {"code", "parent"} & set(units):
            return place, units, False
    return None


def _columns(cells: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = known.get(" ".join(fold(cell).replace("*", " ").split()))
        if name is not None:
            found.setdefault(name, at)
    return found
