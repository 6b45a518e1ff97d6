# SPDX-License-Identifier: EUPL-1.2
"""What the body's history suggests for a case, each a press away; a person decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import case_for
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move, allowed
from siac.cases.models import SuggestionTarget
from siac.cases.suggesting.queries import Suggestion, suggestions_for, suggestions_for_words
from siac.organizations.public import Access, Institution, staff_page

_PARTS = {
    SuggestionTarget.TOPIC: ("clasificar", Move.CLASSIFY, "workspace:cases:clasificar", "topic_id"),
    SuggestionTarget.UNIT: ("derivar", Move.REFER, "workspace:cases:derivar", "unit_id"),
}


@require_safe
@staff_page(CaseRight.CLASSIFY)
def suggested(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show the likeliest topics and units of a case; the forms of its page take
    their part from here when they open.
    """
    case = case_for(access, folio, to=CaseRight.CLASSIFY, now=current_time())
    found = {row.target: row for row in suggestions_for(access.institution, case)}
    moves = allowed(case.state)
    parts = [
        {"code": code, "url": url, "name": name} | shown(found[target])
        for target, (code, move, url, name) in _PARTS.items()
        if target in found and move in moves
    ]
    return render(request, "cases/workspace/suggested.html", {"case": case, "parts": parts})


def shown(suggestion: Suggestion) -> dict[str, Any]:
    """Return a suggestion for templates; the figures in whole percent, rounded down."""
    found = suggestion.evaluation
    return {
        "title": SuggestionTarget(suggestion.target).label,
        "options": suggestion.options,
        "first": 100 * found.first // found.measured,
        "among": 100 * found.among // found.measured,
        "measured": found.measured,
    }


def offered(institution: Institution, words: str) -> list[dict[str, Any]]:
    """Return the topics and units that words typed so far suggest, for templates."""
    return [{"target": row.target} | shown(row) for row in suggestions_for_words(institution, words)]
