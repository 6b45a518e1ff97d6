# SPDX-License-Identifier: EUPL-1.2
"""The page that says how the body is doing."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.public import Case, DueDays
from siac.indicators.public import Against, Length, QuestionForm, asked_words, limit_words, number_words
from siac.infra.tables.download import table_response
from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.domain import findings
from siac.reporting.home.cards import COLUMNS, cards, net_card, table
from siac.reporting.home.drawing import (
    Things,
    funnel_chart,
    heat_map,
    spread_chart,
    trend_chart,
    unit_multiples,
)
from siac.reporting.home.reading import CASES, NET, OVERDUE, RECEIVED, Overview, late_cases, overview
from siac.reporting.home.tabs import tabs

BEGINS = {"periodo": Length.YEAR.value, "comparar": Against.YEAR_AGO.value}
"""What the page asks where its address says nothing: this year against the same days of the last."""


@require_safe
@staff_page(StaffRight.FIGURES)
def how_we_do(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Show how the body is doing in a period, or hand that out as a table."""
    body = access.institution
    today = body.local_date(current_time())
    form = QuestionForm(body, None, request.GET, today=today, begins=BEGINS, only=CASES)
    context: dict[str, Any] = {"form": form, "tabs": tabs(request, access)}
    if form.is_valid():
        page = overview(body, form.question, today=today)
        wanted = request.GET.get("formato", "")
        if wanted in ("csv", "xlsx"):
            first, last = page.question.window.days
            name = f"como-vamos-{first}-{last}"
            return table_response(COLUMNS, table(page), form=wanted, name=name, title="Cómo vamos")
        context |= asked_words(body, request.path, form)
        context |= _shown(access, page, _things_of(access))
        days = DueDays(body, today)
        context["late"] = [(case, _delay(days, case)) for case in late_cases(access, page, today=today)]
        context["exports"] = [
            (kind.upper(), f"?{page.question.query(formato=kind)}") for kind in ("csv", "xlsx")
        ]
    return render(request, "reporting/workspace/home.html", context, status=200 if form.is_valid() else 422)


def _shown(access: Access, page: Overview, to_things: Things) -> dict[str, Any]:
    net = net_card(page, reverse("workspace:indicators:figure", args=[access.institution.slug, NET]))
    return {
        "cards": [
            (card, reverse("workspace:indicators:figure", args=[access.institution.slug, card.metric]))
            for card in [*cards(page, to_things), *([net] if net else [])]
        ],
        "has_any": bool(
            page.now.told[RECEIVED].total or page.before.told[RECEIVED].total or page.now.overdue
        ),
        "trend": trend_chart(page, to_things),
        "spread": spread_chart(page, to_things),
        "heat": heat_map(page, to_things),
        "units": unit_multiples(page, to_things),
        "funnel": funnel_chart(page, to_things),
        "late_title": findings.overdue(page.now.overdue),
        "late_url": to_things(OVERDUE, page.question.query()) if page.now.overdue else "",
        "late_count": number_words(page.now.overdue),
    }


def _delay(days: DueDays, case: Case) -> str:
    """Return how long a case is late: «12 días hábiles»; nothing where no calendar tells."""
    left = days.left(case.unit_id, case.legal_due_on) if case.legal_due_on else None
    return limit_words("business_days", -left) if left is not None and left < 0 else ""


def _things_of(access: Access) -> Things:
    slug = access.institution.slug

    def to_things(key: str, query: str) -> str:
        return f"{reverse('workspace:indicators:things', args=[slug, key])}?{query}"

    return to_things
