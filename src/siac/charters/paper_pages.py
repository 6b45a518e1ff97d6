# SPDX-License-Identifier: EUPL-1.2
"""The papers of a charter as they are handed out: to everybody, and of a draft to the staff."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.reading import edition_of
from siac.charters.models import CharterEdition
from siac.charters.papers import PAPERS
from siac.infra.pdf import PdfUnavailable
from siac.infra.ratelimit import limited
from siac.organizations.public import Access, Institution, portal_page, staff_page


def _handed_out(request: HttpRequest, edition: CharterEdition, paper: str) -> HttpResponse:
    make = PAPERS.get(paper)
    if make is None:
        raise Http404(paper)
    slug, code = edition.institution.slug, edition.charter.code
    url = f"{settings.SITE_URL}{reverse('portal:charters:charter', args=[slug, code])}"
    try:
        made = make(edition, url)
    except PdfUnavailable:
        return render(request, "charters/portal/no_paper.html", {"edition": edition}, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{code}-{edition.number}-{paper}.pdf"'
    return response


@require_safe
@limited("charters.paper", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def paper(request: HttpRequest, institution: Institution, code: str, number: int, paper: str) -> HttpResponse:
    """Give an approved edition on paper: the whole charter, the leaflet or the poster."""
    rows = CharterEdition.objects.filter(
        institution=institution, charter__code=code, number=number, state=EditionState.APPROVED
    )
    edition = get_object_or_404(rows.select_related("charter__responsible"))
    edition.institution = edition.charter.institution = institution
    return _handed_out(request, edition, paper)


@require_safe
@staff_page(CharterRight.READ)
def staff_paper(request: HttpRequest, access: Access, edition_id: int, paper: str) -> HttpResponse:
    """Give any edition on paper, a draft marked as such."""
    return _handed_out(request, edition_of(access, edition_id), paper)
