# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of indicators: what is followed, what each said and owes, and the library."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.indicators.domain.earlier import HEADS
from siac.indicators.domain.past_demand import Problem
from siac.indicators.domain.results import Frequency
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.domain.windows import Length
from siac.indicators.figures.forms import address_of, dimensions_of
from siac.indicators.figures.wording import statistic_words
from siac.indicators.models import BetterLabel, FrequencyLabel, Indicator, IndicatorResult
from siac.indicators.results.commands import freeze_result, write_result
from siac.indicators.results.due import followed
from siac.indicators.results.earlier import bring_earlier_results
from siac.indicators.results.forms import (
    BY_HAND,
    ONLY,
    WRITTEN_DOWN,
    EarlierForm,
    IndicatorForm,
    WrittenForm,
    filled,
)
from siac.indicators.results.keeping_commands import save_indicator
from siac.indicators.results.library import adopt_ready, shelves
from siac.indicators.results.pages import (
    Followed,
    lines,
    owed_of,
    period_words,
    told_results,
    value_of,
)
from siac.indicators.texts import EARLIER_PROBLEMS, FAMILIES, STATISTICS
from siac.infra.metrics import Metric, Statistic, metric, metrics
from siac.infra.tables.download import csv_response
from siac.kernel.days import read_day
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Access,
    Histories,
    StaffRight,
    Words,
    history,
    staff_page,
    unit_tree,
)
from siac.ui.forms import Form, basis_field
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _LIBRARY, _ONE = (
    "workspace:indicators:indicators",
    "workspace:indicators:library",
    "workspace:indicators:indicator",
)


_SHOWN = 100
"""Problems of a sheet that are told at once; the count tells of the others."""


def _every(_: Followed) -> bool:
    return True


_VIEWS: dict[str, Callable[[Followed], bool]] = {
    "por-fijar": lambda line: bool(line.owed),
    "bajo-su-meta": lambda line: line.is_missed,
}
"""Parts of the list that the first page leads to, by their name in addresses."""


