# SPDX-License-Identifier: EUPL-1.2
"""Pages of rows that a body brings in a sheet, all alike: a file, what it would do, and how far it is.

A context says what is its own in a `Sheets`; its views guard the pages and hand over to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time

from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.access import Access
from siac.ui.forms import Form
from siac.ui.public import refusal_text

ROWS_SHOWN = 300
"""Rows of each sort on a page; how many there are is told."""
_RECENT = 5


def sheet_place(title: str, line: int) -> str:
    """Return where a row stands: its sheet, where a book has several, and its line."""
    return f"{title}, fila {line}" if title else f"Fila {line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The sheets of one sort: `model` is a long work with its `tables`, who brought them and an `outcome`."""

    model: Any
    form: type[Form]
    """It has one field, `sheet`."""
    ready: str
    """The state of a sheet that waits for its confirmation."""
    receive: Callable[..., Any]
    begin: Callable[..., Any]
    preview: Callable[[Access, Any], Mapping[str, Any]]
    """What a sheet would do, for its template."""
    acts: Mapping[Any, str]
    """What was done with rows, in words and in order."""
    one: str
    """The name of the address of a sheet."""
    list_template: str
    template: str

    def list_page(self, request: HttpRequest, access: Access, **told: Any) -> HttpResponse:
        """Take a file, and show the last ones (1 SQL to show it). `told` goes to the template."""
        body = access.institution
        form = self.form(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["sheet"]
            try:
                row = self.receive(
                    institution=body, name=file.name, content=file.read(), actor=access.user,
                    now=current_time(),
                )  # fmt: skip
                return redirect(self.one, body.slug, row.pk)
            except Refused as refused:
                form.refuse(refusal_text(refused), "sheet")
        recent = self.model.objects.filter(institution=body).select_related("created_by").defer("tables")
        context = {"form": form, "recent": recent[:_RECENT], **told}
        return render(request, self.list_template, context, status=422 if form.errors else 200)

    def page(self, request: HttpRequest, access: Access, sheet_id: int, **told: Any) -> HttpResponse:
        """Show what a sheet would do, every problem of every row, and once confirmed how far it is (1 SQL,
        and those of the preview).

        Raises:
            Http404: it is not one of the body's.
        """
        row = self._found(access, sheet_id)
        context: dict[str, Any] = {"sheet": row, "refreshes": row.is_moving, **told}
        if row.state in (self.ready, WorkState.FAILED):
            context |= self.preview(access, row)
        else:
            done = row.outcome
            context["outcome"] = done
            context["counts"] = [(words, done[act]) for act, words in self.acts.items() if done.get(act)]
            context["left"] = [
                (sheet_place(title, line), refusal_text(Refused(code, **(values[0] if values else {}))))
                for title, line, code, *values in done.get("left", [])
            ]
        return render(request, self.template, context)

    def load(self, request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
        """Start doing what a sheet says, or go on with one that broke off.

        Raises:
            Http404: it is not one of the body's.
        """
        row = self._found(access, sheet_id)
        try:
            self.begin(institution=access.institution, sheet_id=row.pk, actor=access.user, now=current_time())
        except Refused as refused:
            messages.error(request, refusal_text(refused))
        return redirect(self.one, access.institution.slug, row.pk)

    def _found(self, access: Access, sheet_id: int) -> Any:
        row = self.model.objects.filter(institution=access.institution, pk=sheet_id).first()
        if row is None:
            raise Http404(str(sheet_id))
        return row
