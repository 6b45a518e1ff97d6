# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of actions: the list, one action with how far it is, its baseline and its effect."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.documents.public import attachments_of, staff_download
from siac.findings.public import root_causes_of, visible_findings
from siac.improvement.commands.actions import add_action, change_action, drop_action, set_baseline
from siac.improvement.commands.effects import measure_action
from siac.improvement.commands.following import EVIDENCE, note_progress, reopen_action
from siac.improvement.commands.telling import begin_telling
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import CHANGEABLE, OPEN, UNDER_WAY, ActionState, PlanState
from siac.improvement.forms import (
    ActionForm,
    BaselineForm,
    ProgressForm,
    ReasonForm,
    WindowForm,
    action_filled,
    baseline_filled,
    same_length_after,
)
from siac.improvement.models import Action, ActionStateLabel, Telling, ToldState
from siac.improvement.money import money_words
from siac.improvement.queries import late_actions, may_follow, told_counts, visible_actions
from siac.improvement.texts import ACTION_COLOURS
from siac.improvement.wording import as_defined, days_words, moved_words
from siac.improvement.workspace.plans import plan_of
from siac.indicators.public import value_of
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside, unit_options
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_ONE, _PLAN = "workspace:improvement:action", "workspace:improvement:plan"
LATE, ALL_OPEN = "atrasadas", "pendientes"
_COLUMNS = (
    Column("Acción", 60), Column("Plan", 40), Column("Unidad", 30), Column("Responsable", 26),
    Column("Desde", 12),
    Column("Plazo", 12), Column("Avance %", 10), Column("Estado", 12), Column("Hecha el", 12), Column("Peso",
    8),
    Column("Costo", 18), Column("Presupuesto", 16), Column("Personas", 16), Column("Medios", 16),
)  # fmt: skip


