# SPDX-License-Identifier: EUPL-1.2
"""Set-up pages that are all alike: a list of records, and a form that adds one or changes it.

A context says what is its own in a `Records`; its two views guard the pages and hand over to it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from siac.kernel.errors import Refused
from siac.ui.forms import Form, ModelForm, basis_field
from siac.ui.lists import Listing
from siac.ui.refusals import refusal_text
from siac.ui.rows import rearranged


class Holder(Protocol):
    """Whoever opens a page: holds what they may do in one body."""

    @property
    def institution(self) -> Any:
        """The body; its `slug` is in the addresses."""


A = TypeVar("A", bound=Holder)
R = TypeVar("R")


class History(Protocol):
    """How the versions of records are told; without one, records have none."""

    def versions(self, access: Any, row: Any) -> Sequence[Any]:
        """The versions of a record in words, the newest first."""

    def overtaken(self, access: Any, row: Any, form: Form | ModelForm, refused: Refused) -> Sequence[Any]:
        """What somebody else saved meanwhile, and lets the form be saved next time; else nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of records; its first cell leads to `url`."""

    cells: Sequence[str]
    url: str = ""
    remove_url: str | None = None
    """Where its button leads; "" where this line has none and others may, None where no line has."""
    remove_label: str = "Quitar"


def yes_or_no(said: bool) -> str:
    """Return how a list tells whether something is so."""
    return "Sí" if said else "No"


def record_list(
    request: HttpRequest,
    *,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    listing: Listing[Any] | None = None,
    tabs: Sequence[Mapping[str, str]] = (),
    add: tuple[str, str] | None = None,
    other: tuple[str, str] | None = None,
    others: Sequence[tuple[str, str]] = (),
    exports: Sequence[tuple[str, str]] = (),
    intro: str = "",
    empty: str = "Todavía no hay nada aquí.",
) -> HttpResponse:
    """Draw a list of records; whole, or the page of `listing` whose rows are drawn as `rows`.

    `add`, `other` and `others` are buttons above it, `exports` forms to take it out, all as (words, address).
    A column without a name is that of the buttons of the rows.
    """
    shown = list(rows)
    context = {
        "title": title,
        "headers": columns,
        "rows": shown,
        "listing": listing or Listing(shown, exports=list(exports)),
        "tabs": tabs,
        "add": add,
        "others": [*([other] if other else []), *others],
        "intro": intro,
        "empty": empty,
    }
    return render(request, "ui/record_list.html", context)


def record_form(
    request: HttpRequest,
    form: Form | ModelForm,
    save: Callable[[dict[str, Any]], HttpResponse],
    *,
    title: str,
    back_url: str,
    submit: str = "Guardar",
    intro: str = "",
    is_grave: bool = False,
    words: Callable[[Refused], str] = refusal_text,
    field: str | None = None,
    versions: Sequence[Any] = (),
    overtaken: Callable[[Refused], Sequence[Any]] = lambda refused: (),
) -> HttpResponse:
    """Draw a form, or do with it what it is for: `save` takes its fields and says where to go on.

    What is refused stands in `words` on the form, beside `field` if one is named; the form comes back as it
    was typed (422), with what others saved meanwhile (`overtaken`). `versions` stand below it. A button of
    its rows only rearranges them. What cannot be undone `is_grave`: its button warns, and a link beside it
    leaves things as they are.
    """
    meanwhile: Sequence[Any] = ()
    is_sent = form.is_bound and not rearranged(form)
    if is_sent and form.is_valid():
        try:
            return save(dict(form.cleaned_data))
        except Refused as refused:
            form.refuse(words(refused), field)
            meanwhile = overtaken(refused)
    context = {
        "title": title,
        "form": form,
        "back_url": back_url,
        "submit": submit,
        "intro": intro,
        "is_grave": is_grave,
        "versions": versions,
        "meanwhile": meanwhile,
    }
    return render(request, "ui/record_form.html", context, status=422 if is_sent else 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Generic[A, R]):
    """The records of one sort that a body sets up, on a page with a list and one with a form."""

    title: str
    columns: Sequence[str]
    listed: str
    """The name of the address of the list."""
    one: str
    """The name of the address of a record; that of a new one ends in `_new`."""
    add: str
    """What the button reads that adds one."""
    new: str
    """What stands above the form of a new one."""
    saved: str
    """What is said when one was saved."""
    cells: Callable[[A], Iterable[tuple[int, Sequence[str]]]]
    """The records in their order: primary key, and a cell for each column."""
    load: Callable[[A, int], R | None]
    name: Callable[[R], str]
    form: Callable[[A, R | None, QueryDict | None], Form | ModelForm]
    save: Callable[[A, R | None, dict[str, Any]], object]
    tabs: Callable[[A], Sequence[Mapping[str, str]]] = lambda access: ()
    history: History | None = None
    """With one, a record has a `version`, its form sends along the one it was drawn for, and `save` gets it
    as `based_on`."""
    intro: str = ""
    empty: str = "Todavía no hay nada aquí."

    def list_page(self, request: HttpRequest, access: A) -> HttpResponse:
        """Show the list; costs what `cells` costs."""
        slug = access.institution.slug
        return record_list(
            request,
            title=self.title,
            columns=self.columns,
            rows=[Row(cells, reverse(self.one, args=[slug, pk])) for pk, cells in self.cells(access)],
            tabs=self.tabs(access),
            add=(self.add, reverse(f"{self.one}_new", args=[slug])),
            intro=self.intro,
            empty=self.empty,
        )

    def form_page(self, request: HttpRequest, access: A, pk: int | None) -> HttpResponse:
        """Add a record, or change the one with the primary key `pk`.

        Raises:
            Http404: the body has none with that key.
        """
        slug = access.institution.slug
        row = None if pk is None else self.load(access, pk)
        if pk is not None and row is None:
            raise Http404(str(pk))
        title = self.new if row is None else self.name(row)  # before the form writes on the row

        def save(fields: dict[str, Any]) -> HttpResponse:
            self.save(access, row, fields)
            messages.success(request, self.saved)
            return redirect(self.listed, slug)

        form, told = self.form(access, row, request.POST or None), None if row is None else self.history
        if told is not None:
            form.fields["based_on"] = basis_field(row.version)  # type: ignore[union-attr]
        return record_form(
            request,
            form,
            save,
            title=title,
            back_url=reverse(self.listed, args=[slug]),
            versions=told.versions(access, row) if told else (),
            overtaken=lambda refused: told.overtaken(access, row, form, refused) if told else (),
        )
