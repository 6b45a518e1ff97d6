# SPDX-License-Identifier: EUPL-1.2
"""The workload of a team: who has how much, each number with its list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import require_reader
from siac.cases.domain.rights import CaseRight
from siac.cases.due_days import DueDays
from siac.cases.workload.queries import workload
from siac.organizations.public import Access, staff_page


@require_safe
@staff_page(CaseRight.ASSIGN)
def team(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what each person of the units in sight has at hand."""
    require_reader(access)
    return render(request, "cases/workspace/workload.html", {"loads": shown_workload(access)})


def shown_workload(access: Access) -> list[dict[str, Any]]:
    """Return the workload for templates: each number with the address of its list (2 SQL)."""
    days = DueDays(access.institution, access.institution.local_date(current_time()))
    slug = access.institution.slug
    return [
        {
            "load": load,
            "figures": [
                {
                    "is_late": code == "late",
                    "count": count,
                    "url": reverse("workspace:cases:list", args=[slug], query=dict(params)) if params else "",
                }
                for code, count, params in load.figures
            ],
        }
        for load in workload(access, days)
    ]
