# SPDX-License-Identifier: EUPL-1.2
"""What programs read of surveys: counts of whole periods that are over, and never of few."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.timezone import now as current_time
from ninja import Path, Query, Router, Schema
from pydantic import Field

from siac.accounts.public import Scope
from siac.kernel.errors import Refused
from siac.kernel.whole_periods import Period, periods, year
from siac.organizations.public import READING, USUAL, Access, Cursor, Limit, Slug, caller, part
from siac.surveys.domain.results import QuestionResult, results
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.told import ALL, Told
from siac.surveys.models import Survey
from siac.surveys.queries import surveys
from siac.surveys.reading import Counted, Wanted, counted, months_of, sizes_in

router = Router(tags=["encuestas"])
YEARS = 10
"""How many years back periods are told."""
SurveyId = Annotated[int, Path(ge=1, le=2**62, description="Número de la encuesta", example=5)]


class SurveyOut(Schema):
    """A survey of the people that the body serves."""

    id: int = Field(description="Número", examples=[5])
    name: str = Field(description="Nombre interno", examples=["Satisfacción 2026"])
    title: str = Field(description="Título que lee quien responde", examples=["¿Cómo le atendimos?"])
    is_active: bool = Field(description="Si está abierta", examples=[True])
    least: int = Field(description="De menos respuestas que estas no se dice nada", examples=[10])
    version: int = Field(description="Versión del cuestionario", examples=[2])


class SurveyList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[SurveyOut] = Field(description="Encuestas de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


class AnswerCount(Schema):
    """An answer and how many gave it."""

    label: str = Field(description="La respuesta", examples=["Muy buena"])
    n: int = Field(description="Cuántos la dieron", examples=[120])
    share: Decimal | None = Field(description="Por ciento", examples=["48.0"])


class SatisfactionOut(Schema):
    """What the marks of a question come to, in percent but for the mean."""

    n: int = Field(description="De cuántas respuestas", examples=[250])
    net: Decimal = Field(
        description="Satisfacción neta: notas altas menos bajas, por ciento", examples=["62.0"]
    )
    margin: Decimal = Field(description="Con 95 % de confianza", examples=["4.1"])
    mean: Decimal | None = Field(description="Nota media; nulo: no se calcula", examples=["5.8"])
    top_two: Decimal | None = Field(
        description="Las dos mejores notas, por ciento; nulo: no se calcula", examples=["78.4"]
    )


class AskedQuestion(Schema):
    """A question with what was answered; `is_hidden`: by so few that nothing is told, not even how many."""

    code: str = Field(description="Código de la pregunta", examples=["general"])
    label: str = Field(description="La pregunta", examples=["¿Cómo evalúa la atención?"])
    kind: str = Field(description="Cómo se responde", examples=["scale7"])
    n: int | None = Field(description="Cuántos respondieron; nulo: tan pocos que no se dice", examples=[250])
    answers: list[AnswerCount] = Field(description="Cuántos dieron cada respuesta")
    satisfaction: SatisfactionOut | None = Field(description="A qué llegan las notas; nulo: no es de notas")
    is_hidden: bool = Field(description="De tan pocos que no se dice nada", examples=[False])


class ResultsOut(Schema):
    """What was answered in a period, of all versions of the questionnaire. `n` null: of so few nothing is
    told.
    """

    period: str = Field(examples=["2026-T3"], description="Período, como en la dirección")
    first: date = Field(description="Primer día del período", examples=["2026-07-01"])
    last: date = Field(description="Último día del período", examples=["2026-09-30"])
    n: int | None = Field(description="Cuántos respondieron; nulo: tan pocos que no se dice", examples=[250])
    questions: list[AskedQuestion] = Field(description="Cada pregunta con sus respuestas")


@router.get("/surveys", response={200: SurveyList, **READING}, summary="Encuestas")
def list_surveys(
    request: HttpRequest, institution: Slug = None, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, Any]:
    """Return one page of the surveys, by id; those that are asked of the staff are not among them."""
    access = _reader(request, institution)
    rows = [row for row in surveys(access.institution).values() if not row.for_staff]
    return _by_id(rows, cursor, limit)


def _by_id(rows: Sequence[Survey], cursor: str, limit: int) -> dict[str, Any]:
    shown = part(rows, lambda row: f"{row.pk:019}", cursor=cursor, limit=limit)
    names = ("name", "title", "is_active", "least", "version")
    told = [{"id": row.pk, **{name: getattr(row, name) for name in names}} for row in shown["items"]]
    return {**shown, "items": told}


def _reader(request: HttpRequest, institution: str | None) -> Access:
    access = caller(request, institution, Scope.FIGURES_READ, now=current_time())
    access.require(SurveyRight.READ)
    return access


@router.get(
    "/surveys/{survey_id}/results", response={200: ResultsOut, **READING}, summary="Resultados de un período"
)
def read_results(
    request: HttpRequest,
    survey_id: SurveyId,
    period: Annotated[
        str,
        Query(
            pattern="^[0-9]{4}(-(0[1-9]|1[0-2]|T[1-4]))?$",
            example="2026-T3",
            description="Un mes (2026-08), trimestre (2026-T3) o año (2026) que ya terminó",
        ),
    ],
    institution: Slug = None,
) -> dict[str, Any]:
    """Return what was answered in a whole period; by no way nor place, and no open text."""  # fmt: skip
    access = _reader(request, institution)
    row = surveys(access.institution).get(survey_id)
    if row is None or row.for_staff:
        raise Http404(str(survey_id))
    today = access.institution.local_date(current_time())
    months = months_of(row, Wanted(date(today.year - YEARS, 1, 1), today))
    asked = next((each for each in periods(months, today=today) if each.code == period), None)
    if asked is None:
        raise Refused("period_unknown")
    found, told = _results(row, asked, today)
    return {
        "period": asked.code, "first": asked.first, "last": asked.last,
        "n": found.n if found else None,
        "questions": [_question(each) for each in told],
    }  # fmt: skip


def _results(row: Survey, asked: Period, today: date) -> tuple[Counted | None, list[QuestionResult]]:
    """Return what was answered in a period, as the page of the survey tells it (4 SQL, 1 where nothing is
    told).
    """
    whole = year(asked.first)
    sizes = sizes_in(row, Wanted(whole.first, whole.last))
    told = Told.of(sizes, today=today, least=row.least)
    if not told.is_told(ALL, asked):
        return None, []
    of, found = row.asked, counted(row, row.asked, Wanted(asked.first, asked.last))
    untold = {question.code for question in of.questions if not told.is_told(question.code, asked)}
    return found, results(of, found.counts, least=row.least, grades=row.grades, untold=untold)


def _question(each: QuestionResult) -> dict[str, Any]:
    own = each.satisfaction
    marks = None
    if own and not each.hidden:
        marks = {"n": own.n, "net": own.net, "margin": own.interval.margin, "mean": own.mean}
        marks["top_two"] = own.top_two
    return {
        "code": each.question.code,
        "label": each.question.label,
        "kind": each.question.kind.value,
        "n": None if each.hidden else each.n,
        "answers": [] if each.hidden else [
            {"label": line.label, "n": line.n, "share": line.share} for line in each.lines
        ],
        "satisfaction": marks,
        "is_hidden": each.hidden,
    }  # fmt: skip
