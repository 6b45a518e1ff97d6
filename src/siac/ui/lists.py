# SPDX-License-Identifier: EUPL-1.2
"""Lists: what their address asks for, one page by key, and what is drawn around the rows.

A view names the filters of its list, narrows the rows by what it is asked, and takes one page of them:

    asked = Asked.of(request, Filter("estado", "Estado", PaperState.choices), Filter("q", "Buscar"))
    listing = asked.listing(narrowed(asked.kept), ("-pk",))

The template draws it: `{% listing listing "Documentos" %}<table>…{% empty %}No hay nada.{% endlisting %}`.
What the list does not know, a choice that is none, and the cursor of another list count as not there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from siac.infra.keyset import BadCursor, Page, page
from siac.ui.languages.speaking import said
from siac.ui.marks import filled, options

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
PAGE_SIZE = 50
LONGEST = 200
"""Characters of one value of an address; the rest is left out."""


def kept(sent: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return those of `names` that have a value in `sent`, in their order and as they can be kept."""
    values = {name: str(sent.get(name) or "").replace("\x00", "").strip()[:LONGEST] for name in names}
    return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What may stand in the address of a list.

    One with a label is a field of the form above the list, and a chip where it is in force; one without
    tells which list is shown, as tabs do.
    """

    name: str
    label: str = ""
    options: Sequence[tuple[Any, str]] | None = None
    """What may be chosen; None where people type."""
    every: str = "Todos"
    """How the choice reads that leaves the filter out."""
    hint: str = ""
    type: str = "text"
    suggests: str = ""
    """The id of a `datalist` of the page with what may be typed."""

    def words(self, value: str) -> str:
        """Return how `value` reads; empty where it is none of the choices."""
        if self.options is None:
            return value
        read = {str(known): str(label).lstrip("\u2014 ") for known, label in self.options}
        return read.get(value, "")


@dataclass(frozen=True, slots=True)
class Field:
    """A filter with what it is set to, as the form draws it."""

    filter: Filter
    value: str

    @property
    def drawn(self) -> SafeString:
        """The field with its label."""
        item = self.filter
        if item.options is None:
            hint = filled(_HINT, hint=item.hint) if item.hint else SafeString("")
            hint += filled(_SUGGESTS, suggests=item.suggests) if item.suggests else SafeString("")
            box = filled(_INPUT, name=item.name, type=item.type, value=self.value, hint=hint)
        else:
            chosen = options([(code, said(words)) for code, words in item.options], self.value)
            box = filled(_SELECT, name=item.name, every=said(item.every), options=chosen)
        return filled(_FIELD, name=item.name, label=said(item.label), box=box)


_FIELD = """<div class="govuk-form-group">
    <label class="govuk-label" for="f_{name}">{label}</label>
    {box}</div>"""
_SELECT = """<select class="govuk-select" id="f_{name}"
      name="{name}"><option value="">{every}</option>
    {options}</select>"""
_INPUT = """<input class="govuk-input" id="f_{name}" name="{name}"
      type="{type}" value="{value}"{hint}>"""
_HINT = ' placeholder="{hint}"'
_SUGGESTS = ' list="{suggests}"'


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A list, or one page of it, with all that stands around its rows."""

    rows: list[T]
    chips: list[Chip] = field(default_factory=list)
    next_url: str = ""
    previous_url: str = ""
    exports: list[tuple[str, str]] = field(default_factory=list)
    """Forms in which the whole list can be taken out: (name, address)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for."""

    path: str
    kept: dict[str, str]
    """The filters in force by name: to narrow the rows by, and to keep in every address of the list."""
    cursor: str
    cursor_name: str
    filters: tuple[Filter, ...]

    @classmethod
    def of(cls, request: HttpRequest, *filters: Filter, cursor: str = "desde_fila") -> "Asked":
        """Read the address of `request`; `cursor` names the parameter that says where a page begins."""
        known = {item.name: item for item in filters}
        given = kept(request.GET, known)
        given = {name: value for name, value in given.items() if known[name].words(value)}
        return cls(request.path, given, request.GET.get(cursor) or "", cursor, filters)

    def url(self, **changes: str | None) -> str:
        """Return the address of the list from its first page on, with `changes`; None or "" takes one out."""
        params = {name: value for name, value in {**self.kept, **changes}.items() if value}
        return f"{self.path}?{urlencode(params)}"

    @property
    def query(self) -> str:
        """What is asked for, as the query of an address."""
        return urlencode(self.kept)

    @property
    def fields(self) -> list[Field]:
        """The fields of the form above the list."""
        return [Field(item, self.kept.get(item.name, "")) for item in self.filters if item.label]

    @property
    def hidden(self) -> dict[str, str]:
        """What the form above the list keeps without asking."""
        shown = {item.name for item in self.filters if item.label}
        return {name: value for name, value in self.kept.items() if name not in shown}

    def chip(self, name: str, label: str) -> Chip:
        """Return the filter `name` as a chip that reads `label`."""
        return Chip(label, self.url(**{name: None}))

    @property
    def chips(self) -> list[Chip]:
        """The labelled filters in force."""
        return [
            self.chip(item.name, f"{item.label}: {item.words(self.kept[item.name])}")
            for item in self.filters
            if item.label and item.name in self.kept
        ]

    def listing(
        self,
        rows: QuerySet[M],
        order: Sequence[str],
        *,
        size: int | None = None,
        chips: list[Chip] | None = None,
        export_url: str = "",
        exports: Sequence[str] = ("csv", "xlsx"),
    ) -> Listing[M]:
        """Return the page of `rows` that is asked for, in 1 SQL; `order` is as in `infra.keyset.page`.

        `chips` take the place of those of the filters; `export_url` hands it out in the forms `exports`.
        """
        return self.listed(
            lambda cursor: page(rows, order, cursor=cursor, size=size or PAGE_SIZE),
            chips=chips,
            export_url=export_url,
            exports=exports,
        )

    def listed(
        self,
        read: Callable[[str | None], Page[T]],
        *,
        chips: list[Chip] | None = None,
        export_url: str = "",
        exports: Sequence[str] = ("csv", "xlsx"),
    ) -> Listing[T]:
        """Return the page that is asked for, as `listing` does, of a list that `read` gives by cursor."""
        try:
            found = read(self.cursor or None)
        except BadCursor:
            found = read(None)
        return Listing(
            rows=found.rows,
            chips=self.chips if chips is None else chips,
            next_url=self.url(**{self.cursor_name: found.next}) if found.next else "",
            previous_url=self.url(**{self.cursor_name: found.previous}) if found.previous else "",
            exports=[
                (form.upper(), f"{export_url}?{urlencode({**self.kept, 'formato': form})}")
                for form in exports
                if export_url
            ],
        )
