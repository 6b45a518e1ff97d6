# SPDX-License-Identifier: EUPL-1.2
"""What hangs on a case and most cases lack, read along in one column of the SQL that reads the case.

Each feature registers what it adds: a fragment of that column over the tables that it owns.
Joined in by Django it cost more processor time than the case itself, nearly all of it in
making the statement (docs/benchmarks.md).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL

from siac.accounts.public import User
from siac.cases.models import Case, CaseText
from siac.infra.kept_rows import KeptRows

_SEEN_BY = "ARRAY[{0}.id, {0}.is_restricted::int, {0}.kind_id, {0}.unit_id, {0}.assignee_id, {0}.filed_by_id]"


@dataclass(frozen=True, slots=True)
class Fragment:
    """`sql`: an expression that PostgreSQL makes JSON of, over the row `cases_case`; `params` fill its %s.

    `related`: it is the row of this model, which becomes the case's related object of the same name.
    `others`: it is an array of rows that each name another case, read under this alias; each row begins with
    `{seen_by}`, in whose place comes what tells who sees the other.
    `settle`, given the case and everything that was read along, puts what belongs together in its place.
    """

    name: str
    sql: str
    params: tuple[Any, ...] = ()
    related: type[Model] | None = None
    others: str = ""
    settle: Callable[[Case, Mapping[str, Any]], None] | None = None

    @property
    def pair(self) -> str:
        """Its name and value, as `jsonb_build_object` takes them."""
        return f"'{self.name}', " + self.sql.replace("{seen_by}", _SEEN_BY.format(self.others))


_FRAGMENTS: dict[str, Fragment] = {}


def register_fragments(*fragments: Fragment) -> None:
    """Read these along with every case that is read whole; called when the application starts.

    Raises:
        ValueError: there is another fragment of that name.
    """
    for fragment in fragments:
        if _FRAGMENTS.setdefault(fragment.name, fragment) is not fragment:
            raise ValueError(f"there is a fragment {fragment.name!r} already")


@dataclass(frozen=True, slots=True)
class Beside:
    """A restricted case beside another: its primary key, and what tells who sees it."""

    pk: int
    kind_id: int
    unit_id: int | None
    assignee_id: int | None
    filed_by_id: int | None


class WholeCase:
    """How the only case of `cases` is read with its text, assignee and what hangs on it: a statement that is
    put together once (see `KeptRows`). Every column of the three is in it, but the words of the search.
    """

    def __init__(self, cases: QuerySet[Case]) -> None:
        parts = ", ".join(each.pair for each in _FRAGMENTS.values())
        params = [value for each in _FRAGMENTS.values() for value in each.params]
        surroundings = RawSQL(f"jsonb_build_object({parts})", params, output_field=JSONField())  # noqa: S611 (our text)
        self._case, self._user = _columns(Case), _columns(User)
        self._text = [name for name in _columns(CaseText) if name != "search"]
        names = [
            "surroundings",
            *self._case,
            *(f"text__{name}" for name in self._text),
            *(f"assignee__{name}" for name in self._user),
        ]
        self._kept = KeptRows(cases.annotate(surroundings=surroundings).order_by()[:1], names)

    def read(self, **given: Any) -> Case | None:
        """Return the case as it is now, with what the statement is `given` (1 SQL); None where there is
        none.
        """
        row = next(iter(self._kept.read(**given)), None)
        if row is None:
            return None
        texts, users = 1 + len(self._case), 1 + len(self._case) + len(self._text)
        case = Case.from_db("default", self._case, row[1:texts])
        text = CaseText.from_db("default", self._text, row[texts:users])
        assignee = User.from_db("default", self._user, row[users:]) if case.assignee_id else None
        _relate(case, "text", text)
        _relate(text, "case", case)
        _relate(case, "assignee", assignee)
        case.surroundings = row.surroundings  # type: ignore[attr-defined]
        for each in _FRAGMENTS.values():
            if each.related is not None:
                found = around(case)[each.name]
                _relate(case, each.name, _built(each.related, found) if found else None)
            if each.settle is not None:
                each.settle(case, around(case))
        return case


def read_whole(cases: QuerySet[Case]) -> Case | None:
    """Return the only case of `cases` with its text, assignee and what hangs on
    it (1 SQL); None where there is none.
    """
    return WholeCase(cases).read()


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _relate(row: Model, name: str, related: Model | None) -> None:
    row._meta.get_field(name).set_cached_value(row, related)  # type: ignore[union-attr]


def _built(model: type[Model], row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(row[field.column or ""]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def around(case: Case) -> dict[str, Any]:
    """Return what was read along with a case, by the names of fragments; only after `read_whole`."""
    found: dict[str, Any] = case.surroundings  # type: ignore[attr-defined]
    return found


def _of_others() -> list[str]:
    return [each.name for each in _FRAGMENTS.values() if each.others]


def restricted_beside(case: Case) -> list[Beside]:
    """Return the restricted cases that `case` is joined or linked with; no SQL after `read_whole`."""
    rows = [row[0] for name in _of_others() for row in around(case)[name]]
    return [Beside(pk, *seen_by) for pk, is_restricted, *seen_by in rows if is_restricted]


def name_no_more(case: Case, hidden: Collection[int]) -> None:
    """Leave out of what hangs on `case` the cases that its reader does not see:
    nothing then tells that they are there.
    """
    found = around(case)
    for name in _of_others():
        found[name] = [row for row in found[name] if row[0][0] not in hidden]
