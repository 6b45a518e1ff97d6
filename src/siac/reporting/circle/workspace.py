# SPDX-License-Identifier: EUPL-1.2
"""The staff's page of the circle, of all promises or of one, and the lists behind its numbers."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.circle.cards import Rows, Step, middle, steps, things_address
from siac.reporting.circle.drawing import SIZE, ring
from siac.reporting.circle.listing import BROKEN, breach_table, breaches, table
from siac.reporting.circle.reading import Circle, circle
from siac.reporting.home.tabs import tabs
from siac.ui.lists import Asked
from siac.ui.public import long_date
from siac.ui.records import record_list


@require_safe
@staff_page(StaffRight.FIGURES)
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the circle of a body, or the chain of the promise that the address names."""
    whole = circle(access, now=current_time())
    of = _asked(request, whole)
    drawn = steps(of)
    value, words = middle(of)
    context: dict[str, Any] = {
        "circle": of,
        "promises": [(each, things_address(of, each)) for each in whole.chains],
        "chain": of.chains[0] if of.chosen else None,
        "steps": drawn,
        "ring": list(zip(ring([not step.is_empty for step in drawn]), drawn, strict=True)),
        "size": SIZE,
        "middle": (value, words),
        "told": _told(drawn, value, words),
        "tabs": tabs(request, access),
    }
    return render(request, "reporting/workspace/circle.html", context)


@require_safe
@staff_page(StaffRight.FIGURES)
def rows(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """List exactly the rows that a number of the circle counts."""
    if code not in list(Rows):
        raise Http404(code)
    of, kind = _asked(request, circle(access, now=current_time())), Rows(code)
    listing = None
    if kind in BROKEN:
        listing = Asked.of(request).listing(breaches(of, kind), ("-pk",))
        told = breach_table(of, kind, listing.rows)
    else:
        told = table(of, kind)
    back = reverse("workspace:reporting:circle", args=[access.institution.slug])
    back += f"?compromiso={of.chosen.pk}" if of.chosen else ""
    intro = f"Del {long_date(of.first)} al {long_date(of.last)}."
    if of.chosen:
        intro = f"De «{of.chosen.text}». {intro}"
    return record_list(
        request, title=told.title, columns=told.columns, rows=told.rows, listing=listing,
        others=[("Volver al círculo", back)], intro=intro, empty="No hay nada que contar aquí.",
    )  # fmt: skip


def _asked(request: HttpRequest, of: Circle) -> Circle:
    wanted = request.GET.get("compromiso", "")
    return of.of(int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else of


def _told(drawn: Sequence[Step], value: str, words: str) -> str:
    said = "; ".join(f"{place}, {step.name}: {_figures(step)}" for place, step in enumerate(drawn, 1))
    return f"El círculo en cinco pasos, {value} {words}. {said}."


def _figures(step: Step) -> str:
    if step.is_empty:
        return f"{step.nothing[0].lower()}{step.nothing[1:-1]}"
    return ", ".join(f"{figure.number} {figure.words}" for figure in step.figures)
