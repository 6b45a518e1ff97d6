# SPDX-License-Identifier: EUPL-1.2
"""Where staff arrive: their body, or the choice among several."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from siac.accounts.public import User
from siac.cases.public import may_read_cases
from siac.organizations.public import Access, StaffRight, bodies_of, is_starting, staff_page


@require_safe
@login_required
def root(request: HttpRequest) -> HttpResponse:
    """Go to the only body of whoever signed in, or let them choose; from there
    it is one step to the one to practise on.
    """
    user = request.user
    found = bodies_of(user) if isinstance(user, User) else []
    bodies = [body for body in found if not body.is_practice] or found
    if len(bodies) == 1:
        return redirect("workspace:home", bodies[0].slug)
    return render(request, "workspace/bodies.html", {"bodies": found})


@require_safe
@staff_page()
def home(request: HttpRequest, access: Access) -> HttpResponse:
    """Lead to the first page that the role has use for."""
    slug = access.institution.slug
    if may_read_cases(access):
        return redirect("workspace:cases:list", slug)
    if access.has(StaffRight.SETUP):
        page = "start" if is_starting(access.institution) else "units"
        return redirect(f"workspace:setup:{page}", slug)
    return redirect("workspace:charters:compliance", slug)
