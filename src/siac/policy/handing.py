# SPDX-License-Identifier: EUPL-1.2
"""Handing out an edition of the policy on paper, to the house and to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time

from siac.infra.pdf import PdfUnavailable
from siac.organizations.public import Institution
from siac.policy.models import PolicyEdition
from siac.policy.papers import policy_paper


def handed_out(request: HttpRequest, institution: Institution, row: PolicyEdition) -> HttpResponse:
    """Return the answer that hands out an edition on paper (5 SQL)."""
    today = institution.local_date(current_time())
    try:
        made = policy_paper(institution, row, today)
    except PdfUnavailable:
        return render(request, "policy/portal/no_paper.html", {"edition": row}, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="politica-{row.number}.pdf"'
    return response
