# SPDX-License-Identifier: EUPL-1.2
"""The public pages of services: what the body offers, and all that is known of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.catalogue.panels import panels_of
from siac.catalogue.queries import service_sheet, services
from siac.organizations.public import Institution, portal_page


@require_safe
@portal_page
def service_list(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List the services that are given, by name."""
    given = [row for row in services(institution).values() if row.is_active]
    return render(request, "catalogue/portal/services.html", {"services": given})


@require_safe
@portal_page
def service(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Show a service that is given, with what higher contexts tell of it; its process stays in the house."""
    found = next((row for row in services(institution).values() if row.code == code and row.is_active), None)
    if found is None:
        raise Http404(code)
    found.institution = institution
    context = {"service": found, "sheet": service_sheet(found), "panels": panels_of(found, None)}
    return render(request, "catalogue/portal/service.html", context)
