# SPDX-License-Identifier: EUPL-1.2
"""The staff's page of the circle, of all promises or of one, and the lists behind its numbers."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.charters.public import commitments_in_force, year_until_yesterday
from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.circle.cards import Rows, Step, middle, steps, things_address
from siac.reporting.circle.drawing import SIZE, ring
from siac.reporting.circle.listing import BROKEN, Broken, table
from siac.reporting.circle.reading import Chain, Circle, circle
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
        "options": whole.chains,
        "promises": [(each, things_address(of, each)) for each in _told_first(whole.chains)],
        "more": len(whole.chains) > SHOWN,
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
    kind, now, listing = Rows(code), current_time(), None
    if kind in BROKEN:
        first, last = year_until_yesterday(access.institution, now)
        current = commitments_in_force(access.institution, last)
        wanted = _number(request)
        chosen = next((each for each in current if each.pk == wanted), None)
        broken = Broken(access, [chosen] if chosen else current, first, last, kind)
        listing = Asked.of(request).listing(broken.found, ("-pk",))
        told = broken.table(listing.rows)
    else:
        of = _asked(request, circle(access, now=now))
        first, last, chosen, told = of.first, of.last, of.chosen, table(of, kind)
    back = reverse("workspace:reporting:circle", args=[access.institution.slug])
    back += f"?compromiso={chosen.pk}" if chosen else ""
    intro = f"Del {long_date(first)} al {long_date(last)}."
    if chosen:
        intro = f"De «{chosen.text}». {intro}"
    return record_list(
        request, title=told.title, columns=told.columns, rows=told.rows, listing=listing,
        others=[("Volver al círculo", back)], intro=intro, empty="No hay nada que contar aquí.",
    )  # fmt: skip


def _number(request: HttpRequest) -> int:
    """Return the promise that the address names; 0 where it means nothing."""
    wanted = request.GET.get("compromiso", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0


def _asked(request: HttpRequest, of: Circle) -> Circle:
    return of.of(_number(request))


SHOWN = 50
"""So many promises stand in the table of the page; the list behind their number has them all."""
FEW = 10
"""More are told by how they stand, those that miss their target first."""
_ORDER = {False: 0, None: 1, True: 2}


def _told_first(chains: Sequence[Chain]) -> list[Chain]:
    if len(chains) <= FEW:
        return list(chains)
    return sorted(chains, key=lambda each: _ORDER[each.kept.standing.reached])[:SHOWN]


def _told(drawn: Sequence[Step], value: str, words: str) -> str:
    said = "; ".join(f"{place}, {step.name}: {_figures(step)}" for place, step in enumerate(drawn, 1))
    return f"El círculo en cinco pasos, {value} {words}. {said}."


def _figures(step: Step) -> str:
    if step.is_empty:
        return f"{step.nothing[0].lower()}{step.nothing[1:-1]}"
    return ", ".join(f"{figure.number} {figure.words}" for figure in step.figures)
