# SPDX-License-Identifier: EUPL-1.2
"""The policy of a body as everybody reads it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.documents.public import attachment, download_response
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.policy.domain.states import EditionState, Phase
from siac.policy.handing import handed_out
from siac.policy.models import PolicyEdition
from siac.policy.progress import Asking
from siac.policy.queries import editions_of, is_public_document, public_edition, sections_of
from siac.policy.reading import read
from siac.policy.signing import KIND as SIGNED
from siac.policy.texts import PHASES
from siac.signing.public import signed_copy


@require_safe
@portal_page
def policy(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show the edition in force; before it begins, the one that was approved (5 SQL, and what the sources of
    progress cost).

    Raises:
        Http404: none was approved.
    """
    today = institution.local_date(current_time())
    approved = [row for row in editions_of(institution) if row.state == EditionState.APPROVED]
    shown = next((row for row in approved if row.phase(today) is Phase.IN_FORCE), None)
    shown = shown or next(iter(approved), None)
    if shown is None:
        raise Http404("policy")
    return _shown(request, institution, shown, approved)


@require_safe
@portal_page
def edition(request: HttpRequest, institution: Institution, number: int) -> HttpResponse:
    """Show an approved edition by its number (6 SQL, and what the sources of progress cost)."""
    row = public_edition(institution, number)
    approved = [each for each in editions_of(institution) if each.state == EditionState.APPROVED]
    return _shown(request, institution, row, approved)


def _shown(
    request: HttpRequest, institution: Institution, row: PolicyEdition, approved: list[PolicyEdition]
) -> HttpResponse:
    today = institution.local_date(current_time())
    asking = Asking(institution, today)
    context = {
        "edition": row,
        "phase": PHASES[row.phase(today)],
        "sections": [each for each in read(row, sections_of(row), asking) if not each.is_empty],
        "signed": signed_copy(institution, SIGNED, row.pk),
        "others": [(each, PHASES[each.phase(today)][0]) for each in approved if each.pk != row.pk],
    }
    return render(request, "policy/portal/policy.html", context)


@require_safe
@limited("policy.paper", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def paper(request: HttpRequest, institution: Institution, number: int) -> HttpResponse:
    """Give an approved edition on paper (6 SQL)."""
    return handed_out(request, institution, public_edition(institution, number))


@require_safe
@limited("policy.document", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def document(request: HttpRequest, institution: Institution, document_id: int) -> HttpResponseBase:
    """Hand out a document that an approved edition names (2 SQL).

    Raises:
        Http404: none does, or it cannot be handed out.
    """
    if not is_public_document(institution, document_id):
        raise Http404(str(document_id))
    try:
        return download_response(attachment(institution.pk, document_id))
    except Refused:
        raise Http404(str(document_id)) from None
