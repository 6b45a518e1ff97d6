# SPDX-License-Identifier: EUPL-1.2
"""Lists of alike things in a form, edited as rows: fields side by side, up,
down, remove, and a button that adds one.

A `RowsField` stands in a form like any other field and cleans to a list of the cleaned rows, blank ones
left out. Its buttons send the whole form: a view asks `rearranged(form)` first and, where it is true,
shows the form again. No script is needed.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import slugify

from siac.ui.forms import Form, ModelForm

PRESSED = "_fila"
"""Name of the buttons of all rows; their value is «field add», «field up 2»,
«field down 0», «field remove 1».
"""
_MARK = "row"
_MOST = 200
_PLACE = re.compile(r"[0-9]{1,3}")


class RowForm(Form):
    """One row. Hidden fields tell which stored thing it was; they alone do not make a row."""

    widths: Mapping[str, str] = {}
    """How wide each field stands beside the others: wide, medium (where nothing is
    said), narrow, box, line (a line of its own).
    """

    asked_by: Mapping[str, str] = {}
    """Fields that are shown only while one of some options of a list in the row is chosen, by these options
    with a blank between them; the stylesheet knows which (`_parts.scss`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)

    def has_changed(self) -> bool:
        """Return whether anything was typed or chosen in it."""
        return any(not self.fields[name].widget.is_hidden for name in self.changed_data)

    def key(self) -> Hashable | None:
        """Return what no other row may have too; None where rows may be alike. Asked of valid rows only."""
        return None

    @property
    def cells(self) -> list[BoundField]:
        """The fields people see."""
        return [bound for bound in self if not bound.is_hidden]


class _RowsInput(forms.Widget):
    """Draws nothing: the part `ui/parts/rows.html` draws the rows of a `BoundRows`."""

    use_fieldset = True


