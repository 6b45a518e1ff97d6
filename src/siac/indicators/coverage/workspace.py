# SPDX-License-Identifier: EUPL-1.2
"""The pages of coverage: whom the points reach, who lives in each territory, and what is wanted."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.indicators.coverage.commands import receive_territories, save_goal, save_territory
from siac.indicators.coverage.forms import GoalForm, TerritoriesForm, TerritoryForm, filled, goal_filled
from siac.indicators.coverage.reading import Coverage, Covered, band_words, coverage, goal_of
from siac.indicators.domain.coverage import AgeBand, Gap
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.domain.territory_sheet import HEADS, Problem
from siac.indicators.figures.profiles import ToldGroup
from siac.indicators.figures.wording import days_words, number_words, window_name
from siac.indicators.maps.drawing import Map, drawn
from siac.indicators.maps.territory import territory_names
from siac.indicators.models import CoverageGoal, Territory, TerritoryShapes
from siac.indicators.texts import TERRITORY_PROBLEMS
from siac.infra.tables.download import csv_response, table_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Histories, StaffRight, Words, staff_page
from siac.ui.forms import Form, basis_field
from siac.ui.public import refusal_text
from siac.ui.records import Records, record_form

_PAGE, _LIST = "workspace:indicators:coverage", "workspace:indicators:territories"
_SHOWN = 100
"""Problems of a sheet that are told at once; the count tells of the others."""
COLUMNS = (
    "Territorio", "Habitantes", "Habitantes por km²", "Población rural %", "Pobreza %", "Puntos",
    "Habitantes por punto", "Visitas de oficina móvil", "Kilómetros al punto más cercano",
    "Atenciones en sus puntos", "Atenciones por mil habitantes", "Solicitudes de quienes viven ahí",
    "Qué falta", "Año de los datos", "Fuente",
)  # fmt: skip
GAPS = {
    Gap.NO_PLACE: "Sin punto ni visitas",
    Gap.FAR: "Lejos de un punto",
    Gap.CROWDED: "Muchos habitantes por punto",
    Gap.FEW_SERVED: "Pocas atenciones",
}
HIDDEN = "Oculto"


@require_safe
@staff_page(StaffRight.FIGURES)
def reach(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Show whom the points of the body reach, and where it lacks any; or hand that out as a table."""
    institution = access.institution
    found = coverage(institution, today=institution.local_date(current_time()))
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        name = f"cobertura-{found.until}"
        return table_response(COLUMNS, map(_row, found.lines), form=wanted, name=name, title="Cobertura")
    context: dict[str, Any] = {
        "coverage": found,
        "lines": [(line, [GAPS[each] for each in line.gaps]) for line in found.lines],
        "map": _map(access, found),
        "year": window_name(found.year),
        "counted": days_words(found.since, found.until),
        "sources": sorted({(line.territory.source, line.territory.year) for line in found.lines}),
        "may_keep": access.has(IndicatorRight.KEEP),
        "least": institution.smallest_group,
        "exports": [(form.upper(), f"?formato={form}") for form in ("csv", "xlsx")],
    }
    return render(request, "indicators/workspace/coverage.html", context)


def _row(line: Covered) -> Sequence[Any]:
    row, reach_ = line.territory, line.reach
    return (
        line.name, row.people, line.density, row.rural, row.poor, reach_.points, reach_.people_per_point,
        reach_.visits, reach_.nearest_km, reach_.served, reach_.served_per_thousand,
        HIDDEN if line.residents is None else line.residents, "; ".join(GAPS[each] for each in line.gaps),
        row.year, row.source,
    )  # fmt: skip


def _map(access: Access, found: Coverage) -> Map | None:
    """Return the territories by how many people share a point; hatched where there is none (1 SQL)."""
    shapes = TerritoryShapes.objects.filter(institution=access.institution).first()
    if shapes is None:
        return None
    told = {line.territory.code: _area(line) for line in found.lines}
    names = {line.territory.code: line.name for line in found.lines}
    return drawn(told, names, shapes, hidden="Sin ningún punto", empty="No está en la tabla")


