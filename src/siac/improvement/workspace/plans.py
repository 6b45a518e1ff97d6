# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of plans: the list, one plan, what is done with it, what was approved, its paper."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.governance.public import decides_about
from siac.improvement.commands.plans import (
    PLAN,
    begin_plan,
    change_plan,
    close_plan,
    evaluate_plan,
    propose_plan,
    withdraw_plan,
)
from siac.improvement.domain.progress import whole
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import CHANGEABLE, ActionState, PlanState
from siac.improvement.forms import ConclusionForm, PlanForm, plan_filled
from siac.improvement.models import Plan, PlanStateLabel
from siac.improvement.papers import plan_paper
from siac.improvement.queries import last_said, progress_of, silent_plans, visible_plans
from siac.improvement.snapshots import in_words
from siac.improvement.texts import ACTION_COLOURS, PLAN_COLOURS
from siac.improvement.tiles import SILENT_AFTER
from siac.improvement.wording import moved_words
from siac.infra.pdf import PdfUnavailable
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _ONE = "workspace:improvement:plans", "workspace:improvement:plan"
SILENT = "sin-avance"
_COLUMNS = (
    Column("Plan", 50), Column("Desde", 12), Column("Hasta", 12), Column("Estado", 14), Column("Avance %",
    10),
    Column("Último avance", 14),
)  # fmt: skip


@require_safe
@staff_page(ImprovementRight.READ)
def plan_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the plans, the latest first, each with how far it is (3 SQL); or hand them out."""
    states = [*PlanStateLabel.choices, (SILENT, "Sin avance en 30 días")]
    asked = Asked.of(request, Filter("estado", "Estado", states, every="Todos"))
    rows, state = visible_plans(access), asked.kept.get("estado", "")
    today = access.institution.local_date(current_time())
    if state == SILENT:
        rows = silent_plans(access, since=today - SILENT_AFTER)
    elif state:
        rows = rows.filter(state=state)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        found = list(rows.order_by("-starts_on", "-pk"))
        done, said = progress_of(found), last_said([row.pk for row in found])
        body = (
            [
                row.name,
                row.starts_on,
                row.ends_on,
                row.get_state_display(),
                whole(done[row.pk]),
                said.get(row.pk),
            ]
            for row in found
        )
        return table_response(_COLUMNS, body, form=wanted, name="planes-de-mejora", title="Planes de mejora")
    listing = asked.listing(rows, ("-starts_on", "-pk"), export_url=request.path)
    done, said = progress_of(listing.rows), last_said([row.pk for row in listing.rows])
    context = {
        "asked": asked, "listing": listing, "may_keep": access.has(ImprovementRight.KEEP),
        "rows": [
            (row, PLAN_COLOURS[PlanState(row.state)], whole(done[row.pk]), said.get(row.pk))
            for row in listing.rows
        ],
    }  # fmt: skip
    return render(request, "improvement/workspace/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def keep(request: HttpRequest, access: Access, plan_id: int | None = None) -> HttpResponse:
    """Begin a plan, or change one."""
    institution, now = access.institution, current_time()
    row = plan_of(access, plan_id) if plan_id is not None else None
    form = PlanForm(request.POST or None, row=row, initial=plan_filled(row) if row else {})

    def save(fields: dict[str, Any]) -> HttpResponse:
        common: dict[str, Any] = {"institution": institution, "actor": access.user, "now": now}
        made = change_plan(plan_id=row.pk, **common, **fields) if row else begin_plan(**common, **fields)
        messages.success(request, "Plan guardado.")
        return redirect(_ONE, institution.slug, made.pk)

    back = reverse(_ONE, args=[institution.slug, row.pk]) if row else reverse(_LIST, args=[institution.slug])
    return record_form(
        request, form, save, title=f"Cambiar {row.name}" if row else "Nuevo plan de mejora", back_url=back,
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_safe
@staff_page(ImprovementRight.READ)
def plan(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Show a plan: how far it is, its actions, the late ones first, and what bodies decided (7 SQL)."""
    return _page(request, access, plan_of(access, plan_id))


