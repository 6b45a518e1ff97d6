# SPDX-License-Identifier: EUPL-1.2
"""What programs read of charters: what is promised today, and how it was kept in each closed period."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import Path, Query, Router, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.charters.domain.rights import CharterRight
from siac.charters.models import Commitment
from siac.charters.queries import commitments, commitments_in_force
from siac.charters.register.closed import Closed, closed_periods
from siac.clocks.public import amount_text
from siac.organizations.public import READING, USUAL, Access, Cursor, Limit, Slug, caller, part

router = Router(tags=["cartas de servicios"])
Code = Annotated[
    str,
    Path(
        max_length=40,
        pattern="^[-a-zA-Z0-9_]+$",
        description="Código de la carta",
        example="carta-de-atencion",
    ),
]


Since = Annotated[
    date | None, Query(description="Períodos que empiezan ese día o después", example="2026-01-01")
]


class CommitmentOut(Schema):
    """A promise of the edition in force; `code` is the same in all editions."""

    code: str = Field(examples=["respuesta-en-10-dias"], description="Código")
    text: str = Field(
        description="Lo que se promete, como se publica",
        examples=["Respondemos los reclamos en 10 días hábiles o menos"],
    )
    form: str = Field(
        description="guarantee: a cada persona; figure: una cifra de todo el organismo",
        examples=["guarantee"],
    )
    term: str = Field(description="En palabras; vacío: no es un plazo", examples=["10 días hábiles"])
    target: Decimal = Field(description="Meta, por ciento o en la unidad de la cifra", examples=["95"])
    remedy: str = Field(
        description="Qué se debe a la persona si no se cumple",
        examples=["La jefatura le escribe y le explica"],
    )
    indicator: str | None = Field(
        description="Código del indicador que lo mide; nulo: ninguno", examples=["respuestas-a-tiempo"]
    )


class CharterOut(Schema):
    """A charter with its edition in force."""

    code: str = Field(examples=["carta-de-atencion"], description="Código")
    title: str = Field(description="Título", examples=["Carta de atención"])
    edition: int = Field(description="Número de la edición en vigor", examples=[2])
    valid_from: date = Field(description="Desde cuándo rige", examples=["2026-03-01"])
    commitments: list[CommitmentOut] = Field(description="Lo que promete")


class CharterList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[CharterOut] = Field(description="Cartas de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


class GivenOut(Schema):
    """What became of the promises to one person that were broken in the period."""

    breaches: int = Field(description="Veces que no se cumplió a alguien", examples=[4])
    delivered: int = Field(description="Medidas entregadas", examples=[3])
    owed: int = Field(description="Medidas que se deben", examples=[1])
    refused: int = Field(description="Medidas que la persona no quiso", examples=[0])


class ComplianceOut(Schema):
    """How a promise was kept in a closed period. Of so few that somebody could be known, `is_hidden` is true
    and there is no figure.
    """

    code: str = Field(description="Del compromiso", examples=["respuesta-en-10-dias"])
    edition: int = Field(description="Edición que regía", examples=[2])
    first: date = Field(description="Primer día del período", examples=["2026-07-01"])
    last: date = Field(description="Último día del período", examples=["2026-09-30"])
    value: Decimal | None = Field(
        description="Cumplimiento, por ciento o en la unidad de la cifra; nulo: no hay", examples=["96.2"]
    )
    target: Decimal = Field(description="Meta de entonces", examples=["95"])
    met: int | None = Field(description="Cuántos casos la cumplieron; nulo: no se cuentan", examples=[402])
    total: int | None = Field(description="De cuántos casos; nulo: no se cuentan", examples=[418])
    is_reached: bool | None = Field(description="Si alcanzó la meta; nulo: no se sabe", examples=[True])
    words: str = Field(description="La cifra en palabras", examples=["96,2 %"])
    explanation: str = Field(
        description="Lo que el organismo dice en público de no haber llegado",
        examples=["Hubo un corte de sistema en agosto."],
    )
    given: GivenOut | None = Field(
        description="Qué pasó con quienes no recibieron lo prometido; nulo: no es promesa a cada persona"
    )
    is_hidden: bool = Field(
        description="De tan pocos casos que alguien se reconocería: no hay cifra", examples=[False]
    )


class ComplianceList(Schema):
    """One page, oldest period first; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ComplianceOut] = Field(description="Períodos de compromisos de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


@router.get("/charters", response={200: CharterList, **READING}, summary="Cartas vigentes")
def list_charters(
    request: HttpRequest, institution: Slug = None, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, Any]:
    """Return one page of the charters in force today, by code, with what they promise."""
    now = current_time()
    access = _reader(request, institution)
    rows = _charters(commitments_in_force(access.institution, access.institution.local_date(now)))
    return part(rows, lambda row: row["code"], cursor=cursor, limit=limit)


def _reader(request: HttpRequest, institution: str | None) -> Access:
    access = caller(request, institution, Scope.FIGURES_READ, now=current_time())
    access.require(CharterRight.READ)
    return access


def _charters(promises: Iterable[Commitment]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in promises:
        edition = each.edition
        new = {
            "code": edition.charter.code, "title": edition.charter.title, "edition": edition.number,
            "valid_from": edition.valid_from, "commitments": [],
        }  # fmt: skip
        found.setdefault(edition.charter.code, new)["commitments"].append(_promise(each))
    return list(found.values())


def _promise(each: Commitment) -> dict[str, Any]:
    return {
        **{name: getattr(each, name) for name in ("code", "text", "form", "target", "remedy")},
        "term": amount_text(each.term) if each.term else "",
        "indicator": each.indicator.code if each.indicator else None,
    }


@router.get(
    "/charters/{code}/compliance",
    response={200: ComplianceList, **READING},
    summary="Cumplimiento por período",
)
def list_compliance(
    request: HttpRequest,
    code: Code,
    institution: Slug = None,
    since: Since = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, Any]:
    """Return one page of the closed periods of a charter, of all its promises, that began on `since` or
    later.
    """
    access = _reader(request, institution)
    known = commitments(access.institution).values()
    charter = next((each.edition.charter_id for each in known if each.edition.charter.code == code), None)
    if charter is None:
        raise Http404(code)
    rows = closed_periods(access.institution, charters=[charter], since=since)
    shown = part(rows, _place, cursor=cursor, limit=limit)
    return {**shown, "items": [_kept(each) for each in shown["items"]]}


def _place(each: Closed) -> str:
    row = each.result
    return f"{row.first.isoformat()} {row.last.isoformat()} {row.code} {row.pk:019}"


def _kept(each: Closed) -> dict[str, Any]:
    row, shows = each.result, not each.is_hidden
    counted = each.is_guarantee and shows
    given = ("breaches", "delivered", "owed", "refused")
    return {
        **{name: getattr(row, name) for name in ("code", "first", "last", "target")},
        "edition": each.commitment.edition.number,
        "value": row.value if shows else None,
        "met": row.met if counted else None,
        "total": row.total if shows else None,
        "is_reached": each.is_reached,
        "words": each.words,
        "explanation": each.explanation,
        "given": {name: getattr(each.given, name) for name in given} if counted else None,
        "is_hidden": each.is_hidden,
    }
