# SPDX-License-Identifier: EUPL-1.2
"""The rules of the country, and a term explained before it runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.clocks.domain.own import is_own
from siac.clocks.explanations import Explanation
from siac.clocks.forms import TryForm
from siac.clocks.queries.clocks import explained_term
from siac.clocks.queries.own_rules import book_for, own_rules, rules_for
from siac.clocks.texts import BASIS_NAMES, amount_text
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page


@require_safe
@staff_page(StaffRight.CALENDARS)
def rules(request: HttpRequest, access: Access) -> HttpResponse:
    """List the rules of the country, and explain the term of one from a date that someone types."""
    body = access.institution
    known = rules_for(body)
    form = TryForm(request.GET if "rule" in request.GET else None, rules=known, initial={"channel": "web"})
    told: Explanation | None = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            told = explained_term(
                data["rule"],
                place=body.place,
                zone=body.zone,
                on=data["on"],
                at=data["at"],
                channel=data["channel"],
                closes_at=body.office_closes_at,
                extended=data["extended"],
                pauses=form.pauses(),
                institution_id=body.pk,
                book=book_for(body),
            )
        except Refused as refused:
            form.show(refused)
    rows = [
        {
            "rule": rule,
            "amount": amount_text(rule.amount, rule.country) if rule.amount else "Sin número de días",
            "basis": BASIS_NAMES[rule.basis],
        }
        for rule in known
        if not is_own(rule.id)
    ]
    context = {
        "institution": body, "rows": rows, "form": form, "told": told,
        "own": [versions[0] for versions in own_rules(body).values()],
    }  # fmt: skip
    return render(request, "clocks/workspace/rules.html", context, status=422 if form.errors else 200)
