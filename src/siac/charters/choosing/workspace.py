# SPDX-License-Identifier: EUPL-1.2
"""The page on which a service is chosen for a charter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.catalogue.public import AudienceLabel
from siac.charters.choosing.reading import choice
from siac.charters.domain.rights import CharterRight
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import Asked, Filter


@require_safe
@staff_page(CharterRight.KEEP)
def choose(request: HttpRequest, access: Access) -> HttpResponse:
    """Propose services for a charter, the one that needs it most first, with why."""
    asked = Asked.of(request, Filter("publico", "Para quién", AudienceLabel.choices))
    found = choice(access.institution, today=access.institution.local_date(current_time()))
    public = asked.kept.get("publico")
    context = {
        "asked": asked,
        "choice": found,
        "lines": [each for each in found.lines if public in (None, each.service.audience)],
        "untold": sum(each.is_untold for each in found.lines),
        "without_topic": sum(each.service.topic_id is None for each in found.lines),
        "may_list": access.has(StaffRight.FIGURES),
    }
    return render(request, "charters/choosing/choose.html", context)
