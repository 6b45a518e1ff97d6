# SPDX-License-Identifier: EUPL-1.2
"""A month of requests for information: its register, and the answers to take to the Portal."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.cases.public import CaseRight
from siac.countries.public import Duty
from siac.documents.public import download_response, fetched
from siac.infra.tables.download import table_response
from siac.integrations.transparency.commands import PACKAGES, begin_package, note_register
from siac.integrations.transparency.domain import month_before, month_of, next_month
from siac.integrations.transparency.models import AnswerPackage
from siac.integrations.transparency.queries import (
    HEADERS,
    answered_from_portal,
    package_of,
    register_rows,
    requests_of,
)
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked


def _here(request: HttpRequest, access: Access) -> date:
    """Return the first day of the month that is asked for.

    Raises:
        Http404: the law of the body's country knows no such portal.
    """
    body = access.institution
    if Duty.INFORMATION_PORTAL not in body.country.duties:
        raise Http404("no portal here")
    asked = request.POST if request.method == "POST" else request.GET
    return month_of(asked.get("mes", ""), today=body.local_date(current_time()))


@require_safe
@staff_page(CaseRight.EXPORT)
def month(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the requests of a month and what can be taken of it."""
    first = _here(request, access)
    this = access.institution.local_date(current_time()).replace(day=1)
    listing = Asked.of(request).listing(requests_of(access, first), ("filed_at", "pk"))
    context = {
        "first": first,
        "before": month_before(first),
        "after": next_month(first) if first < this else None,
        "listing": listing,
        "answers": answered_from_portal(access, first).count(),
    }
    return render(request, "transparency/workspace/month.html", context)


@require_safe
@staff_page(CaseRight.EXPORT)
def register(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Give the register of a month as CSV or workbook: no data of people in it."""
    first, body, now = _here(request, access), access.institution, current_time()
    cases = requests_of(access, first)
    note_register(access=access, month=first, rows=cases.count(), now=now)
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    rows = register_rows(body, cases.iterator(chunk_size=2000))
    return table_response(
        HEADERS, rows, form=form, name=f"solicitudes-{first:%Y-%m}", title=f"Solicitudes {first:%m-%Y}"
    )


@require_POST
@staff_page(CaseRight.EXPORT)
def pack(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin to pack the answers of a month."""
    made = begin_package(access=access, month=_here(request, access), now=current_time())
    return redirect("workspace:transparency:package", access.institution.slug, made.pk)


def _own(access: Access, package_id: int) -> AnswerPackage:
    made = package_of(access, package_id)
    if made is None:
        raise Http404(str(package_id))
    return made


@require_safe
@staff_page(CaseRight.EXPORT)
def package(request: HttpRequest, access: Access, package_id: int) -> HttpResponse:
    """Show how far the package is; refreshes itself until it is there."""
    made = _own(access, package_id)
    context = {
        "made": made,
        "refreshes": made.is_moving,
        "things": "respuestas",
        "doing": "En preparación",
        "finished": "Ya está. Se borra un día después de pedirse.",
        "broken": "No se pudo preparar. Pídalo otra vez; si vuelve a fallar, avise a quien administra.",
    }
    return render(request, "transparency/workspace/package.html", context)


@require_safe
@staff_page(CaseRight.EXPORT)
def file(request: HttpRequest, access: Access, package_id: int) -> HttpResponseBase:
    """Hand it out to whoever asked for it, for a day."""
    found = fetched(PACKAGES, _own(access, package_id), access, now=current_time())
    if found is None:
        raise Http404(str(package_id))
    return download_response(found, to_staff=True)