@require_safe
@staff_page(StaffRight.FIGURES)
def indicator_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what the body follows, with the latest result of each."""
    today = access.institution.local_date(current_time())
    view = request.GET.get("vista", "")
    found = [each for each in lines(access.institution, today=today) if _VIEWS.get(view, _every)(each)]
    context = {"lines": found, "may_keep": access.has(IndicatorRight.KEEP), "view": view in _VIEWS}
    return render(request, "indicators/workspace/indicators.html", context)


@require_safe
@staff_page(IndicatorRight.KEEP)
def earlier_template(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out a sheet of results of before the system, with a row for each indicator that is followed."""
    rows = followed(access.institution).values_list("code", flat=True)
    return csv_response(HEADS, [(code, "", "", "", "") for code in rows], name="resultados-anteriores")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def earlier(request: HttpRequest, access: Access) -> HttpResponse:
    """Take a sheet of results of before the system, or say all that is wrong with it."""
    form = EarlierForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["sheet"]
        try:
            written, problems = bring_earlier_results(
                institution=access.institution,
                name=file.name,
                content=file.read(),
                actor=access.user,
                now=current_time(),
            )
            if not problems:
                said = f"Resultados anteriores anotados: {written}." if written else "Ya estaban todos."
                messages.success(request, said)
                return redirect(_LIST, access.institution.slug)
            form.refuse("No se anotó nada: corrija las filas de abajo y súbala otra vez.", "sheet")
        except Refused as refused:
            form.refuse(refusal_text(refused), "sheet")
    context = {
        "form": form,
        "problems": [(each.line, EARLIER_PROBLEMS[each.code], each.value) for each in problems[:_SHOWN]],
        "problem_count": len(problems),
    }
    return render(request, "indicators/workspace/earlier.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.FIGURES)
def library(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the ready indicators of the country, and adopt those that whoever may keep them asks for."""
    may_keep, status = access.has(IndicatorRight.KEEP), 200
    if request.method == "POST":
        if not may_keep:
            raise PermissionDenied
        try:
            new = adopt_ready(
                institution=access.institution,
                codes=request.POST.getlist("codigo"),
                actor=access.user,
                now=current_time(),
            )
        except Refused as refused:
            messages.error(request, refusal_text(refused))
            status = 422
        else:
            said = "Indicadores adoptados" if len(new) != 1 else "Indicador adoptado"
            messages.success(request, f"{said}: {len(new)}. Se pueden cambiar como cualquier otro.")
            return redirect(_LIBRARY, access.institution.slug)
    shown = [
        (
            shelf,
            [
                (ready, taken, statistic_words(metric(ready.metric).unit, ready.statistic, ready.within))
                for ready, taken in shelf.rows
            ],
        )
        for shelf in shelves(access.institution)
    ]
    context = {"shelves": shown, "may_keep": may_keep, "frequencies": dict(FrequencyLabel.choices)}
    return render(request, "indicators/workspace/library.html", context, status=status)


@require_safe
@staff_page(StaffRight.FIGURES)
def indicator(request: HttpRequest, access: Access, indicator_id: int) -> HttpResponse:
    """Show one indicator: its definition, its results and what it owes."""
    return _indicator_page(request, access, _of(access, indicator_id))


def _indicator_page(
    request: HttpRequest, access: Access, row: Indicator, *, written: Form | None = None, status: int = 200
) -> HttpResponse:
    today = access.institution.local_date(current_time())
    results = list(row.results.defer("rows").select_related("frozen_by").order_by("-last", "-revision"))
    owed = owed_of(access.institution, row, today=today)
    context = {
        "indicator": row,
        "facts": _facts(access, row),
        "results": told_results(row, results),
        "owed": [(each, period_words(row.frequency, each.first)) for each in owed],
        "may_keep": access.has(IndicatorRight.KEEP),
        "written": (written or WrittenForm()) if not row.metric else None,
        "figure_url": _figure_url(access, row, results[0] if results else None),
        "versions": history(row, _words(access)),
    }
    return render(request, "indicators/workspace/indicator.html", context, status=status)


def _facts(access: Access, row: Indicator) -> list[tuple[str, str]]:
    """Return what an indicator is, as terms and what they say; empty ones are left out."""
    named = {each.key: each for each in dimensions_of(metric(row.metric) if row.metric else None)}
    only = [
        named[key].names(access.institution).get(code, code)
        for key, members in row.filters.items()
        for code in members
        if key in named
    ]
    told = "Se anota a mano"
    if row.metric:
        statistic = Statistic(row.statistic)
        told = statistic_words(metric(row.metric).unit, statistic, row.within) or STATISTICS[statistic]
    facts = [
        ("Fórmula", row.definition),
        ("Cifra", metric(row.metric).title if row.metric else ""),
        ("Qué se dice", told),
        ("Solo de", ", ".join(only)),
        ("Meta", value_of(row, row.target)),
        ("Sentido", BetterLabel(row.better).label),
        ("Cerca de la meta desde", value_of(row, row.near) if row.near is not None else ""),
        ("Línea base", value_of(row, row.baseline) if row.baseline is not None else ""),
        ("Frecuencia", FrequencyLabel(row.frequency).label),
        ("Se mide desde", f"{row.since:%d-%m-%Y}" if row.since else ""),
        ("Unidad responsable", str(row.responsible) if row.responsible else ""),
        ("Fuente", row.source),
        ("Instrumento", row.instrument),
        ("Medio de verificación", row.verification),
    ]
    return [(term, said) for term, said in facts if said]


_LENGTHS = {Frequency.MONTH: Length.MONTH, Frequency.QUARTER: Length.QUARTER, Frequency.YEAR: Length.YEAR}


def _figure_url(access: Access, row: Indicator, latest: IndicatorResult | None) -> str:
    """Return where the figure of an indicator is, asked as the indicator asks it: of the period of its latest
    result, if it has one; empty where it is written by hand.
    """
    if not row.metric:
        return ""
    asked: dict[str, Any] = {"estadistica": row.statistic, "n": row.within or ""}
    for each in dimensions_of(metric(row.metric)):
        members = row.filters.get(each.key, ())
        if len(members) == 1:
            asked[each.address] = address_of(members[0])
    if latest is not None:
        length = _LENGTHS.get(Frequency(row.frequency))
        of_days = {"periodo": Length.DAYS, "desde": latest.first, "hasta": latest.last}
        asked |= {"periodo": length, "en": latest.first} if length else of_days
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('workspace:indicators:figure', args=[access.institution.slug, row.metric])}?{query}"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def keep(request: HttpRequest, access: Access, indicator_id: int | None = None) -> HttpResponse:
    """Add an indicator, or change one."""
    institution = access.institution
    row = None if indicator_id is None else _of(access, indicator_id)
    if row is None and request.method != "POST" and "cifra" not in request.GET:
        return render(request, "indicators/workspace/choose.html", {"families": _by_family()})
    of = _asked_metric(request, row)
    initial = filled(row) if row else _proposed(access, of, request.GET)
    form = IndicatorForm(
        institution, of, request.POST or None, initial=initial, filters=row.filters if row else None
    )
    if row is not None:
        form.fields["based_on"] = basis_field(row.version)
    told: Histories[Access, Indicator] = Histories(_words)

    def save(fields: dict[str, Any]) -> HttpResponse:
        code = row.code if row else slugify(fields["name"])[:40] or "indicador"
        saved = save_indicator(
            institution=institution,
            actor=access.user,
            now=current_time(),
            code=code,
            indicator=row,
            **_typed(form.saved),
        )
        messages.success(request, "Indicador guardado.")
        return redirect(_ONE, institution.slug, saved.pk)

    listed = reverse(_LIST, args=[institution.slug])
    return record_form(
        request,
        form,
        save,
        intro=f"De la cifra «{of.title}»." if of else "Sus resultados se anotan a mano.",
        title=f"Cambiar «{row.name}»" if row else "Nuevo indicador",
        back_url=reverse(_ONE, args=[institution.slug, row.pk]) if row else listed,
        versions=told.versions(access, row) if row else (),
        overtaken=lambda refused: told.overtaken(access, row, form, refused) if row else (),
    )


def _by_family() -> list[tuple[str, list[Metric]]]:
    """Return all metrics by family, each family and metric by name."""
    found = [
        (name, sorted((each for each in metrics() if each.family is family), key=lambda each: each.title))
        for family, name in FAMILIES.items()
    ]
    return [(name, listed) for name, listed in found if listed]


def _asked_metric(request: HttpRequest, row: Indicator | None) -> Metric | None:
    """Return the metric that a form is about, as it was sent or chosen; None of one written down by hand."""
    key = row.metric if row else request.POST.get("metric_key", request.GET.get("cifra", ""))
    if key in (BY_HAND, WRITTEN_DOWN):
        return None
    try:
        return metric(key)
    except KeyError:
        raise Http404(key) from None


def _proposed(access: Access, of: Metric | None, asked: QueryDict) -> dict[str, Any]:
    """Return what the form of a new indicator shows: the metric as it was looked at, since January."""
    today = access.institution.local_date(current_time())
    shown: dict[str, Any] = {"since": today.replace(month=1, day=1)}
    if of is None:
        return shown
    shown |= {"name": of.title, "definition": of.definition[:400], "statistic": asked.get("estadistica")}
    shown["within"] = asked.get("n") if asked.get("n", "").isascii() else None
    return shown | {f"{ONLY}{each.key}": asked.get(each.address) for each in dimensions_of(of)}


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the form with what goes without saying of the figure that was chosen."""
    key, chosen = fields["metric_key"], fields["statistic"]
    if not chosen and key:
        try:
            chosen = metric(key).statistics[0]
        except KeyError:
            raise Refused("indicator_metric") from None
    return {**fields, "statistic": chosen}


def _words(access: Access) -> Words:
    units = unit_tree(access.institution).nodes
    return {
        "responsible_id": lambda pk: units[pk].name if pk in units else "",
        "statistic": lambda code: STATISTICS[Statistic(code)],
        "frequency": lambda code: FrequencyLabel(code).label,
        "better": lambda code: BetterLabel(code).label,
        "filters": lambda kept: ", ".join(f"{key}: {'/'.join(codes)}" for key, codes in kept.items()),
    }


@require_POST
@staff_page(IndicatorRight.KEEP)
def freeze(request: HttpRequest, access: Access, indicator_id: int) -> HttpResponse:
    """Freeze the result of a period."""
    row, first = _of(access, indicator_id), _day(request)

    def do() -> None:
        freeze_result(
            institution=access.institution,
            indicator_id=row.pk,
            first=first,
            actor=access.user,
            now=current_time(),
        )

    return _done(request, access, row, do, "Resultado fijado.")


@require_POST
@staff_page(IndicatorRight.KEEP)
def write(request: HttpRequest, access: Access, indicator_id: int) -> HttpResponse:
    """Write down the result of a period by hand."""
    row, first, form = _of(access, indicator_id), _day(request), WrittenForm(request.POST)
    if form.is_valid():
        try:
            write_result(
                institution=access.institution,
                indicator_id=row.pk,
                first=first,
                actor=access.user,
                now=current_time(),
                **form.cleaned_data,
            )
            messages.success(request, "Resultado anotado.")
            return redirect(_ONE, access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _indicator_page(request, access, row, written=form, status=422)


def _done(
    request: HttpRequest, access: Access, row: Indicator, do: Callable[[], None], said: str
) -> HttpResponse:
    """Do something with an indicator and say so, or say why not, on its page."""
    try:
        do()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


def _day(request: HttpRequest) -> date:
    found = read_day(request.POST.get("desde", ""))
    if found is None:
        raise Http404("period")
    return found


def _of(access: Access, pk: int) -> Indicator:
    rows = Indicator.objects.filter(institution=access.institution).select_related("responsible")
    return get_object_or_404(rows, pk=pk)
