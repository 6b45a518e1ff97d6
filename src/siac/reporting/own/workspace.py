# SPDX-License-Identifier: EUPL-1.2
"""The pages of the reports that a body puts together itself."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.indicators.public import QuestionForm, Window, data_state, days_words, window_name
from siac.infra.metrics import metric
from siac.infra.tables.download import workbook_response
from siac.kernel.errors import Refused
from siac.organizations.public import ROLE_NAMES, Access, Histories, StaffRight, Words, staff_page
from siac.reporting.domain.own import SectionKind, Shown
from siac.reporting.domain.rights import ReportRight
from siac.reporting.frozen.kinds import address_of
from siac.reporting.frozen.workspace import ORDER, listed, with_periods
from siac.reporting.models import EachLabel, OwnReport
from siac.reporting.own.commands import freeze_own_report, save_own_report
from siac.reporting.own.contents import section_of
from siac.reporting.own.describing import kept_of, last_over, section_words
from siac.reporting.own.drawing import chart_of, sheets_of
from siac.reporting.own.forms import OwnReportForm, filled, indicators_of
from siac.reporting.own.reading import ToldSection, told_sections
from siac.ui.forms import basis_field
from siac.ui.lists import Asked
from siac.ui.public import long_date, refusal_text
from siac.ui.records import Row, record_form, record_list, yes_or_no

_LIST, _ONE, _CHANGE = (
    "workspace:reporting:own_reports",
    "workspace:reporting:own_report",
    "workspace:reporting:own_report_change",
)
_COPY = "workspace:reporting:own_copy"
_COPIES = 5
"""So many stand on the page of their report; a list has all."""
_COLUMNS = ("Título", "Período", "Secciones", "En uso")


@require_safe
@staff_page(StaffRight.FIGURES)
def report_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the reports of the body, those in use first."""
    slug, may_make = access.institution.slug, access.has(ReportRight.MAKE)
    rows = OwnReport.objects.filter(institution=access.institution).order_by("-is_active", "title", "pk")
    return record_list(
        request,
        title="Informes propios",
        columns=_COLUMNS,
        rows=[Row(_cells(row), reverse(_ONE, args=[slug, row.pk])) for row in rows],
        add=("Nuevo informe", reverse("workspace:reporting:own_report_new", args=[slug]))
        if may_make
        else None,
        intro="Informes que la institución arma con sus cifras, indicadores y textos. Los ve toda la casa.",
        empty="Todavía no hay informes propios.",
    )


def _cells(row: OwnReport) -> list[str]:
    return [row.title, row.get_every_display(), str(len(row.sections)), yes_or_no(row.is_active)]


