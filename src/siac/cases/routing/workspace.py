# SPDX-License-Identifier: EUPL-1.2
"""Rules that route what comes in: the list in its order, one rule with what it would do, and what
each did.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import case_for, require_reader, unit_of
from siac.cases.domain.routing import REFERRALS_LIMIT
from siac.cases.models import RoutingRule
from siac.cases.routing.forms import RoutingRuleForm, initial_of
from siac.cases.routing.queries import (
    LOOKED_AT,
    Preview,
    counts_since,
    preview,
    routing_rules,
    runs_by_rule,
    runs_of,
)
from siac.cases.routing.rule_commands import move_rule, save_rule
from siac.cases.routing.words import then_words, version_words, when_words
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Access,
    Change,
    Institution,
    StaffRight,
    colleagues,
    history,
    overtaken,
    setup_tabs,
    staff_page,
)
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.rows import rearranged

PERIOD = timedelta(days=30)


@require_safe
@staff_page(StaffRight.SETUP)
def rule_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the rules in the order in which they are asked, in words, with how often each matched."""
    institution = access.institution
    counts, people = counts_since(institution, current_time() - PERIOD), dict(colleagues(institution))
    rows = [
        {
            "rule": rule,
            "when": when_words(institution, rule),
            "then": then_words(institution, rule, people),
            "count": counts.get(rule.pk, 0),
        }
        for rule in routing_rules(institution)
    ]
    context = {"rows": rows, "tabs": setup_tabs(institution), "limit": REFERRALS_LIMIT}
    return render(request, "cases/workspace/routing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def rule(request: HttpRequest, access: Access, rule_id: int | None = None) -> HttpResponse:
    """Add or change a rule; `probar` shows what it would do, as it is typed, and saves nothing."""
    institution = access.institution
    row = _rule(institution, rule_id) if rule_id else None
    form = RoutingRuleForm(institution, request.POST or None, initial=initial_of(row) if row else None)
    words = version_words(institution, dict(colleagues(institution)))
    meanwhile: Sequence[Change] = ()
    is_rearranged = form.is_bound and rearranged(form)
    tries = is_rearranged or "probar" in request.POST
    if form.is_bound and not tries and form.is_valid():
        try:
            save_rule(
                institution=institution,
                rule=row,
                based_on=form.cleaned_data["based_on"],
                actor=access.user,
                now=current_time(),
                **form.values(),
            )
            messages.success(request, "Regla guardada. Actúa desde la próxima solicitud.")
            return redirect("workspace:kinds:routing", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = overtaken(form, refused, row, words) if row else []
    context = {
        "title": row.name if row else "Nueva regla de derivación",
        "form": form,
        "rule": row,
        "looked_at": LOOKED_AT,
        "tried": None if is_rearranged else _tried(institution, form, row),
        "meanwhile": meanwhile,
        "versions": history(row, words) if row else [],
    }
    status = 422 if form.is_bound and not tries else 200
    return render(request, "cases/workspace/routing_rule.html", context, status=status)


def _rule(institution: Institution, rule_id: int) -> RoutingRule:
    row = RoutingRule.objects.filter(institution=institution, pk=rule_id).first()
    if row is None:
        raise Http404(str(rule_id))
    return row


def _tried(institution: Institution, form: RoutingRuleForm, row: RoutingRule | None) -> Preview | None:
    """Return what the rule as typed would do, or as it stands where nothing was
    typed; None while it cannot be read.
    """
    if not form.is_bound:
        return preview(institution, row) if row else None
    form.is_valid()
    if set(form.errors) - {"name", "__all__"}:
        return None
    draft = _rule(institution, row.pk) if row else RoutingRule(institution=institution)
    for name, value in {"name": "", **form.values()}.items():
        setattr(draft, name, value)
    return preview(institution, draft)


@require_POST
@staff_page(StaffRight.SETUP)
def move(request: HttpRequest, access: Access, rule_id: int) -> HttpResponse:
    """Let a rule be asked before the one above it, or after the one below it."""
    up = request.POST.get("hacia") != "abajo"
    try:
        move_rule(
            institution=access.institution, rule_id=rule_id, up=up, actor=access.user, now=current_time()
        )
    except Refused as refused:
        raise Http404(str(rule_id)) from refused
    return redirect("workspace:kinds:routing", access.institution.slug)


@require_POST
@staff_page(StaffRight.SETUP)
def switch(request: HttpRequest, access: Access, rule_id: int) -> HttpResponse:
    """Take a rule out of use, or into use again."""
    row = _rule(access.institution, rule_id)
    save_rule(
        institution=access.institution,
        rule=row,
        actor=access.user,
        now=current_time(),
        is_active=request.POST.get("uso") == "si",
    )
    return redirect("workspace:kinds:routing", access.institution.slug)


@require_safe
@staff_page(StaffRight.SETUP)
def runs(request: HttpRequest, access: Access, rule_id: int) -> HttpResponse:
    """List what a rule did, the latest first."""
    row = _rule(access.institution, rule_id)
    listing = Asked.of(request).listing(runs_by_rule(access, row), ("-pk",))
    context: dict[str, Any] = {"rule": row, "listing": listing}
    return render(request, "cases/workspace/routing_runs.html", context)


@require_safe
@staff_page()
def why(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Tell why a case is where it is: which rules spoke of it, in which version, and what came of each."""
    require_reader(access)
    case = case_for(access, folio, to=None, now=current_time())
    context = {
        "case": case,
        "unit": unit_of(access.institution, case),
        "runs": runs_of(case),
        "limit": REFERRALS_LIMIT,
    }
    return render(request, "cases/workspace/routing_why.html", context)
