# SPDX-License-Identifier: EUPL-1.2
"""What programs read of charters: what is promised today, and how it was kept in each closed period."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import Path, Router, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.charters.domain.rights import CharterRight
from siac.charters.models import Commitment
from siac.charters.queries import commitments, commitments_in_force
from siac.charters.register.closed import Closed, closed_periods
from siac.clocks.public import amount_text
from siac.organizations.public import READING, USUAL, Access, Cursor, Limit, Slug, caller, part

router = Router(tags=["cartas de servicios"])
Code = Annotated[str, Path(max_length=40, pattern="^[-a-zA-Z0-9_]+$")]


class CommitmentOut(Schema):
    """A promise of the edition in force; `code` is the same in all editions."""

    code: str = Field(examples=["respuesta-en-10-dias"])
    text: str
    form: str = Field(description="guarantee: a cada persona; figure: una cifra de todo el organismo")
    term: str = Field(description="En palabras; vacío: no es un plazo", examples=["10 días hábiles"])
    target: Decimal
    remedy: str = Field(description="Qué se debe a la persona si no se cumple")
    indicator: str | None


class CharterOut(Schema):
    """A charter with its edition in force."""

    code: str = Field(examples=["carta-de-atencion"])
    title: str
    edition: int
    valid_from: date
    commitments: list[CommitmentOut]


class CharterList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[CharterOut]
    next: str | None


class GivenOut(Schema):
    """What became of the promises to one person that were broken in the period."""

    breaches: int
    delivered: int
    owed: int
    refused: int


class ComplianceOut(Schema):
    """How a promise was kept in a closed period. Of so few that somebody could be known, `is_hidden` is true
    and there is no figure.
    """

    code: str = Field(description="Del compromiso")
    edition: int
    first: date
    last: date
    value: Decimal | None
    target: Decimal
    met: int | None
    total: int | None
    is_reached: bool | None
    words: str
    explanation: str = Field(description="Lo que el organismo dice en público de no haber llegado")
    given: GivenOut | None
    is_hidden: bool


class ComplianceList(Schema):
    """One page, oldest period first; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ComplianceOut]
    next: str | None


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
    since: date | None = None,
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
