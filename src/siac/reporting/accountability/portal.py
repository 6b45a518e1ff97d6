# SPDX-License-Identifier: EUPL-1.2
"""The public pages of letters: those that the authority approved, each as it was approved last."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.infra.readers import read_apart
from siac.organizations.public import Institution, portal_page
from siac.reporting.models import LetterRevision
from siac.ui.lists import Asked


def approved(institution: Institution) -> QuerySet[LetterRevision]:
    """Return the last approved revision of each letter, without papers. Lazy: no SQL until it is read."""
    later = LetterRevision.objects.filter(letter=OuterRef("letter"), number__gt=OuterRef("number"))
    rows = LetterRevision.objects.filter(~Exists(later), institution=institution)
    return rows.select_related("letter", "report").defer("report__paper")


@require_safe
@read_apart
@portal_page
def letters(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List the letters that everybody may read (1 SQL)."""
    rows = approved(institution).defer("report__paper", "report__content")
    listing = Asked.of(request).listing(rows, ("-approved_at", "-pk"))
    return render(request, "reporting/portal/letters.html", {"listing": listing})


@require_safe
@read_apart
@portal_page
def letter(request: HttpRequest, institution: Institution, letter_id: int) -> HttpResponse:
    """Show a letter as the authority approved it last (1 SQL)."""
    row = _of(approved(institution), letter_id)
    context = {"revision": row, "letter": row.letter, "told": row.report.content}
    return render(request, "reporting/portal/letter.html", context)


@require_safe
@read_apart
@portal_page
def paper(request: HttpRequest, institution: Institution, letter_id: int) -> HttpResponse:
    """Hand out the paper of a letter as the authority approved it last (1 SQL)."""
    rows = LetterRevision.objects.filter(institution=institution).select_related("report", "letter")
    row = _of(rows.order_by("-number"), letter_id)
    response = HttpResponse(bytes(row.report.paper), content_type="application/pdf")
    name = f"rendicion-{row.letter.first}-{row.letter.last}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _of(rows: QuerySet[LetterRevision], letter_id: int) -> LetterRevision:
    row = rows.filter(letter=letter_id).first()
    if row is None:
        raise Http404(str(letter_id))
    return row