@require_safe
@staff_page(ReportRight.MAKE)
def add_figure(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Ask to which report a figure is to be added, as it was looked at."""
    _proposed(request, access, key)
    asked = [(name, value) for name, value in request.GET.items() if name != "cifra"]
    slug, query = access.institution.slug, urlencode([("cifra", key), *asked])
    rows = OwnReport.objects.filter(institution=access.institution, is_active=True).order_by("title", "pk")
    return record_list(
        request,
        title="Agregar a un informe",
        columns=_COLUMNS,
        rows=[Row(_cells(row), f"{reverse(_CHANGE, args=[slug, row.pk])}?{query}") for row in rows],
        add=("Nuevo informe", f"{reverse('workspace:reporting:own_report_new', args=[slug])}?{query}"),
        intro=f"«{metric(key).title}», con los filtros que tenía. Elija el informe.",
        empty="Todavía no hay informes propios: haga uno nuevo.",
    )


@require_safe
@staff_page(StaffRight.FIGURES)
def report(request: HttpRequest, access: Access, report_id: int) -> HttpResponseBase:
    """Show a report of its last whole period, or of an earlier one, or hand out its workbook."""
    body, row = access.institution, _of(access, report_id)
    today = body.local_date(current_time())
    window = _window(row, request.GET.get("en", ""), today=today)
    told = told_sections(body, row, window, today=today)
    name = f"informe-{row.pk}-{window.first}-{window.end}"
    if request.GET.get("formato") == "xlsx":
        cover = [(row.title, window_name(window), window.first, window.end)]
        heads = ("Informe", "Período", "Desde", "Hasta")
        return workbook_response([("Informe", heads, cover), *sheets_of(told)], name=name)
    data_time, is_complete = data_state(body)
    earlier, later = window.moved(-1, today=today), window.moved(1, today=today)
    context = {
        "report": row,
        "period": window_name(window),
        "days": days_words(*window.days),
        "earlier": (window_name(earlier), earlier.first.isoformat()),
        "later": (window_name(later), later.first.isoformat()) if later.end < today else None,
        "sections": [_shown(access, each) for each in told],
        "data_time": data_time,
        "is_complete": is_complete,
        "may_make": access.has(ReportRight.MAKE),
        "first": window.first.isoformat(),
        "copies": with_periods(listed(access, row)[:_COPIES]),
        "route": _COPY,
        "file_url": f"?{urlencode({'en': window.first.isoformat(), 'formato': 'xlsx'})}",
    }
    return render(request, "reporting/workspace/own_report.html", context)


def _window(row: OwnReport, typed: str, *, today: date) -> Window:
    """Return the period asked for, or the last one that is over.

    Raises:
        Http404: there is no such period, or it is not over.
    """
    asked = {"periodo": row.every, "en": typed.strip() or last_over(row.every, today=today).first.isoformat()}
    form = QuestionForm(row.institution, None, asked, today=today, only="cases")
    if not form.is_valid() or form.question.window.end >= today:
        raise Http404("period")
    return form.question.window


def _shown(access: Access, told: ToldSection) -> dict[str, Any]:
    """Return a section as the page shows it, with what lies behind it."""
    slug = access.institution.slug

    def to_things(key: str, query: str) -> str:
        return f"{reverse('workspace:indicators:things', args=[slug, key])}?{query}"

    def to_result(pk: int) -> str:
        return reverse("workspace:indicators:result", args=[slug, pk])

    shown = {**section_of(told), "chart": chart_of(told, to_things, to_result)}
    if told.page is not None and told.asked is not None:
        query, key = told.asked.form.question.query(), told.asked.metric.key
        shown["figure_url"] = f"{reverse('workspace:indicators:figure', args=[slug, key])}?{query}"
        shown["things_url"] = to_things(key, query) if told.page.line.now.total else ""
    elif told.indicator is not None:
        shown["figure_url"] = reverse("workspace:indicators:indicator", args=[slug, told.indicator.pk])
    return shown


@require_POST
@staff_page(ReportRight.MAKE)
def freeze(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """Have a report frozen of the period that was looked at."""
    row, now = _of(access, report_id), current_time()
    window = _window(row, request.POST.get("en", ""), today=access.institution.local_date(now))
    try:
        copy = freeze_own_report(report=row, window=window, actor=access.user, now=now)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_ONE, access.institution.slug, row.pk)
    return redirect(address_of(copy, access.institution.slug))


@require_safe
@staff_page(StaffRight.FIGURES)
def copies(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """List the frozen copies of a report."""
    row = _of(access, report_id)
    listing = Asked.of(request).listing(listed(access, row), ORDER)
    context = {"report": row, "listing": listing, "rows": with_periods(listing.rows), "route": _COPY}
    return render(request, "reporting/workspace/own_copies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ReportRight.MAKE)
def change(request: HttpRequest, access: Access, report_id: int | None = None) -> HttpResponse:
    """Put a new report together, or change one; with the figure that was to be added, if any."""
    body, now = access.institution, current_time()
    row = None if report_id is None else _of(access, report_id)
    key = request.GET.get("cifra")
    more = [_proposed(request, access, key)] if key is not None else []
    form = OwnReportForm(body, request.POST or None, today=body.local_date(now), initial=filled(row, more))
    if row is not None:
        form.fields["based_on"] = basis_field(row.version)
    told: Histories[Access, OwnReport] = Histories(_words)
    title = f"Cambiar «{row.title}»" if row else "Nuevo informe"

    def save(fields: dict[str, Any]) -> HttpResponse:
        saved = save_own_report(
            institution=body,
            report=row,
            actor=access.user,
            now=now,
            sections=fields.pop("contents"),
            **fields,
        )
        messages.success(request, "Informe guardado.")
        return redirect(_ONE, body.slug, saved.pk)

    return record_form(
        request,
        form,
        save,
        title=title,
        back_url=reverse(_ONE, args=[body.slug, row.pk]) if row else reverse(_LIST, args=[body.slug]),
        versions=told.versions(access, row) if row else (),
        overtaken=lambda refused: told.overtaken(access, row, form, refused) if row else (),
    )


def _words(access: Access) -> Words:
    indicators = indicators_of(access.institution)
    return {
        "every": lambda code: dict(EachLabel.choices).get(code, str(code)),
        "sections": lambda rows: "; ".join(section_words(each, indicators) for each in rows),
        "told": lambda roles: ", ".join(ROLE_NAMES.get(role, role) for role in roles),
        "frozen_since": lambda day: long_date(date.fromisoformat(day)),
    }


def _proposed(request: HttpRequest, access: Access, key: str) -> dict[str, Any]:
    """Return the section of a figure, as it was looked at.

    Raises:
        Http404: there is no such figure, or it cannot be asked so.
    """
    today = access.institution.local_date(current_time())
    asked = kept_of(access.institution, key, request.GET.urlencode(), today=today)
    if asked is None:
        raise Http404("cifra")
    shown = Shown.GROUPS if "por" in request.GET else Shown.MONTHS
    return {
        "kind": SectionKind.FIGURE.value,
        "title": "",
        "metric": key,
        "asked": asked,
        "shown": shown.value,
    }


def _of(access: Access, pk: int) -> OwnReport:
    rows = OwnReport.objects.select_related("institution")
    return get_object_or_404(rows, institution=access.institution, pk=pk)
