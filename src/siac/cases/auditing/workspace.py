# SPDX-License-Identifier: EUPL-1.2
"""Pages of control: draw a sample, read it, and show that it was not chosen by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import visible_to
from siac.cases.auditing.commands import draw_again, draw_sample, lot, samples_of
from siac.cases.auditing.forms import SampleForm
from siac.cases.domain.rights import CaseRight
from siac.cases.models import AuditSample, Case, StateLabel
from siac.cases.queries import kinds
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.journal.public import read_by
from siac.organizations.public import Access, staff_page, unit_tree
from siac.ui.lists import Asked
from siac.ui.records import Row, record_form, record_list

HEADERS = (
    Column("N.º", 6), Column("Folio", 15), Column("Tipo", 24), Column("Unidad", 28), Column("Estado", 16),
    Column("Ingresada", 17), Column("Respondida", 17), Column("Leída", 17), Column("Número del sorteo", 66),
)  # fmt: skip


@require_safe
@staff_page(CaseRight.AUDIT)
def samples(request: HttpRequest, access: Access) -> HttpResponse:
    """List the samples that were drawn (1 SQL)."""
    listing = Asked.of(request).listing(samples_of(access.institution), ("-pk",))
    return record_list(
        request,
        title="Muestras al azar",
        columns=("Sorteada", "Por", "De", "Cuántas"),
        rows=[_listed(access, row) for row in listing.rows],
        listing=listing,
        add=("Sortear una muestra", reverse("workspace:cases:sample_new", args=[access.institution.slug])),
        intro=(
            "Solicitudes elegidas por sorteo para revisarlas. "
            "Con la semilla, cualquiera puede repetir el sorteo."
        ),
        empty="Todavía no se sorteó ninguna muestra.",
    )


def _listed(access: Access, row: AuditSample) -> Row:
    drawn = row.drawn_at.astimezone(access.institution.zone)
    return Row(
        (
            f"{drawn:%d-%m-%Y %H:%M}",
            row.drawn_by.name,
            words(row),
            f"{len(row.case_ids)} de {row.population_size}",
        ),
        reverse("workspace:cases:sample", args=[access.institution.slug, row.pk]),
    )


def words(row: AuditSample) -> str:
    """Return in Spanish from which requests a sample was drawn."""
    parts = [row.get_population_display(), f"{row.first_day:%d-%m-%Y} a {row.last_day:%d-%m-%Y}"]
    parts += [name for name in (row.kind and row.kind.name, row.unit and row.unit.name) if name]
    return " · ".join(parts)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.AUDIT)
def sample_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Draw a sample."""
    slug = access.institution.slug
    form = SampleForm(access.institution, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        row = draw_sample(access=access, now=current_time(), **fields)
        return redirect("workspace:cases:sample", slug, row.pk)

    back = reverse("workspace:cases:samples", args=[slug])
    return record_form(request, form, save, title="Sortear una muestra", submit="Sortear", back_url=back)


@require_safe
@staff_page(CaseRight.AUDIT)
def sample(request: HttpRequest, access: Access, sample_id: int) -> HttpResponse:
    """Show a sample: its requests, which of them this person has read, and whether the seed still
    gives them.
    """
    row = get_object_or_404(samples_of(access.institution), pk=sample_id)
    rows = _rows(access, row)
    population, again = draw_again(row, access=access)
    context = {
        "sample": row,
        "words": words(row),
        "rows": rows,
        "read": sum(1 for found in rows if found["read_at"]),
        "hidden": len(row.case_ids) - len(rows),
        "same": again == row.case_ids,
        "population": population,
        "example": rows[0] if rows else None,
    }
    return render(request, "cases/workspace/sample.html", context)


@require_safe
@staff_page(CaseRight.AUDIT)
def sample_export(request: HttpRequest, access: Access, sample_id: int) -> HttpResponseBase:
    """Hand out a sample as CSV, or XLSX with `formato=xlsx`: folios and days, no text and no person."""
    row = get_object_or_404(samples_of(access.institution), pk=sample_id)
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    return table_response(
        HEADERS, _exported(access, row), form=form, name=f"muestra-{row.pk}", title="Muestra"
    )


def _exported(access: Access, row: AuditSample) -> Iterator[list[Any]]:
    for found in _rows(access, row):
        case = found["case"]
        moments = (_local(access, moment) for moment in (case.filed_at, case.answered_at, found["read_at"]))
        yield [
            found["number"],
            case.folio,
            found["kind"],
            found["unit"],
            found["state"],
            *moments,
            found["lot"],
        ]


def _local(access: Access, moment: datetime | None) -> datetime | None:
    return moment.astimezone(access.institution.zone) if moment else None


def _rows(access: Access, row: AuditSample) -> list[dict[str, Any]]:
    """Return what is shown of the requests of a sample that the holder of
    `access` still sees, in its order (2 SQL).
    """
    seen: dict[int, Case] = visible_to(access).in_bulk(row.case_ids)
    read = read_by(access.institution.pk, access.user.pk, [case.stream for case in seen.values()])
    by_kind, units = kinds(access.institution), unit_tree(access.institution).nodes
    return [
        {
            "number": number,
            "case": case,
            "kind": by_kind[case.kind_id].name,
            "state": StateLabel(case.state).label,
            "unit": units[case.unit_id].name if case.unit_id else "Sin derivar",
            "read_at": read.get(case.stream),
            "lot": lot(row.seed, case.folio),
        }
        for number, pk in enumerate(row.case_ids, 1)
        if (case := seen.get(pk))
    ]
