# SPDX-License-Identifier: EUPL-1.2
"""What was answered: figures, drawings and tables; open texts; files to take away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
from siac.kernel.whole_periods import Period, month, periods, untold, year
from siac.organizations.public import Access, staff_page
from siac.servicepoints.public import service_points
from siac.surveys.domain.questionnaire import QuestionKind
from siac.surveys.domain.results import QuestionResult, results
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.told import ALL, POINT, WAY, Told
from siac.surveys.drawing import groups_chart, period_name, question_chart, trend_chart, way_names
from siac.surveys.models import Survey
from siac.surveys.promised import promised_of
from siac.surveys.reading import (
    Counted,
    Wanted,
    counted,
    exported,
    marks_of,
    months_of,
    sizes_in,
    texts_of,
)
from siac.surveys.texts import KINDS, YES_NO
from siac.surveys.workspace.editing import survey_for
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter

YEARS = 10
"""How many years back periods are offered."""
COLUMNS = (
    Column("Pregunta", 50, wraps=True),
    "Se responde con",
    Column("Respuesta", 40),
    "Cuántas",
    "Por ciento",
)


class ResultsForm(Form):
    """Which answers are read: of one period that is over, all of them or of one way or place."""

    periodo = forms.ChoiceField(
        label="Período", required=False, help_text="Meses, trimestres y años enteros que ya terminaron.",
    )  # fmt: skip
    corte = forms.ChoiceField(
        label="Por dónde o en qué punto", required=False, help_text="Solo de un trimestre: uno a la vez.",
    )  # fmt: skip

    def __init__(
        self, data: QueryDict, offered: Sequence[Period], untold: set[str], points: Mapping[str, str]
    ) -> None:
        self.offered = {each.code: each for each in offered}
        self.untold = untold
        filled = data.copy()
        if not filled.get("periodo") and self._usual is not None:
            filled["periodo"] = self._usual.code  # the list shows the period that is read
        super().__init__(filled)
        sorts = (
            ("Trimestres", [each for each in offered if each.is_quarter]),
            ("Meses", [each for each in offered if not each.is_quarter and not each.is_year]),
            ("Años", [each for each in offered if each.is_year]),
        )
        self._choices("periodo", [
            (name, [(each.code, self._name(each)) for each in those]) for name, those in sorts if those
        ])  # fmt: skip
        self._choices("corte", [
            ("", "Todas las respuestas"),
            ("Por dónde", [(f"{WAY}:{code}", name) for code, name in way_names().items()]),
            ("Punto de atención", [(f"{POINT}:{code}", name) for code, name in points.items()]),
        ])  # fmt: skip
        for field in self.fields.values():
            field.always_asked = True  # type: ignore[attr-defined]  # what is not chosen is shown as chosen

    def _choices(self, name: str, choices: Sequence[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _name(self, period: Period) -> str:
        name = period_name(period)
        return f"{name} (pocas respuestas)" if period.code in self.untold else name

    @property
    def _usual(self) -> Period | None:
        """The latest quarter if it is told, else the latest month that is, else what there is."""
        sought = sorted(self.offered.values(), key=lambda each: (each.last, each.is_quarter), reverse=True)
        known = [each for each in sought if not each.is_year]
        return next((each for each in known if each.code not in self.untold), known[0] if known else None)

    def clean(self) -> dict[str, Any]:
        """Refuse a group of what is no quarter: with months and years beside it, it could be subtracted."""
        data = super().clean() or {}
        if data.get("corte") and self.period is not None and not self.period.is_quarter:
            self.add_error("corte", "Por dónde o en qué punto se muestra solo de un trimestre entero.")
        return data

    @property
    def period(self) -> Period | None:
        """The period asked for; of what is wrong or not said, the usual one."""
        return self.offered.get(str(self.cleaned_data.get("periodo") or ""), self._usual)

    @property
    def cut(self) -> tuple[str, str]:
        """The sort of group and the group asked for."""
        sort, _, group = str(self.cleaned_data.get("corte") or "").partition(":")
        return sort, group


@dataclass(frozen=True, slots=True)
class Read:
    """A survey with what was read of it. `period` None: no month with answers is over."""

    row: Survey
    form: ResultsForm
    told: Told
    period: Period | None
    sort: str
    group: str
    wanted: Wanted

    @property
    def is_told(self) -> bool:
        """Whether anything is told of what is asked for."""
        return self.asks(ALL)

    def asks(self, code: str) -> bool:
        """Return whether a question is told of what is asked for."""
        return self.period is not None and self.told.is_told(code, self.period, self.sort, self.group)

    @property
    def name(self) -> str:
        """What is asked for, as part of the name of a file."""
        period = self.period.code if self.period else ""
        return "-".join(filter(None, (slugify(self.row.name), period, self.group)))

    def results(self) -> tuple[Counted, list[QuestionResult]]:
        """Return what was answered to each question (3 SQL)."""
        asked, row = self.row.asked, self.row
        found = counted(row, asked, self.wanted)
        untold = {question.code for question in asked.questions if not self.asks(question.code)}
        return found, results(asked, found.counts, least=row.least, grades=row.grades, untold=untold)


def read_for(request: HttpRequest, access: Access, survey_id: int) -> Read:
    """Return a survey with what may be told of the period asked for (4 SQL)."""
    row = survey_for(access, survey_id)
    today = access.institution.local_date(current_time())
    months = months_of(row, Wanted(date(today.year - YEARS, 1, 1), today))
    points = {str(pk): point.name for pk, point in service_points(access.institution).items()}
    untold_ones = untold(months, today=today, least=row.least)
    form = ResultsForm(request.GET, periods(months, today=today), untold_ones, points)
    is_right = form.is_valid()
    period = form.period
    sort, group = form.cut if is_right else (ALL, "")
    if period is None:
        return Read(row, form, Told({}, today, row.least), None, sort, group, Wanted(today, today))
    whole = year(period.first)
    told = Told.of(sizes_in(row, Wanted(whole.first, whole.last)), today=today, least=row.least)
    wanted = Wanted(
        period.first,
        period.last,
        group if sort == WAY else "",
        int(group) if sort == POINT else None,
    )
    return Read(row, form, told, period, sort, group, wanted)


@require_safe
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access, survey_id: int) -> HttpResponseBase:
    """Show what was answered to each question; or hand that out as a table."""
    read = read_for(request, access, survey_id)
    row = read.row
    found, each_result = read.results() if read.is_told else (Counted(0), [])
    form = request.GET.get("formato", "")
    if form in ("csv", "xlsx"):
        name = f"encuesta-{read.name}"
        return table_response(COLUMNS, _table(each_result), form=form, name=name, title="Resultados")
    main = row.asked.main_question
    of_main = next((each for each in each_result if each.question == main), None)
    context: dict[str, Any] = {
        "row": row,
        "form": read.form,
        "period": period_name(read.period) if read.period else "",
        "is_told": read.is_told,
        "counted": found,
        "partial": read.wanted.partial(row) if read.is_told and read.sort == ALL else 0,
        "main": of_main,
        "groups": _groups(access, read) if main and read.is_told and read.sort == ALL else [],
        "questions": [(each, question_chart(each)) for each in each_result],
        "exports": [(name.upper(), _address(request, formato=name)) for name in ("csv", "xlsx")],
        "may_take": access.has(SurveyRight.DESIGN) and read.is_told,
        "asks": _query(request),
        "promised": promised_of(access.institution, row, today=access.institution.local_date(current_time())),
    }
    status = 200 if read.form.is_valid() else 422
    return render(request, "surveys/workspace/results.html", context, status=status)


def _groups(access: Access, read: Read) -> list[Any]:
    """Return the index month by month, and of a quarter by way and place (1 SQL)."""
    row, period = read.row, read.period
    main, grades = row.asked.main_question, row.grades
    if main is None or grades is None or period is None:
        return []
    marks = marks_of(row, main.code, read.wanted)
    hidden_months = read.told.periods_untold(main.code)
    highest = main.marks[-1]
    untold_months = {first.isoformat() for first in marks.by_month if month(first).code in hidden_months}
    charts = [trend_chart(marks, grades, highest, untold_months)]
    if period.is_quarter:
        points = {str(pk): point.name for pk, point in service_points(access.institution).items()}
        by_point = {str(pk or 0): each for pk, each in marks.by_point.items()}
        charts += [
            groups_chart(by_group, names, grades, highest, read.told.groups_untold(main.code, period, sort),
                         title=title)
            for by_group, names, sort, title in (
                (marks.by_way, way_names(), WAY, "canal"),
                (by_point, {**points, "0": "Sin punto de atención"}, POINT, "punto de atención"),
            )
        ]  # fmt: skip
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


def _not_whole(access: Access, read: Read) -> HttpResponse | None:
    """Return the way back to the results where something else is asked for than a whole period."""
    if read.form.is_valid() and read.sort == ALL:
        return None
    return redirect("workspace:surveys:results", access.institution.slug, read.row.pk)


@require_safe
@staff_page(SurveyRight.READ)
def texts(request: HttpRequest, access: Access, survey_id: int, code: str) -> HttpResponse:
    """List what was written to an open question, in no order that tells anything; never by way or place:
    whoever laid the lists beside each other would have a text with both.
    """
    read = read_for(request, access, survey_id)
    if (elsewhere := _not_whole(access, read)) is not None:
        return elsewhere
    question = read.row.asked.question(code)
    if question is None or question.kind is not QuestionKind.TEXT:
        raise Http404(code)
    listing = None
    if read.asks(code):
        asked = Asked.of(request, *(Filter(name) for name in read.form.fields))
        listing = asked.listing(texts_of(read.row, code, read.wanted), ("pk",))
    context = {
        "row": read.row, "question": question, "listing": listing, "asks": _query(request),
        "told": [each.answers[code] for each in listing.rows] if listing else [],
    }  # fmt: skip
    return render(request, "surveys/workspace/texts.html", context)


@require_safe
@staff_page(SurveyRight.DESIGN)
def take(request: HttpRequest, access: Access, survey_id: int) -> HttpResponseBase:
    """Hand out every answer of a period, of all versions, as CSV, united by question, in the order of random
    numbers. Questions that are not told are left out, so are day, way and place; nor is it handed out by way
    or place, for the files laid beside each other would tell both of each answer.
    """
    read = read_for(request, access, survey_id)
    if (elsewhere := _not_whole(access, read)) is not None:
        return elsewhere
    row = read.row
    if not read.is_told:
        messages.error(request, f"Son menos de {row.least} respuestas: no se entregan una por una.")
        return redirect("workspace:surveys:results", access.institution.slug, row.pk)
    asked = [question for question in row.asked.questions if read.asks(question.code)]
    columns = ("Versión", *(question.label for question in asked))
    return csv_response(columns, exported(row, asked, read.wanted), name=f"respuestas-{read.name}")
