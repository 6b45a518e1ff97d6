# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of the demand plan."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.indicators.demand import pages
from siac.indicators.demand.commands import (
    approve_plan,
    ask_plan,
    digest_of,
    drop_past_demand,
    drop_staffing,
    receive_past_demand,
    save_basis,
    save_staffing,
)
from siac.indicators.demand.forms import (
    BasisForm,
    PastForm,
    StaffingForm,
    YearForm,
    filled,
    staffing_filled,
)
from siac.indicators.demand.history import basis_of
from siac.indicators.domain.past_demand import HEADS, Problem
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.models import DemandBasis, DemandPlan, DemandSheet
from siac.indicators.texts import PAST_PROBLEMS
from siac.infra.tables.download import csv_response, table_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Histories, StaffRight, Words, staff_page
from siac.ui.forms import basis_field
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _ONE = "workspace:indicators:demand", "workspace:indicators:demand_plan"
_SHOWN = 100
"""Problems of a sheet that are told at once; the count tells of the others."""


@require_safe
@staff_page(StaffRight.FIGURES)
def plan_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the plans of a body, and what they rest on."""
    return _list_page(request, access)


def _list_page(
    request: HttpRequest,
    access: Access,
    *,
    past: PastForm | None = None,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    institution = access.institution
    year = institution.local_date(current_time()).year
    found = problems or []
    context = {
        "plans": DemandPlan.objects.filter(institution=institution).select_related("approved_by"),
        "basis": basis_of(institution),
        "sheets": DemandSheet.objects.filter(institution=institution).select_related("brought_by"),
        "may_plan": access.has(IndicatorRight.PLAN_DEMAND),
        "past": past or PastForm(),
        "years": (year + 1, year),
        "problems": [(each.line, PAST_PROBLEMS[each.code], each.value) for each in found[:_SHOWN]],
        "problem_count": len(found),
    }
    return render(request, "indicators/workspace/demand_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.PLAN_DEMAND)
def basis(request: HttpRequest, access: Access) -> HttpResponse:
    """Say what the register does not say of the demand."""
    row = basis_of(access.institution)
    form = BasisForm(request.POST or None, initial=filled(row))
    told: Histories[Access, DemandBasis] = Histories(_words)
    if row.pk:
        form.fields["based_on"] = basis_field(row.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_basis(
            institution=access.institution,
            actor=access.user,
            now=current_time(),
            based_on=fields.get("based_on"),
            **form.saved,
        )
        messages.success(request, "Guardado. Los planes que haga desde ahora lo toman en cuenta.")
        return redirect(_LIST, access.institution.slug)

    return record_form(
        request,
        form,
        save,
        title="Qué se sabe de la demanda",
        back_url=reverse(_LIST, args=[access.institution.slug]),
        versions=told.versions(access, row) if row.pk else (),
        overtaken=lambda refused: told.overtaken(access, row, form, refused) if row.pk else (),
    )


def _words(access: Access) -> Words:
    def days(kept: list[list[str]]) -> str:
        return ", ".join(first if first == last else f"{first} a {last}" for first, last in kept)

    return {"gaps": days, "breaks": days}


@require_safe
@staff_page(StaffRight.FIGURES)
def past_template(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out an empty sheet of past demand with the names of its columns."""
    return csv_response(HEADS, [], name="demanda-anterior")


@require_POST
@staff_page(IndicatorRight.PLAN_DEMAND)
def past(request: HttpRequest, access: Access) -> HttpResponse:
    """Take a sheet of past demand, or say all that is wrong with it."""
    form = PastForm(request.POST, request.FILES)
    problems: list[Problem] = []
    if form.is_valid():
        file = form.cleaned_data["sheet"]
        try:
            sheet, problems = receive_past_demand(
                institution=access.institution,
                name=file.name,
                content=file.read(),
                actor=access.user,
                now=current_time(),
            )
            if sheet is not None:
                messages.success(request, f"Planilla guardada: {sheet.count} solicitudes de antes.")
                return redirect(_LIST, access.institution.slug)
            form.refuse(
                "No se guardó nada: corrija las filas que se listan abajo y súbala otra vez.", "sheet"
            )
        except Refused as refused:
            form.refuse(refusal_text(refused), "sheet")
    return _list_page(request, access, past=form, problems=problems, status=422)


