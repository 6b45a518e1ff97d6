# SPDX-License-Identifier: EUPL-1.2
"""What programs read of indicators: what is followed, and what each said of its periods, frozen."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import Path, Query, Router, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.indicators.models import Indicator, IndicatorResult
from siac.indicators.results.due import followed_ones, latest_results
from siac.indicators.results.pages import standing_words, value_of
from siac.indicators.results.telling import is_of_few
from siac.organizations.public import (
    READING,
    USUAL,
    Access,
    Cursor,
    Limit,
    Slug,
    StaffRight,
    caller,
    part,
)

router = Router(tags=["indicadores"])
Code = Annotated[
    str,
    Path(
        max_length=40,
        pattern="^[-a-zA-Z0-9_]+$",
        description="Código del indicador",
        example="respuestas-a-tiempo",
    ),
]


FirstFrom = Annotated[
    date | None, Query(description="Períodos que empiezan ese día o después", example="2026-01-01")
]
LastUntil = Annotated[
    date | None, Query(description="Períodos que terminan ese día o antes", example="2026-12-31")
]


class IndicatorOut(Schema):
    """A figure that the body follows."""

    code: str = Field(examples=["respuestas-a-tiempo"], description="Código")
    name: str = Field(examples=["Respuestas a tiempo"], description="Como se muestra")
    definition: str = Field(
        description="Fórmula, en palabras",
        examples=["Respuestas dentro de plazo sobre respuestas del período, por cien"],
    )
    statistic: str = Field(
        description="Cómo se resume: rate, count, median…; vacío: se anota a mano", examples=["rate"]
    )
    better: str = Field(description="higher o lower: hacia dónde es mejor", examples=["higher"])
    target: Decimal = Field(examples=["90.0"], description="Meta")
    frequency: str = Field(description="month, quarter, half o year", examples=["month"])
    since: date | None = Field(
        description="Desde cuándo se sigue; nulo: desde siempre", examples=["2026-01-01"]
    )
    version: int = Field(description="Versión de su ficha", examples=[3])


class IndicatorList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[IndicatorOut] = Field(description="Indicadores de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


class ValueOut(Schema):
    """What an indicator said of a period, its last revision. Of so few that somebody could be known,
    `is_hidden` is true and there is no figure.
    """

    first: date = Field(description="Primer día del período", examples=["2026-07-01"])
    last: date = Field(description="Último día del período", examples=["2026-09-30"])
    revision: int = Field(description="Cuántas veces se corrigió; 0: ninguna", examples=[0])
    value: Decimal | None = Field(description="La cifra; nulo: no hay", examples=["92.5"])
    total: int | None = Field(description="De cuántos casos; 0: anotado a mano", examples=[418])
    target: Decimal | None = Field(description="Meta de entonces; nulo: no había", examples=["90.0"])
    words: str = Field(examples=["92,5 %"], description="La cifra en palabras")
    standing: str = Field(description="Cómo está ante su meta, en palabras", examples=["Cumple su meta"])
    is_earlier: bool = Field(description="De antes del sistema: sin casos detrás", examples=[False])
    is_hidden: bool = Field(
        description="De tan pocos casos que alguien se reconocería: no hay cifra", examples=[False]
    )


class ValueList(Schema):
    """One page, oldest period first; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ValueOut] = Field(description="Períodos de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


@router.get("/indicators", response={200: IndicatorList, **READING}, summary="Indicadores")
def list_indicators(
    request: HttpRequest, institution: Slug = None, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, Any]:
    """Return one page of the indicators that the body follows, by code."""
    access = _reader(request, institution)
    rows = followed_ones(access.institution)
    return part(rows, lambda row: row.code, cursor=cursor, limit=limit)


def _reader(request: HttpRequest, institution: str | None) -> Access:
    access = caller(request, institution, Scope.FIGURES_READ, now=current_time())
    access.require(StaffRight.FIGURES)
    return access


@router.get("/indicators/{code}/values", response={200: ValueList, **READING}, summary="Valores por período")
def list_values(
    request: HttpRequest,
    code: Code,
    institution: Slug = None,
    first_from: FirstFrom = None,
    last_until: LastUntil = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, Any]:
    """Return one page of what an indicator said of the periods that begin on `first_from` or later and end on
    `last_until` or before.
    """
    access = _reader(request, institution)
    of = next((row for row in followed_ones(access.institution) if row.code == code), None)
    if of is None:
        raise Http404(code)
    rows = [
        row
        for row in latest_results(access.institution, [of])
        if (first_from is None or row.first >= first_from) and (last_until is None or row.last <= last_until)
    ]
    shown = part(rows, lambda row: row.first.isoformat(), cursor=cursor, limit=limit)
    return {**shown, "items": _values(access, of, shown["items"])}


def _values(access: Access, of: Indicator, rows: Sequence[IndicatorResult]) -> list[dict[str, Any]]:
    return [_value(access, of, row) for row in rows]


def _value(access: Access, of: Indicator, row: IndicatorResult) -> dict[str, Any]:
    is_counted = bool(of.metric) and not row.is_earlier
    few = is_of_few(access.institution, of, row.value, row.total, is_counted=is_counted)
    plain = ("first", "last", "revision", "target", "is_earlier")
    return {
        **{name: getattr(row, name) for name in plain},
        "value": None if few else row.value,
        "total": None if few else row.total,
        "words": "No se muestra" if few else value_of(of, row.value),
        "standing": "" if few else standing_words(of, row.value, row.target)[0],
        "is_hidden": few,
    }
