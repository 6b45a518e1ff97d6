# SPDX-License-Identifier: EUPL-1.2
"""The staff's page of minimum standards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.public import may_read_cases
from siac.charters.domain.rights import CharterRight
from siac.charters.minimum.reading import met_standards
from siac.charters.queries import commitments_in_force
from siac.charters.texts import MinimumLabel
from siac.organizations.public import Access, StaffRight, staff_page


def _pages(access: Access) -> dict[str, str]:
    """Return, by the word of a page, its address for who asks; those they may not open are left out."""
    slug, sets_up = access.institution.slug, access.has(StaffRight.SETUP)
    found = {
        "services": ("workspace:catalogue:services", True),
        "charters": ("workspace:charters:charters", True),
        "cases": ("workspace:cases:list", may_read_cases(access)),
        "points": ("workspace:servicepoints:points", sets_up),
        "kinds": ("workspace:kinds:kinds", sets_up),
        "institution": ("workspace:setup:institution", sets_up),
    }
    return {word: reverse(name, args=[slug]) for word, (name, may_open) in found.items() if may_open}


@require_safe
@staff_page(CharterRight.READ)
def minimum(request: HttpRequest, access: Access) -> HttpResponse:
    """Show each minimum standard, how far it is from being met, where it comes from and how it is mended."""
    now = current_time()
    rows, pages = met_standards(access.institution, now=now), _pages(access)
    told = [(MinimumLabel(row.standard.group).label, row, pages.get(row.standard.page, "")) for row in rows]
    context = {
        "rows": told, "met": sum(row.is_met is True for row in rows), "all": len(rows),
        "has_charter": bool(commitments_in_force(access.institution, access.institution.local_date(now))),
    }  # fmt: skip
    return render(request, "charters/minimum/standards.html", context)
