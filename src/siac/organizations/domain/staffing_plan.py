# SPDX-License-Identifier: EUPL-1.2
"""What a sheet of units and people would do to a body: every row checked
against the others and against what there is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from siac.accounts.public import Role
from siac.kernel.text import fold
from siac.organizations.domain.staffing import Act, Known, KnownUnit, PersonRow, Problem, Said, UnitRow

NAME_LIMIT = 150
MAIL_LIMIT = 254
CODE_LIMIT = 40
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MAIL = re.compile(r"[^\s@<>(),;:\"]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,180}\.[A-Za-z]{2,}")
_AMBIGUOUS = "*"


def plan(said: Said, known: Known, *, roles: Mapping[str, str], code_of: Callable[[str], str]) -> None:
    """Write on every row what is wrong with it, all at once, and what it would do;
    codes, units and roles are put in their form.

    `roles` gives the code of a role by its folded name; `code_of` makes a code of
    the name of a unit that came without one.
    """
    units = _Units(said.units, known, code_of)
    units.check()
    _People(said.people, known, units, roles).check()


class _Units:
    """The rows of units, and how a unit is found by code or by name among them and those the body has."""

    def __init__(self, rows: list[UnitRow], known: Known, code_of: Callable[[str], str]) -> None:
        self.rows, self.known = rows, known
        codes = {code.lower(): code for code in known.units}
        names = _by_name((unit.name, code) for code, unit in known.units.items())
        for row in rows:
            named = names.get(fold(row.name), "")
            if row.code:
                row.code = codes.get(row.code.lower(), row.code)
            elif named == _AMBIGUOUS:
                row.problems.append((Problem.NAME_AMBIGUOUS, row.name))
            else:
                row.code = named
        _give_codes(
            [row for row in rows if not row.code and not row.problems and row.name], rows, codes, code_of
        )
        self.by_code = {row.code.lower(): row for row in rows if row.code}
        self.codes = codes | {row.code.lower(): row.code for row in rows if row.code}
        self.all_codes = frozenset(self.codes.values())
        renamed = {row.code for row in rows}
        self.names = _by_name(
            [(unit.name, code) for code, unit in known.units.items() if code not in renamed]
            + [(row.name, row.code) for row in {row.code: row for row in rows}.values()]
        )

    def find(self, typed: str) -> tuple[str, Problem | None]:
        """Return the code of the unit that was typed by code or name, or what is wrong."""
        code = self.codes.get(typed.lower()) or self.names.get(fold(typed), "")
        if code == _AMBIGUOUS:
            return "", Problem.NAME_AMBIGUOUS
        return (code, None) if code else ("", Problem.UNIT_UNKNOWN)

    def is_wrong(self, code: str) -> bool:
        """Return whether a unit would only come with a row that has problems."""
        row = self.by_code.get(code.lower())
        return code not in self.known.units and row is not None and bool(row.problems)

    def check(self) -> None:
        """Check every row, and say what those without problems do."""
        times = Counter(row.code.lower() for row in self.rows)
        for row in self.rows:
            self._check(row, times)
        for row in self.rows:
            if self._loops(row):
                row.problems.append((Problem.PARENT_LOOPS, row.parent or ""))
        while sum(self._follows(row) for row in self.rows):
            continue
        for row in self.rows:
            row.act = Act.NOTHING if row.problems else self._act(row)

    def _check(self, row: UnitRow, times: Mapping[str, int]) -> None:
        old = self.known.units.get(row.code)
        _check_name(row)
        if row.code and not _CODE.fullmatch(row.code):
            row.problems.append((Problem.CODE_BAD, row.code))
        if row.code and times[row.code.lower()] > 1:
            row.problems.append((Problem.CODE_TWICE, row.code))
        if row.email and not _is_mail(row.email):
            row.problems.append((Problem.MAIL_BAD, row.email))
        if old is not None and not old.is_active:
            row.problems.append((Problem.UNIT_CLOSED, row.code))
        if row.parent:
            code, problem = self.find(row.parent)
            if problem is not None:
                is_unknown = problem is Problem.UNIT_UNKNOWN
                row.problems.append((Problem.PARENT_UNKNOWN if is_unknown else problem, row.parent))
            row.parent = code or row.parent

    def _parent(self, code: str) -> str:
        row, old = self.by_code.get(code.lower()), self.known.units.get(code)
        if row is not None and row.parent is not None:
            return row.parent
        return old.parent if old else ""

    def _loops(self, row: UnitRow) -> bool:
        seen, code = {row.code}, self._parent(row.code)
        while code in self.all_codes:
            if code == row.code:
                return True
            if code in seen:
                return False
            seen.add(code)
            code = self._parent(code)
        return False

    def _follows(self, row: UnitRow) -> bool:
        """Give a row the problem of the one it depends on; return whether it got one."""
        if row.problems or not row.parent or not self.is_wrong(row.parent):
            return False
        row.problems.append((Problem.PARENT_WRONG, row.parent))
        return True

    def _act(self, row: UnitRow) -> Act:
        old = self.known.units.get(row.code)
        if old is None:
            return Act.CREATE
        row.before = [("name", old.name)] if old.name != row.name else []
        row.before += [("parent", old.parent)] if row.parent not in (None, old.parent) else []
        row.before += [("email", old.email)] if row.email not in (None, old.email) else []
        return Act.CHANGE if row.before else Act.NOTHING


class _People:
    def __init__(self, rows: list[PersonRow], known: Known, units: _Units, roles: Mapping[str, str]) -> None:
        self.rows, self.known, self.units, self.roles = rows, known, units, roles
        self.colleagues = known.colleagues

    def check(self) -> None:
        """Check every row, and say what those without problems do."""
        names: dict[str, str] = {}
        seen: set[tuple[str, str, str]] = set()
        for row in self.rows:
            self._check_person(row, names)
            self._check_place(row)
            key = (row.email, row.role, row.unit)
            if row.email and key in seen:
                row.problems.append((Problem.MAIL_TWICE, row.email))
            seen.add(key)
            row.act = Act.NOTHING if row.problems else self._act(key)
            if row.act is not Act.NOTHING and row.role == Role.COUNCIL_MEMBER:
                row.problems.append((Problem.ROLE_UNDATED, row.email))
                row.act = Act.NOTHING

    def _check_person(self, row: PersonRow, names: dict[str, str]) -> None:
        _check_name(row)
        if not row.email:
            row.problems.append((Problem.MAIL_MISSING, ""))
        elif not _is_mail(row.email):
            row.problems.append((Problem.MAIL_BAD, row.email))
        elif row.name and fold(names.setdefault(row.email, row.name)) != fold(row.name):
            row.problems.append((Problem.MAIL_OF_ANOTHER_NAME, row.email))

    def _check_place(self, row: PersonRow) -> None:
        if not row.role:
            row.problems.append((Problem.ROLE_MISSING, ""))
        elif fold(row.role) not in self.roles:
            row.problems.append((Problem.ROLE_UNKNOWN, row.role))
        else:
            row.role = self.roles[fold(row.role)]
        if not row.unit:
            return
        code, problem = self.units.find(row.unit)
        unit = self.known.units.get(code)
        if problem is not None:
            row.problems.append((problem, row.unit))
        elif unit is not None and not unit.is_active:
            row.problems.append((Problem.UNIT_CLOSED, row.unit))
        elif self.units.is_wrong(code):
            row.problems.append((Problem.UNIT_WRONG, row.unit))
        row.unit = code or row.unit

    def _act(self, key: tuple[str, str, str]) -> Act:
        if key in self.known.held or key in self.known.invited:
            return Act.NOTHING
        return Act.GRANT if key[0] in self.colleagues else Act.INVITE


def parents_first(rows: list[UnitRow], known: Mapping[str, KnownUnit]) -> list[UnitRow]:
    """Return rows without problems so that no unit comes before the one it depends
    on, and none depends on itself on the way.
    """
    by_code = {row.code: row for row in rows}

    def depth(code: str, left: int) -> int:
        row, old = by_code.get(code), known.get(code)
        parent = row.parent if row is not None and row.parent is not None else old.parent if old else ""
        return 1 + depth(parent, left - 1) if parent and left else 0

    most = len(rows) + len(known)
    return sorted(rows, key=lambda row: depth(row.code, min(most, 200)))


def _give_codes(
    nameless: list[UnitRow], rows: list[UnitRow], codes: Mapping[str, str], code_of: Callable[[str], str]
) -> None:
    """Give new units that came without a code one of their name that no other
    unit has: never is one taken for another.
    """
    taken = {*codes, *(row.code.lower() for row in rows if row.code)}
    given: dict[str, str] = {}
    for row in nameless:
        wished = code_of(row.name) or "unidad"
        code, number = wished, 1
        while code.lower() in taken:
            number += 1
            code = f"{wished[: CODE_LIMIT - len(str(number)) - 1]}-{number}"
        # The same name twice is one code twice: that is told, not made two units.
        row.code = given.setdefault(fold(row.name), code)
        taken.add(row.code.lower())


def _is_mail(text: str) -> bool:
    return len(text) <= MAIL_LIMIT and _MAIL.fullmatch(text) is not None


def _check_name(row: UnitRow | PersonRow) -> None:
    if not row.name:
        row.problems.append((Problem.NAME_MISSING, ""))
    if len(row.name) > NAME_LIMIT:
        row.problems.append((Problem.NAME_LONG, row.name))


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, code in pairs:
        key = fold(name)
        found[key] = code if key not in found or found[key] == code else _AMBIGUOUS
    return found
