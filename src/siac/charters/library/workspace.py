# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of charters of others: the list, one, its form, its files, and what an edition takes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.charters.commands.referencing import FILES, remove_reference_file, save_benchmarks, save_reference
from siac.charters.domain.rights import CharterRight
from siac.charters.editor.writing import draft_of, home
from siac.charters.library.forms import BenchmarksForm, ReferenceForm
from siac.charters.library.queries import benchmarks_words, references
from siac.charters.models import ReferenceCharter
from siac.documents.public import attachments_of, staff_download
from siac.kernel.errors import Refused
from siac.organizations.public import Access, history, overtaken, staff_page
from siac.ui.lists import Asked
from siac.ui.records import Row, record_form, record_list

_LIST, _ONE = "workspace:charters:references", "workspace:charters:reference"


@require_safe
@staff_page(CharterRight.READ)
def reference_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the charters of others that are worth looking at, by title."""
    slug = access.institution.slug
    listing = Asked.of(request).listing(references(access.institution), ("title", "pk"))
    return record_list(
        request,
        title="Cartas de referencia",
        columns=("Carta", "Organismo", "País", "Qué vale la pena", "Se sigue mirando"),
        rows=[
            Row(
                [row.title, row.body, row.country, row.taken, "Sí" if row.is_active else "No"],
                reverse(_ONE, args=[slug, row.pk]),
            )
            for row in listing.rows
        ],
        listing=listing,
        add=("Agregar una carta", reverse(f"{_ONE}_new", args=[slug]))
        if access.has(CharterRight.KEEP)
        else None,
        intro="Cartas de otros organismos que el equipo mira antes de escribir la suya.",
        empty="Todavía no hay ninguna.",
    )


def _of(access: Access, reference_id: int) -> ReferenceCharter:
    return get_object_or_404(references(access.institution), pk=reference_id)


@require_safe
@staff_page(CharterRight.READ)
def reference(request: HttpRequest, access: Access, reference_id: int) -> HttpResponse:
    """Show a charter of another body: where it is, what is worth taking, its files."""
    row = _of(access, reference_id)
    context = {
        "reference": row,
        "files": attachments_of(access.institution.pk, FILES, [row.pk])[row.pk],
        "may_keep": access.has(CharterRight.KEEP),
        "versions": history(row, {}),
    }
    return render(request, "charters/library/reference.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def reference_form(request: HttpRequest, access: Access, reference_id: int | None = None) -> HttpResponse:
    """Keep a charter of another body, or change one."""
    slug = access.institution.slug
    row = _of(access, reference_id) if reference_id is not None else None
    form = ReferenceForm(row, request.POST or None, request.FILES or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        files = fields.pop("attachments")
        saved = save_reference(
            institution=access.institution, reference=row, files=files, actor=access.user,
            now=current_time(), **fields,
        )  # fmt: skip
        messages.success(request, "Carta de referencia guardada.")
        return redirect(_ONE, slug, saved.row.pk)

    return record_form(
        request, form, save, title=row.title if row else "Nueva carta de referencia",
        back_url=reverse(_ONE, args=[slug, row.pk]) if row else reverse(_LIST, args=[slug]),
        overtaken=lambda refused: overtaken(form, refused, row, {}) if row else [],
    )  # fmt: skip


@require_safe
@staff_page(CharterRight.READ)
def file(request: HttpRequest, access: Access, reference_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a file of a charter of another body."""
    row = _of(access, reference_id)
    return staff_download(access.institution.pk, attachment_id, FILES, {row.pk})


@require_POST
@staff_page(CharterRight.KEEP)
def remove_file(request: HttpRequest, access: Access, reference_id: int, attachment_id: int) -> HttpResponse:
    """Take a file away from a charter of another body."""
    row = _of(access, reference_id)
    try:
        remove_reference_file(
            institution=access.institution, reference_id=row.pk, attachment_id=attachment_id,
            actor=access.user, now=current_time(),
        )  # fmt: skip
    except Refused:
        raise Http404(str(attachment_id)) from None
    messages.success(request, "Archivo quitado.")
    return redirect(_ONE, access.institution.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def benchmarks(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Write how a draft compares with charters of others."""
    edition = draft_of(access, edition_id)
    form = BenchmarksForm(edition, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_benchmarks(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Comparaciones guardadas.")
        return redirect(home(access, edition, "comparaciones"))

    def words(rows: Any) -> str:
        return benchmarks_words({row.pk: str(row) for row in references(access.institution)}, rows)

    return record_form(
        request, form, save, title="Comparación con otras cartas", field="rows",
        back_url=home(access, edition, "comparaciones"),
        overtaken=lambda refused: overtaken(form, refused, edition, {"benchmarks": words}),
    )  # fmt: skip
