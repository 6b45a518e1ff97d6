# SPDX-License-Identifier: EUPL-1.2
"""The way in: the list of bodies, and the first page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from siac.cases.public import book_door, portal_kinds
from siac.catalogue.public import services
from siac.organizations.public import Institution, installation_is_new, institutions, portal_page


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """List the bodies, or go to the only one; an installation that nobody uses yet leads to its first page.

    Bodies to practise on are no public bodies: they are neither listed nor counted.
    """
    found = list(institutions().filter(practice_of=None))
    if len(found) == 1:
        return redirect("portal:home", found[0].slug)
    if not found and installation_is_new():
        return redirect("first_run:open")
    return render(request, "portal/bodies.html", {"bodies": found})


@require_safe
@portal_page
def home(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show what can be done here, and search the services that are given."""
    context = {
        "kinds": portal_kinds(institution),
        "book": book_door(institution),
        "has_services": any(row.is_active for row in services(institution).values()),
    }
    return render(request, "portal/home.html", context)