@require_safe
@staff_page(ImprovementRight.READ)
def action_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the actions of all plans, what is due first first (1 SQL); or hand them out."""
    states = [(ALL_OPEN, "Pendientes"), (LATE, "Atrasadas"), *ActionStateLabel.choices]
    asked = Asked.of(
        request, Filter("estado", options=states),
        Filter("unidad", "Unidad", unit_options(access.institution), every="Todas"),
    )  # fmt: skip
    today = access.institution.local_date(current_time())
    state = asked.kept.get("estado", ALL_OPEN)
    rows = visible_actions(access)
    if state == LATE:
        rows = late_actions(access, today=today)
    else:
        rows = rows.filter(state__in=OPEN) if state == ALL_OPEN else rows.filter(state=state)
    if unit := asked.kept.get("unidad"):
        rows = rows.filter(unit=int(unit))
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        body = (_cells(row) for row in rows.order_by("due_on", "pk"))
        return table_response(
            _COLUMNS, body, form=wanted, name="acciones-de-mejora", title="Acciones de mejora"
        )
    context = {
        "asked": asked, "listing": asked.listing(rows, ("due_on", "pk"), export_url=request.path),
        "state": state, "states": states, "today": today,
    }  # fmt: skip
    return render(request, "improvement/workspace/actions.html", context)


def _cells(row: Action) -> list[Any]:
    return [
        row.title, row.plan.name, row.unit.name, row.responsible.name if row.responsible else "",
        row.starts_on,
        row.due_on, row.progress, row.get_state_display(), row.done_on, row.weight,
        money_words(row.cost, row.currency), row.get_budget_display(), row.get_people_display(),
        row.get_means_display(),
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def add(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Add an action to a plan."""
    plan, institution = plan_of(access, plan_id), access.institution
    first = max(plan.starts_on, institution.local_date(current_time()))
    form = ActionForm(access, request.POST or None, initial={"starts_on": first, "due_on": plan.ends_on})

    def save(fields: dict[str, Any]) -> HttpResponse:
        row = add_action(
            institution=institution, plan_id=plan.pk, data=form.said, findings=fields["findings"],
            actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, "Acción agregada. Fije su línea base.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title="Nueva acción", intro=plan.name,
        back_url=reverse(_PLAN, args=[institution.slug, plan.pk]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def change(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Change an action, and say what was granted."""
    row, institution = action_of(access, action_id), access.institution
    row.institution = institution
    form = ActionForm(access, request.POST or None, row=row, initial=action_filled(row))

    def save(fields: dict[str, Any]) -> HttpResponse:
        change_action(
            institution=institution, action_id=row.pk, data=form.said, findings=fields["findings"],
            actor=access.user, now=current_time(), based_on=fields["based_on"],
        )  # fmt: skip
        messages.success(request, "Acción guardada.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title="Cambiar la acción", intro=row.title, back_url=_url(access, row),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.READ)
def action(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Show an action with how far it is, and write how far it is now (12 SQL)."""
    row, now = action_of(access, action_id), current_time()
    today = access.institution.local_date(now)
    is_open = row.state in OPEN and row.plan.state in UNDER_WAY
    form = None
    if is_open and may_follow(access, row):
        form = ProgressForm(request.POST or None, request.FILES or None, initial={"dated_on": today})
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(ImprovementRight.FOLLOW.value)
        if form.is_valid() and _noted(request, access, row, form):
            return redirect(_ONE, access.institution.slug, row.pk)
    status = 422 if form is not None and form.is_bound else 200
    context = _context(access, row, form=form, today=today)
    return render(request, "improvement/workspace/action.html", context, status=status)


def _noted(request: HttpRequest, access: Access, row: Action, form: ProgressForm) -> bool:
    data = form.cleaned_data
    try:
        note_progress(
            institution=access.institution, action_id=row.pk, percent=data["percent"],
            dated_on=data["dated_on"],
            note=data["note"], files=data["attachments"], actor=access.user, now=current_time(),
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refusal_text(refused))
        return False
    messages.success(request, "Avance anotado.")
    return True


def _context(access: Access, row: Action, *, form: ProgressForm | None, today: Any) -> dict[str, Any]:
    institution = access.institution
    entries = list(row.entries.select_related("written_by"))
    files = attachments_of(institution.pk, EVIDENCE, [each.pk for each in entries])
    keys = [each.finding_id for each in row.answered.all()]
    findings = list(visible_findings(access).filter(pk__in=keys).order_by("pk"))
    whys = root_causes_of(institution, [each.pk for each in findings])
    base = getattr(row, "baseline", None)
    effects = [moved_words(each) for each in row.effects.select_related("action__baseline__indicator")]
    keeps, work = access.has(ImprovementRight.KEEP), Telling.objects.filter(action=row).first()
    is_done = row.state == ActionState.DONE
    counts = told_counts(row) if work is not None else {}
    changes = keeps and row.state in OPEN and row.plan.state in CHANGEABLE
    return {
        "action": row, "form": form, "today": today, "late": row.is_late(today),
        "colour": ACTION_COLOURS[ActionState(row.state)], "cost": money_words(row.cost, row.currency),
        "entries": [(each, files[each.pk]) for each in entries],
        "findings": [(each, whys.get(each.pk)) for each in findings], "hidden": len(keys) - len(findings),
        "base": _baseline(base) if base is not None else None, "effects": effects,
        "keeps": keeps, "changes": changes,
        "may": {
            "baseline": changes and (base is None or row.plan.state == PlanState.DRAFT),
            "measure": keeps and is_done and base is not None and row.plan.state in UNDER_WAY,
            "reopen": keeps and is_done and work is None and row.plan.state in UNDER_WAY,
            "tell": keeps and is_done and bool(row.told_text) and (work is None or work.state in _BROKEN),
        },
        "telling": work, "refreshes": work is not None and work.is_moving,
        "told": [(each.label, counts[each.value]) for each in ToldState if counts.get(each.value)],
    }  # fmt: skip


_BROKEN = ("failed", "stopped")


def _baseline(base: Any) -> dict[str, Any]:
    then = as_defined(base)
    return {
        "row": base, "value": value_of(then, base.value), "goal": value_of(then, base.goal),
        "days": days_words(base.first, base.last),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def baseline(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Freeze the indicator that an action means to move."""
    row, institution = action_of(access, action_id), access.institution
    known = baseline_filled(getattr(row, "baseline", None))
    form = BaselineForm(institution, request.POST or None, initial=known)

    def save(fields: dict[str, Any]) -> HttpResponse:
        made = set_baseline(
            institution=institution, action_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, f"Línea base fijada: {value_of(made.indicator, made.value)}.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title="Línea base y meta", intro=row.title, submit="Fijar la línea base",
        back_url=_url(access, row),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def effect(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Measure the indicator of an action after it was done."""
    row, institution = action_of(access, action_id), access.institution
    base, initial = getattr(row, "baseline", None), {}
    if base is not None and row.done_on is not None:
        initial = dict(
            zip(("first", "last"), same_length_after(base.first, base.last, row.done_on), strict=True)
        )
    form = WindowForm(request.POST or None, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        made = measure_action(
            institution=institution, action_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, f"Efecto medido: {made.get_effect_display().lower()}.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title="Medir el efecto", submit="Medir", back_url=_url(access, row),
        intro="El mismo indicador, en un período posterior a la acción. Queda fijado como se mide.",
    )  # fmt: skip


_REASONED = {"sin-efecto": (drop_action, "Dejar sin efecto"), "reabrir": (reopen_action, "Reabrir la acción")}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def drop(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Say why an action is not done any more."""
    return _reasoned(request, access, action_of(access, action_id), "sin-efecto")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ImprovementRight.KEEP)
def reopen(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Say why an action is not done after all."""
    return _reasoned(request, access, action_of(access, action_id), "reabrir")


def _reasoned(request: HttpRequest, access: Access, row: Action, code: str) -> HttpResponse:
    command, title = _REASONED[code]

    def save(fields: dict[str, Any]) -> HttpResponse:
        command(
            institution=access.institution, action_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Anotado.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, ReasonForm(request.POST or None), save, title=title, intro=row.title, submit=title,
        back_url=_url(access, row),
    )  # fmt: skip


@require_POST
@staff_page(ImprovementRight.KEEP)
def tell(request: HttpRequest, access: Access, action_id: int) -> HttpResponse:
    """Tell those whose complaint led to an action that it is done."""
    row = action_of(access, action_id)
    try:
        begin_telling(institution=access.institution, action_id=row.pk, actor=access.user, now=current_time())
        messages.success(request, "Se está avisando a las personas.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


@require_safe
@staff_page(ImprovementRight.READ)
def evidence(request: HttpRequest, access: Access, action_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a file that shows how far an action was."""
    entries = action_of(access, action_id).entries.values_list("pk", flat=True)
    return staff_download(access.institution.pk, attachment_id, EVIDENCE, set(entries))


def action_of(access: Access, action_id: int) -> Action:
    """Return an action that somebody may read, with its plan and baseline (1 SQL).

    Raises:
        Http404: there is none.
    """
    rows = visible_actions(access).select_related("plan", "unit", "responsible", "baseline__indicator")
    return get_object_or_404(rows, pk=action_id)


def _url(access: Access, row: Action) -> str:
    return reverse(_ONE, args=[access.institution.slug, row.pk])