def _page(request: HttpRequest, access: Access, row: Plan, *, status: int = 200) -> HttpResponse:
    today = access.institution.local_date(current_time())
    related = ("answered__finding", "effects")
    actions = list(
        row.actions.select_related("unit", "responsible", "baseline__indicator").prefetch_related(*related)
    )
    percent = whole(progress_of([row])[row.pk])
    keeps, state = access.has(ImprovementRight.KEEP), PlanState(row.state)
    context = {
        "plan": row, "colour": PLAN_COLOURS[state], "percent": percent, "today": today,
        "actions": [_told(each, today) for each in sorted(actions, key=lambda each: _order(each, today))],
        "proposals": list(row.proposals.select_related("proposed_by")),
        "keeps": keeps, "changes": keeps and state in CHANGEABLE,
        "may": {
            "propose": keeps and state is PlanState.DRAFT, "withdraw": keeps and state is PlanState.PROPOSED,
            "evaluate": keeps and state is PlanState.RUNNING, "close": keeps and state is PlanState.EVALUATED,
        },
        "bar": (percent * 3, 300),
    }  # fmt: skip
    return render(request, "improvement/workspace/plan.html", context, status=status)


def _order(row: Any, today: Any) -> tuple[int, Any, int]:
    """The late ones first, then those that are open, done and dropped, each by their day."""
    place = [ActionState.RUNNING, ActionState.PLANNED, ActionState.DONE, ActionState.DROPPED].index(row.state)
    return (-1 if row.is_late(today) else max(0, place - 1), row.due_on, row.pk)


def _told(row: Any, today: Any) -> Mapping[str, Any]:
    effect = next(iter(row.effects.all()), None)
    if effect is not None:
        effect.action = row
    return {
        "row": row, "colour": ACTION_COLOURS[ActionState(row.state)], "late": row.is_late(today),
        "moved": moved_words(effect) if effect is not None else None,
    }  # fmt: skip


_ACTS = {
    "proponer": (propose_plan, "Plan propuesto. Póngalo en la tabla de una sesión: el órgano lo vota."),
    "retirar": (withdraw_plan, "Propuesta retirada: el plan vuelve a ser un borrador."),
    "cerrar": (close_plan, "Plan cerrado."),
}


@require_POST
@staff_page(ImprovementRight.KEEP)
def act(request: HttpRequest, access: Access, plan_id: int, code: str) -> HttpResponse:
    """Put a plan before a body, take it back, or close it.

    Raises:
        Http404: nothing is called so.
    """
    row = plan_of(access, plan_id)
    if code not in _ACTS:
        raise Http404(code)
    command, done = _ACTS[code]
    try:
        command(institution=access.institution, plan_id=row.pk, actor=access.user, now=current_time())
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def evaluate(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Say what a plan came to."""
    row = plan_of(access, plan_id)

    def save(fields: dict[str, Any]) -> HttpResponse:
        evaluate_plan(
            institution=access.institution, plan_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Plan evaluado.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, ConclusionForm(request.POST or None), save, title=f"Evaluar {row.name}", submit="Evaluar",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
    )  # fmt: skip


@require_safe
@staff_page()
def proposal(request: HttpRequest, access: Access, plan_id: int, number: int) -> HttpResponse:
    """Show a plan word by word as it was put before a body: to who reads plans, and while it is decided to
    who has a seat in a body that was called for it (3 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    row = get_object_or_404(Plan, institution=access.institution, pk=plan_id)
    found = get_object_or_404(row.proposals.select_related("proposed_by"), number=number)
    reads = access.has(ImprovementRight.READ)
    if not reads and (found.decided_at or found.is_withdrawn or not _decides(access, row)):
        raise Http404(str(plan_id))
    context = {"plan": row, "proposal": found, "told": in_words(found.content), "reads": reads}
    return render(request, "improvement/workspace/proposal.html", context)


def _decides(access: Access, row: Plan) -> bool:
    return decides_about(access, PLAN, row.pk, access.institution.local_date(current_time()))


@require_safe
@staff_page(ImprovementRight.READ)
def paper(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Hand out a plan as PDF."""
    row = plan_of(access, plan_id)
    try:
        content = plan_paper(access.institution, row, today=access.institution.local_date(current_time()))
    except PdfUnavailable:
        messages.error(request, "El PDF no se puede hacer ahora. Inténtelo otra vez en un momento.")
        return redirect(_ONE, access.institution.slug, row.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-de-mejora-{row.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def plan_of(access: Access, plan_id: int) -> Plan:
    """Return a plan that somebody may read (1 SQL).

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(visible_plans(access), pk=plan_id)
