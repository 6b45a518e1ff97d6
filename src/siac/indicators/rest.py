# SPDX-License-Identifier: EUPL-1.2
"""What programs read of indicators: what is followed, and what each said of its periods, frozen."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import Path, Router, Schema
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
Code = Annotated[str, Path(max_length=40, pattern="^[-a-zA-Z0-9_]+$")]


class IndicatorOut(Schema):
    """A figure that the body follows."""

    code: str = Field(examples=["respuestas-a-tiempo"])
    name: str = Field(examples=["Respuestas a tiempo"])
    definition: str = Field(description="Fórmula, en palabras")
    statistic: str
    better: str = Field(description="higher o lower: hacia dónde es mejor")
    target: Decimal = Field(examples=["90.0"])
    frequency: str = Field(description="month, quarter, half o year")
    since: date | None
    version: int


class IndicatorList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[IndicatorOut]
    next: str | None


class ValueOut(Schema):
    """What an indicator said of a period, its last revision. Of so few that somebody could be known,
    `is_hidden` is true and there is no figure.
    """

    first: date
    last: date
    revision: int
    value: Decimal | None
    total: int | None = Field(description="De cuántos casos; 0: anotado a mano")
    target: Decimal | None
    words: str = Field(examples=["92,5 %"])
    standing: str = Field(description="Cómo está ante su meta, en palabras")
    is_earlier: bool = Field(description="De antes del sistema: sin casos detrás")
    is_hidden: bool


class ValueList(Schema):
    """One page, oldest period first; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ValueOut]
    next: str | None


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
    first_from: date | None = None,
    last_until: date | None = None,
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
