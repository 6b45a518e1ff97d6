# SPDX-License-Identifier: EUPL-1.2
"""What was answered: figures, drawings and tables; open texts; files to take away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.infra.tables.download import csv_response, table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Access, Institution, staff_page
from siac.servicepoints.public import service_points
from siac.surveys.domain.questionnaire import QuestionKind
from siac.surveys.domain.results import QuestionResult, results
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.drawing import groups_chart, question_chart, trend_chart, way_names
from siac.surveys.models import Survey, Way
from siac.surveys.reading import Counted, MarksOf, Wanted, counted, exported, marks_of, texts_of
from siac.surveys.texts import KINDS, YES_NO
from siac.surveys.workspace.editing import survey_for
from siac.ui.forms import Form, PickedDay
from siac.ui.lists import Asked, Filter

DAYS = 365
"""What is shown where nobody asks for other days: the last year."""
COLUMNS = (
    Column("Pregunta", 50, wraps=True),
    "Se responde con",
    Column("Respuesta", 40),
    "Cuántas",
    "Por ciento",
)


class WantedForm(Form):
    """Which answers are read."""

    desde = PickedDay(label="Desde", required=False)
    hasta = PickedDay(label="Hasta", required=False)
    por = forms.ChoiceField(label="Por dónde", required=False, choices=[("", "Todas"), *Way.choices])
    punto = forms.TypedChoiceField(label="Punto de atención", required=False, coerce=int, empty_value=None)

    def __init__(self, institution: Institution, data: QueryDict, *, today: date) -> None:
        super().__init__(data)
        points = [(pk, row.name) for pk, row in service_points(institution).items()]
        self.fields["punto"].choices = [("", "Todos"), *points]  # type: ignore[attr-defined]
        self.today = today

    @property
    def wanted(self) -> Wanted:
        """The answers asked for; of what is wrong, as if it were not said."""
        data = self.cleaned_data if self.is_valid() else {}
        last = min(max(data.get("hasta") or self.today, EARLIEST), self.today)
        first = data.get("desde") or last - timedelta(days=DAYS - 1)
        return Wanted(first, last, data.get("por") or "", data.get("punto"))


EARLIEST = date(1990, 1, 1)
"""No answers are asked of days before."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A survey with what was read of it."""

    row: Survey
    form: WantedForm
    wanted: Wanted
    counted: Counted
    results: list[QuestionResult]


def _read(request: HttpRequest, access: Access, survey_id: int) -> _Read:
    row = survey_for(access, survey_id)
    today = access.institution.local_date(current_time())
    form = WantedForm(access.institution, request.GET, today=today)
    wanted, asked = form.wanted, row.asked
    found = counted(row, asked, wanted)
    return _Read(row, form, wanted, found, results(asked, found.counts, least=row.least, grades=row.grades))


@require_safe
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access, survey_id: int) -> HttpResponseBase:
    """Show what was answered to each question; or hand that out as a table."""
    read = _read(request, access, survey_id)
    row, wanted = read.row, read.wanted
    form = request.GET.get("formato", "")
    if form in ("csv", "xlsx"):
        name = f"encuesta-{slugify(row.name)}-{wanted.first}-{wanted.last}"
        return table_response(COLUMNS, _table(read.results), form=form, name=name, title="Resultados")
    main = row.asked.main_question
    of_main = next((each for each in read.results if each.question == main), None)
    context: dict[str, Any] = {
        "row": row,
        "form": read.form,
        "wanted": wanted,
        "counted": read.counted,
        "partial": read.counted.n - read.counted.complete,
        "main": of_main,
        "groups": _groups(access, read, marks_of(row, main.code, wanted)) if main else [],
        "questions": [(each, question_chart(each)) for each in read.results],
        "exports": [(name.upper(), _address(request, formato=name)) for name in ("csv", "xlsx")],
        "may_take": access.has(SurveyRight.DESIGN),
        "asks": _query(request),
    }
    status = 200 if read.form.is_valid() else 422
    return render(request, "surveys/workspace/results.html", context, status=status)


def _groups(access: Access, read: _Read, marks: MarksOf) -> list[Any]:
    row = read.row
    main, grades = row.asked.main_question, row.grades
    if main is None or grades is None:
        return []
    points = {str(pk): point.name for pk, point in service_points(access.institution).items()}
    by_point = {str(pk): each for pk, each in marks.by_point.items() if pk is not None}
    highest = main.marks[-1]
    charts = (
        trend_chart(marks, grades, highest, row.least),
        groups_chart(marks.by_way, way_names(), grades, highest, row.least, title="canal"),
        groups_chart(by_point, points, grades, highest, row.least, title="punto de atención"),
    )
    return [each for each in charts if each is not None]


def _query(request: HttpRequest, **changes: str) -> str:
    asked = request.GET.copy()
    asked.pop("formato", None)
    for name, value in changes.items():
        asked[name] = value
    return asked.urlencode()


def _address(request: HttpRequest, **changes: str) -> str:
    return f"?{_query(request, **changes)}"


def _table(found: Sequence[QuestionResult]) -> Iterator[Sequence[Any]]:
    for each in found:
        head = (each.question.label, KINDS[each.question.kind])
        if each.hidden:
            yield (*head, "Menos respuestas que el mínimo", "", "")
        elif each.question.kind is QuestionKind.TEXT:
            yield (*head, "Con texto", each.n, "")
        for line in each.lines:
            yield (*head, YES_NO.get(line.label, line.label), line.n, line.share)
        if each.satisfaction:
            own = each.satisfaction
            yield (*head, "Satisfacción neta", own.n, own.net)
            yield (*head, "Margen (95 %)", own.n, own.interval.margin)
            yield (*head, "Media", own.n, own.mean)
            yield (*head, "Dos notas más altas", own.n, own.top_two)


@require_safe
@staff_page(SurveyRight.READ)
def texts(request: HttpRequest, access: Access, survey_id: int, code: str) -> HttpResponse:
    """List what was written to an open question, in no order that tells anything."""
    read = _read(request, access, survey_id)
    result = next((each for each in read.results if each.question.code == code), None)
    if result is None or result.question.kind is not QuestionKind.TEXT:
        raise Http404(code)
    listing = None
    if not result.hidden:
        asked = Asked.of(request, *(Filter(name) for name in read.form.fields))
        listing = asked.listing(texts_of(read.row, code, read.wanted), ("pk",))
    context = {
        "row": read.row, "result": result, "listing": listing, "asks": _query(request),
        "told": [each.answers[code] for each in listing.rows] if listing else [],
    }  # fmt: skip
    return render(request, "surveys/workspace/texts.html", context)


@require_safe
@staff_page(SurveyRight.DESIGN)
def take(request: HttpRequest, access: Access, survey_id: int) -> HttpResponseBase:
    """Hand out every answer of all versions as CSV, united by question, in the order of random numbers."""
    row = survey_for(access, survey_id)
    today = access.institution.local_date(current_time())
    wanted, asked = WantedForm(access.institution, request.GET, today=today).wanted, row.asked
    if wanted.rows(row).count() < row.least:
        messages.error(request, f"Son menos de {row.least} respuestas: no se entregan una por una.")
        return redirect("workspace:surveys:results", access.institution.slug, row.pk)
    columns = (
        "Versión",
        "Día",
        "Por dónde",
        "Punto de atención",
        "Completa",
        *(q.label for q in asked.questions),
    )
    name = f"respuestas-{slugify(row.name)}-{wanted.first}-{wanted.last}"
    return csv_response(columns, exported(row, asked, wanted), name=name)
