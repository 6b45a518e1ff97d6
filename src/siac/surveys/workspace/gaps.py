# SPDX-License-Identifier: EUPL-1.2
"""Expectation against perception: the gap of each dimension, what it weighs, and what to mend first."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.findings.public import opening_address
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Access, staff_page
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.servqual import (
    ALL_POINTS,
    Dimension,
    Pair,
    decimal,
    dimensions,
    pairs,
    place_of,
    ranked_points,
    ranking_of,
    told_points,
    weighted_gap,
)
from siac.surveys.drawing import importance_chart, number, period_name
from siac.surveys.found import SURVEY
from siac.surveys.reading import counted
from siac.surveys.texts import PLACES
from siac.surveys.workspace.results import Read, read_for
from siac.ui.forms import Form

_COLUMNS = (
    Column("Dimensión", 30), Column("Esperado", 12), Column("Recibido", 12), Column("Brecha", 12),
    Column("Peso", 10), Column("Respuestas", 12), Column("Qué hacer", 20),
)  # fmt: skip


class WeightsForm(Form):
    """What each dimension weighs where the body says so itself."""

    def __init__(self, data: QueryDict, found: Sequence[Pair]) -> None:
        super().__init__(data)
        self.pairs = found
        for pair in found:
            self.fields[f"peso_{pair.code}"] = field = forms.IntegerField(
                label=f"Peso de «{pair.name}»", required=False, min_value=0, max_value=ALL_POINTS,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": "Escriba un número.", "min_value": "El peso va de 0 a 100.",
                    "max_value": "El peso va de 0 a 100.",
                },
            )  # fmt: skip
            field.always_asked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse own weights that do not sum to 100."""
        data = super().clean() or {}
        given = self._given(data)
        if given and not self.errors and sum(given.values()) != ALL_POINTS:
            first = f"peso_{self.pairs[0].code}"
            self.add_error(first, f"Los pesos suman {sum(given.values())}: deben sumar {ALL_POINTS}.")
        return data

    def _given(self, data: dict[str, Any]) -> dict[str, int]:
        said = {pair.name: data.get(f"peso_{pair.code}") for pair in self.pairs}
        return {name: value or 0 for name, value in said.items()} if any(said.values()) else {}

    @property
    def is_used(self) -> bool:
        """Whether somebody typed weights, right or wrong."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def points(self) -> dict[str, Fraction]:
        """The weights somebody typed, of 100; nothing where none did, or they are wrong."""
        given = self._given(self.cleaned_data) if self.is_valid() else {}
        return {name: Fraction(value) for name, value in given.items()}


@require_safe
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access, survey_id: int) -> HttpResponseBase:
    """Show the gap of each dimension as a table, and what to mend first as a drawing; or hand it out."""
    read = read_for(request, access, survey_id)
    row, asked = read.row, read.row.asked
    found = pairs(asked)
    if not found:
        raise Http404("no dimensions")
    form = WeightsForm(request.GET, found)
    told, ordered = _told(read, form.points, found)
    rows = _rows(told)
    asks = request.GET.get("formato", "")
    if asks in ("csv", "xlsx"):
        return table_response(_COLUMNS, rows, form=asks, name=f"brechas-{read.name}", title="Brechas")
    whole = weighted_gap(told)
    query = request.GET.copy()
    context = {
        "row": row,
        "opens": opening_address(access, SURVEY, row.pk),
        "form": read.form,
        "weights_form": form,
        "period": period_name(read.period) if read.period else "",
        "rows": [[number(cell) if not isinstance(cell, str) else cell for cell in line] for line in rows],
        "whole": None if whole is None else decimal(whole),
        "drawn": importance_chart(told),
        "weights": _weights_said(bool(form.points), ordered, row.least),
        "exports": [(each.upper(), _address(query, each)) for each in ("csv", "xlsx")],
    }
    is_right = form.is_valid() and read.form.is_valid()
    return render(request, "surveys/workspace/gaps.html", context, status=200 if is_right else 422)


def _told(read: Read, points: Mapping[str, Fraction], found: Sequence[Pair]) -> tuple[list[Dimension], int]:
    """Return the dimensions as they may be told, and how many people their weights come from (3 SQL)."""
    row = read.row
    counts = counted(row, row.asked, read.wanted).counts
    ranking = ranking_of(row.asked, found)
    ordered = counts.get(ranking.code, {}) if ranking and read.asks(ranking.code) else {}
    weights = points or ranked_points([pair.name for pair in found], ordered, least=row.least)
    codes = [half.code for pair in found for half in (pair.expected, pair.perceived)]
    untold = [code for code in codes if not read.asks(code)]
    return dimensions(found, counts, weights, least=row.least, untold=untold), sum(ordered.values())


def _address(query: QueryDict, form: str) -> str:
    query["formato"] = form
    return f"?{query.urlencode()}"


def _rows(told: Sequence[Dimension]) -> list[list[Any]]:
    found = []
    for each, points in zip(told, told_points(told), strict=True):
        place = place_of(each, told)
        means = [
            None if mean is None else decimal(mean) for mean in (each.expected, each.perceived, each.gap)
        ]
        is_told = each.perceived is not None
        found.append(
            [each.pair.name, *means, points, each.n if is_told else "Pocas", PLACES[place] if place else "—"]
        )
    return found


def _weights_said(typed: bool, ordered: int, least: int) -> str:
    if typed:
        return "Los pesos son los que usted escribió."
    if ordered < least:
        return "Nadie, o muy pocas personas, ordenó las dimensiones: todas pesan lo mismo."
    return (
        f"Los pesos salen del orden que dieron {ordered} personas: la primera recibe tantos puntos como "
        "dimensiones hay, la última uno, y todo se lleva a 100."
    )
