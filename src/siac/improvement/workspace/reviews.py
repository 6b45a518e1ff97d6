# SPDX-License-Identifier: EUPL-1.2
"""The pages of a session that reviews how the house serves, and how its agreements become actions; and which
requests a finding came from.
"""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.cases.public import found, parse_folio, visible_to
from siac.findings.public import visible_findings
from siac.governance.public import CouncilRight, Sitting, agreement_for, agreements, sitting_for
from siac.improvement.commands.actions import ActionData, add_action
from siac.improvement.commands.reviews import prepare_review
from siac.improvement.commands.telling import link_cases
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import CHANGEABLE
from siac.improvement.forms import FolioForm, WindowForm
from siac.improvement.models import Action
from siac.improvement.queries import reviews_of, visible_plans
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_REVIEW = "workspace:improvement:review"
LENGTH = timedelta(days=90)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.READ)
def review(request: HttpRequest, access: Access, sitting_id: int) -> HttpResponse:
    """Show what a session has before it, prepare it, and make actions of what it agreed (8 SQL)."""
    row, now = sitting_for(access, sitting_id), current_time()
    today = access.institution.local_date(now)
    prepares = access.has(CouncilRight.KEEP) and row.state in ("planned", "called")
    form = None
    if prepares:
        form = WindowForm(request.POST or None, initial={"first": today - LENGTH, "last": today})
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(CouncilRight.KEEP.value)
        if form.is_valid() and _prepared(request, access, row, form.cleaned_data):
            return redirect(_REVIEW, access.institution.slug, row.pk)
    reviews = reviews_of(access.institution, row.pk)
    agreed = list(agreements(access).filter(item__sitting=row).order_by("pk"))
    adopted = Action.objects.filter(agreement__in=agreed).values_list("agreement_id", "pk")
    keeps = access.has(ImprovementRight.KEEP)
    context = {
        "sitting": row, "form": form, "review": reviews[0] if reviews else None, "earlier": reviews[1:],
        "agreed": [(each, dict(adopted).get(each.pk)) for each in agreed],
        "plans": list(visible_plans(access).filter(state__in=CHANGEABLE)[:50]) if keeps else [],
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "improvement/workspace/review.html", context, status=status)


def _prepared(request: HttpRequest, access: Access, row: Sitting, days: dict[str, Any]) -> bool:
    try:
        prepare_review(
            institution=access.institution,
            sitting_id=row.pk,
            actor=access.user,
            now=current_time(),
            **days,
        )
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return False
    again = " La tabla cambió: vuelva a citarla." if row.state == "called" else ""
    messages.success(
        request, f"Revisión preparada: la tabla y las cifras del período quedaron en la sesión.{again}"
    )
    return True


@require_POST
@staff_page(ImprovementRight.KEEP)
def adopt(request: HttpRequest, access: Access, agreement_id: int) -> HttpResponse:
    """Make an action of an agreement, with its unit and its day, in the plan that was chosen.

    Raises:
        Http404: there is no such agreement.
    """
    row = agreement_for(access, agreement_id)
    plan = visible_plans(access).filter(pk__in=_number(request.POST.get("plan", ""))).first()
    if row is None:
        raise Http404(str(agreement_id))
    if plan is None:
        messages.error(request, "Elija el plan al que pertenece la acción.")
        return redirect(_REVIEW, access.institution.slug, row.item.sitting_id)
    today = access.institution.local_date(current_time())
    starts_on = max(today, plan.starts_on)
    data = ActionData(
        title=row.text[:200], detail=row.text if len(row.text) > 200 else "", unit_id=row.unit_id,
        responsible_id=None, starts_on=min(starts_on, row.due_on or starts_on),
        due_on=row.due_on or max(plan.ends_on, starts_on),
    )  # fmt: skip
    try:
        made = add_action(
            institution=access.institution, plan_id=plan.pk, data=data, agreement=row, actor=access.user,
            now=current_time(),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_REVIEW, access.institution.slug, row.item.sitting_id)
    messages.success(
        request, "El acuerdo es ahora una acción del plan. Diga quién responde y fije su línea base."
    )
    return redirect("workspace:improvement:action", access.institution.slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def link(request: HttpRequest, access: Access, finding_id: int) -> HttpResponse:
    """Say that a finding came from a request, by its folio."""
    finding = get_object_or_404(visible_findings(access), pk=finding_id)
    page = reverse("workspace:findings:finding", args=[access.institution.slug, finding.pk])

    def save(fields: dict[str, Any]) -> HttpResponse:
        if parse_folio(fields["folio"]) is None:
            raise Refused("case_unknown")
        cases = list(found(visible_to(access), access, fields["folio"])[:1])
        if not cases:
            raise Refused("case_unknown")
        link_cases(
            institution=access.institution, finding_id=finding.pk, cases=cases, actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Solicitud enlazada al hallazgo.")
        return redirect(page)

    return record_form(
        request, FolioForm(request.POST or None), save, title=f"Enlazar una solicitud a {finding.code}",
        intro=finding.title, submit="Enlazar", field="folio", back_url=page,
    )  # fmt: skip


def _number(text: str) -> list[int]:
    return [int(text)] if text.isascii() and text.isdigit() and len(text) < 19 else []