def _area(line: Covered) -> ToldGroup:
    per = line.reach.people_per_point
    value = "" if per is None else f"{number_words(per)} habitantes por punto"
    return ToldGroup(line.name, 0, value, "", is_hidden=per is None, member=line.territory.code, number=per)


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    names = territory_names(access.institution)
    rows = Territory.objects.filter(institution=access.institution)
    for row in sorted(rows, key=lambda each: names.get(each.code, each.code)):
        name = names.get(row.code, row.code)
        shown = [name if row.is_active else f"{name}, sin efecto", number_words(row.people), str(row.year)]
        yield row.pk, [*shown, row.source]


def _load(access: Access, pk: int) -> Territory | None:
    return Territory.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: Territory | None, data: QueryDict | None) -> Form:
    return TerritoryForm(access.institution, data, initial=filled(row) if row else None)


def _save(access: Access, row: Territory | None, fields: dict[str, Any]) -> None:
    ages = [AgeBand(**each) for each in fields.pop("ages")]
    save_territory(
        institution=access.institution, territory=row, ages=ages, actor=access.user, now=current_time(),
        **fields,
    )  # fmt: skip


def _words(access: Access) -> Words:
    names = territory_names(access.institution)

    def ages(kept: list[list[Any]]) -> str:
        bands = [AgeBand(first, last, Decimal(percent)) for first, last, percent in kept]
        return "; ".join(f"{band_words(band)}: {number_words(band.percent)} %" for band in bands)

    return {"code": lambda code: names.get(code, code), "ages": ages}


_TERRITORIES: Records[Access, Territory] = Records(
    title="Quiénes viven en cada territorio",
    columns=("Territorio", "Habitantes", "Año", "Fuente"),
    listed=_LIST,
    one="workspace:indicators:territory",
    add="Agregar territorio",
    new="Nuevo territorio",
    saved="Territorio guardado.",
    cells=_cells,
    load=_load,
    name=lambda row: f"Territorio {row.code}",
    form=_form,
    save=_save,
    history=Histories(_words),
    intro="Con estos datos se dice a quiénes llegan los puntos de atención.",
    empty="Todavía no se ha dicho quiénes viven en cada territorio.",
)


@require_safe
@staff_page(IndicatorRight.KEEP)
def territory_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what is known of each territory."""
    return _TERRITORIES.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def territory(request: HttpRequest, access: Access, territory_id: int | None = None) -> HttpResponse:
    """Say who lives in a territory, or change it."""
    return _TERRITORIES.form_page(request, access, territory_id)


@require_safe
@staff_page(IndicatorRight.KEEP)
def template(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out an empty sheet of territories with the names of its columns."""
    return csv_response(HEADS, [], name="territorios")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def bring(request: HttpRequest, access: Access) -> HttpResponse:
    """Take a sheet of territories, or say all that is wrong with it."""
    form = TerritoriesForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            count, problems = receive_territories(
                institution=access.institution, content=form.cleaned_data["sheet"].read(), actor=access.user,
                now=current_time(),
            )  # fmt: skip
            if not problems:
                messages.success(
                    request, f"Planilla guardada: {count} territorio{'' if count == 1 else 's'}."
                )
                return redirect(_PAGE, access.institution.slug)
            form.refuse("No se guardó nada: corrija las filas que se listan y súbala otra vez.", "sheet")
        except Refused as refused:
            form.refuse(refusal_text(refused), "sheet")
    context = {
        "form": form,
        "problems": [(each.line, TERRITORY_PROBLEMS[each.code], each.value) for each in problems[:_SHOWN]],
        "problem_count": len(problems),
    }
    return render(
        request, "indicators/workspace/territories.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def goal(request: HttpRequest, access: Access) -> HttpResponse:
    """Say how near and how much each territory is to be served."""
    row = goal_of(access.institution)
    form = GoalForm(request.POST or None, initial=goal_filled(row))
    told: Histories[Access, CoverageGoal] = Histories(lambda access: {})
    if row.pk:
        form.fields["based_on"] = basis_field(row.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_goal(institution=access.institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Metas de cobertura guardadas.")
        return redirect(_PAGE, access.institution.slug)

    return record_form(
        request,
        form,
        save,
        title="Metas de cobertura",
        back_url=reverse(_PAGE, args=[access.institution.slug]),
        intro="Con ellas la página dice qué le falta a cada territorio. Vacía: de eso no se dice nada.",
        versions=told.versions(access, row) if row.pk else (),
        overtaken=lambda refused: told.overtaken(access, row, form, refused) if row.pk else (),
    )