class RowsField(forms.Field):
    """A list of things, a row each; cleans to a list of dicts in the order of the rows.

    `thing` names a row («Pregunta 2»), `add` is on the button, `ordered` gives rows their buttons to go up
    and down, `repeated` is said beside a row whose `key()` an earlier row has.
    """

    widget = _RowsInput
    always_asked = True  # a list may be empty: nobody needs to be told that it is optional

    def __init__(
        self,
        row: Callable[..., RowForm],
        *,
        thing: str,
        add: str,
        limit: int,
        ordered: bool = True,
        repeated: str = "Está dos veces: cambie o quite una.",
        **kwargs: Any,
    ) -> None:
        super().__init__(required=False, **kwargs)
        self.row, self.thing, self.add, self.limit = row, thing, add, limit
        self.ordered, self.repeated = ordered, repeated

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> "BoundRows":
        """Return the rows as the form has them."""
        return BoundRows(form, self, field_name)

    def clean(self, value: list[RowForm]) -> list[dict[str, Any]]:
        """Return the rows that say something; what is wrong with one stands on it.

        Raises:
            ValidationError: a row is wrong (code "rows": its errors say how), or there are too many.
        """
        told = [row for row in value if row.has_changed()]
        wrong = [row for row in told if not row.is_valid()]
        seen: set[Hashable] = set()
        for row in () if wrong else told:
            key = row.key()
            if key is not None and key in seen:
                row.add_error(row.cells[0].name, self.repeated)
                wrong.append(row)
            seen.add(key)
        if wrong:
            raise ValidationError("Corrija las filas marcadas.", code="rows")
        if len(told) > self.limit:
            raise ValidationError(f"Son demasiadas filas: deje a lo más {self.limit}.")
        return [dict(row.cleaned_data) for row in told]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return True: whoever saves compares."""
        return True


class BoundRows(BoundField):
    """The rows of a field of one form: as typed where the form is bound, else as `initial` has them
    (dicts).
    """

    field: RowsField
    focus: tuple[int, str] | None = None
    """Row and button (or empty: its first field) that the page opens on; -1: the button that adds."""

    @cached_property
    def rows(self) -> list[RowForm]:
        """The rows, each a form under a prefix of its own."""
        if self.form.is_bound:
            places = _places(self.form.data, self.html_name)
            return [self.field.row(self.form.data, prefix=f"{self.html_name}-{at}") for at in places]
        rows = self.initial or []
        return [self.field.row(initial=row, prefix=f"{self.html_name}-{at}") for at, row in enumerate(rows)]

    @property
    def data(self) -> Any:
        """The rows: `RowsField.clean` checks them where they stand, so that they keep their errors."""
        return self.rows

    @property
    def own_errors(self) -> list[str]:
        """What is wrong with the list, beside what stands at its rows."""
        found: Any = self.errors
        return [str(error.messages[0]) for error in found.as_data() if error.code != "rows"]

    @property
    def row_problems(self) -> list[tuple[str, str, str]]:
        """What is wrong with rows: (id of the box, name of the row, message)."""
        if not self.form.is_bound:
            return []
        return [
            (cell.id_for_label, f"{self.field.thing} {number}", str(message))
            for number, row in enumerate(self.rows, start=1)
            if row.has_changed()
            for cell in row.cells
            for message in cell.errors
        ]

    def errors_of(self, row: RowForm, cell: BoundField) -> list[str]:
        """Return what is said beside one box; nothing while rows are only being rearranged."""
        return [str(message) for message in cell.errors] if self.errors and row.has_changed() else []


def _places(data: Any, name: str) -> list[int]:
    pattern = re.compile(re.escape(name) + f"-({_PLACE.pattern})-")
    found = {int(match[1]) for key in data if (match := pattern.match(key))}
    return sorted(found)[:_MOST]


def rearranged(form: Form | ModelForm) -> bool:
    """Do on a bound form what a button of its rows asks; return whether one was pressed.

    Nothing is checked then: the form holds what was typed, rearranged, and knows where the page is to open.
    """
    name, act, at = [*str(form.data.get(PRESSED, "")).split(" "), "", ""][:3]
    field = form.fields.get(name)
    if not form.is_bound or not isinstance(field, RowsField):
        return False
    data: Any = form.data
    rows = _taken(data, name)
    focus = _move(rows, act, int(at) if _PLACE.fullmatch(at) else -1, field)
    form.data = _with_rows(data, name, rows)
    form._errors = ErrorDict()  # type: ignore[union-attr]  # known to Django, not to its stubs
    form.is_rearranged = True
    bound: Any = form[name]
    bound.focus = focus
    return True


def _taken(data: QueryDict, name: str) -> list[dict[str, list[str]]]:
    """Return the rows as sent: the values of each by the end of their names."""
    prefixes = [f"{name}-{at}-" for at in _places(data, name)]
    return [
        {key.removeprefix(prefix): data.getlist(key) for key in data if key.startswith(prefix)}
        for prefix in prefixes
    ]


def _move(rows: list[dict[str, list[str]]], act: str, at: int, field: RowsField) -> tuple[int, str] | None:
    """Change `rows` as asked; return where to go on: (row, button or empty)."""
    if act == "add":
        if len(rows) >= field.limit:
            return (len(rows) - 1, "")
        fresh = field.row(prefix="x")
        defaults = {name: fresh.get_initial_for_field(each, name) for name, each in fresh.fields.items()}
        rows.append({_MARK: ["1"]} | {name: [str(value)] for name, value in defaults.items() if value})
        return (len(rows) - 1, "")
    if not 0 <= at < len(rows) or act not in ("up", "down", "remove"):
        return None
    if act == "remove":
        del rows[at]
        return (min(at, len(rows) - 1), "") if rows else (-1, "")
    other = at - 1 if act == "up" else at + 1
    if not 0 <= other < len(rows):
        return (at, "")
    rows[at], rows[other] = rows[other], rows[at]
    is_at_end = other == (0 if act == "up" else len(rows) - 1)
    return (other, ("down" if act == "up" else "up") if is_at_end else act)


def _with_rows(data: QueryDict, name: str, rows: list[dict[str, list[str]]]) -> QueryDict:
    changed = data.copy()
    pattern = re.compile(re.escape(name) + f"-{_PLACE.pattern}-")
    for key in [key for key in changed if pattern.match(key)] + [PRESSED]:
        changed.pop(key, None)
    for at, row in enumerate(rows):
        for end, values in row.items():
            changed.setlist(f"{name}-{at}-{end}", values)
    return changed


def row_codes(
    rows: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]], prefix: str
) -> list[str]:
    """Return a code for each row (`label`, `code`): its own if it is that of a known one, else that of the
    known one it is called like, else a new one that begins with `prefix`.
    """
    free = {row["code"] for row in known}
    by_label = {row["label"]: row["code"] for row in known}
    found: dict[int, str] = {}
    for wished in ([row.get("code") for row in rows], [by_label.get(row["label"]) for row in rows]):
        for place, code in enumerate(wished):
            if place not in found and code in free:
                found[place] = str(code)
                free.discard(code)
    taken = {row["code"] for row in known} | set(found.values())
    for place, row in enumerate(rows):
        if place not in found:
            found[place] = _new_code(prefix + slugify(row["label"]).replace("-", "_")[:40], taken)
            taken.add(found[place])
    return [found[place] for place in range(len(rows))]


def _new_code(wished: str, taken: Iterable[str]) -> str:
    number, code = 1, wished
    while code in set(taken):
        number += 1
        code = f"{wished}_{number}"
    return code