@require_POST
@staff_page(IndicatorRight.PLAN_DEMAND)
def past_drop(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """Delete a sheet of past demand."""
    get_object_or_404(DemandSheet, institution=access.institution, pk=sheet_id)

    def do() -> None:
        drop_past_demand(
            institution=access.institution, sheet_id=sheet_id, actor=access.user, now=current_time()
        )

    return _done(request, access, do, "Planilla borrada.")


@require_POST
@staff_page(IndicatorRight.PLAN_DEMAND)
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """Have the plan of a year made."""
    year = access.institution.local_date(current_time()).year
    form = YearForm((year, year + 1), request.POST)
    if not form.is_valid():
        messages.error(request, "Elija el año del plan.")
        return redirect(_LIST, access.institution.slug)
    try:
        made = ask_plan(
            institution=access.institution,
            year=form.cleaned_data["year"],
            actor=access.user,
            now=current_time(),
        )
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_LIST, access.institution.slug)
    return redirect(_ONE, access.institution.slug, made.pk)


@require_safe
@staff_page(StaffRight.FIGURES)
def plan(request: HttpRequest, access: Access, plan_id: int) -> HttpResponseBase:
    """Show a plan with what came; or hand it out as a table."""
    row = _of(access, plan_id)
    today = access.institution.local_date(current_time())
    came = pages.came_in(access.institution, row, today=today)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx") and row.told:
        name = f"plan-de-demanda-{row.year}-e{row.edition}"
        return table_response(
            pages.TABLE, pages.table_rows(row, came), form=wanted, name=name, title=f"Demanda {row.year}"
        )
    months = pages.months_of(row, came) if row.told else []
    is_draft = row.approved_at is None
    own_url = reverse(_ONE, args=[access.institution.slug, row.pk])
    context = {
        "plan": row,
        "refreshes": row.is_moving,
        "months": months,
        "chart": pages.chart_of(row, months) if months else None,
        "whole": sum(each.line.count for each in months),
        "parts": pages.parts_of(access.institution, row, today=today) if row.told else [],
        "facts": pages.trust_facts(row.told) if row.told else [],
        "trial_heads": pages.TRIAL_HEADS,
        "trials": pages.trial_rows(row.told) if row.told else [],
        "staffing": [(each, pages.half_hours(each), pages.most_people(each)) for each in row.staffing.all()],
        "may_plan": is_draft and access.has(IndicatorRight.PLAN_DEMAND),
        "may_approve": is_draft and bool(row.told) and access.has(IndicatorRight.APPROVE_DEMAND),
        "seen": digest_of(row).hex() if is_draft and row.told else "",
        "tables": [(form.upper(), f"{own_url}?formato={form}") for form in ("csv", "xlsx")]
        if row.told
        else [],
    }
    return render(request, "indicators/workspace/demand_plan.html", context)


@require_POST
@staff_page(IndicatorRight.APPROVE_DEMAND)
def approve(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Approve a plan as it was seen."""
    row = _of(access, plan_id)

    def do() -> None:
        approve_plan(
            institution=access.institution,
            plan_id=row.pk,
            actor=access.user,
            now=current_time(),
            seen=request.POST.get("visto", ""),
        )

    return _done(request, access, do, "Plan aprobado. Desde ahora no cambia.", row)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.PLAN_DEMAND)
def staffing(request: HttpRequest, access: Access, plan_id: int, need_id: int | None = None) -> HttpResponse:
    """Work out the people of a phone or a counter."""
    row = _of(access, plan_id)
    need = None if need_id is None else get_object_or_404(row.staffing, pk=need_id)
    form = StaffingForm(request.POST or None, initial=staffing_filled(need) if need else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_staffing(institution=access.institution, plan_id=row.pk, need_id=need_id, fields=fields)
        messages.success(request, "Dotación calculada.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request,
        form,
        save,
        title=f"Dotación: {need.name}" if need else "Dotación de un puesto",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
        submit="Calcular",
    )


@require_POST
@staff_page(IndicatorRight.PLAN_DEMAND)
def staffing_drop(request: HttpRequest, access: Access, plan_id: int, need_id: int) -> HttpResponse:
    """Take a phone or a counter out of a plan."""
    row = _of(access, plan_id)

    def do() -> None:
        drop_staffing(institution=access.institution, plan_id=row.pk, need_id=need_id)

    return _done(request, access, do, "Puesto quitado.", row)


def _done(
    request: HttpRequest, access: Access, do: Callable[[], None], said: str, row: DemandPlan | None = None
) -> HttpResponse:
    """Do something and say so, or say why not, on the page it was asked from."""
    try:
        do()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    slug = access.institution.slug
    return redirect(_ONE, slug, row.pk) if row else redirect(_LIST, slug)


def _of(access: Access, pk: int) -> DemandPlan:
    rows = DemandPlan.objects.filter(institution=access.institution).select_related("asked_by", "approved_by")
    return get_object_or_404(rows, pk=pk)
