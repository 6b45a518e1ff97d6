# SPDX-License-Identifier: EUPL-1.2
"""Answers weighted by what is known of the population, beside the plain ones. Nothing of it is kept."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.kernel.errors import Refused
from siac.kernel.whole_periods import Period, periods, untold, year
from siac.organizations.public import Access, staff_page
from siac.surveys.domain.questionnaire import Question
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.satisfaction import Grades, interval, percent
from siac.surveys.domain.servqual import decimal
from siac.surveys.domain.told import Told
from siac.surveys.domain.weighting import Cell, may_be_weighed, weigh
from siac.surveys.drawing import period_name
from siac.surveys.models import Survey
from siac.surveys.reading import Wanted, months_of, sizes_in
from siac.surveys.weighing import cells_of, options_of, weighed_by
from siac.surveys.workspace.editing import survey_for
from siac.surveys.workspace.results import YEARS
from siac.ui.forms import Form
from siac.ui.public import refusal_text


class WeighingForm(Form):
    """Of which quarter, by which question, and how large each group is in the population, in percent."""

    periodo = forms.ChoiceField(label="Trimestre", required=False)
    pregunta = forms.ChoiceField(label="Ponderar por", required=False)

    def __init__(self, data: QueryDict, offered: Sequence[Period], questions: Sequence[Question]) -> None:
        self.offered = {each.code: each for each in offered}
        self.questions = {each.code: each for each in questions}
        filled = data.copy()
        for name, known in (("periodo", self.offered), ("pregunta", self.questions)):
            if name not in filled and known:
                filled[name] = next(iter(known))
        super().__init__(filled)
        named = [(code, period_name(each)) for code, each in self.offered.items()]
        self.fields["periodo"].choices = named  # type: ignore[attr-defined]
        asked = [(code, each.label) for code, each in self.questions.items()]
        self.fields["pregunta"].choices = asked  # type: ignore[attr-defined]
        for name in ("periodo", "pregunta"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        self.by = self.questions.get(str(filled.get("pregunta", "")))
        for place, (_, words) in enumerate(options_of(self.by) if self.by else ()):
            self.fields[f"parte_{place}"] = self._share(words)

    def _share(self, words: str) -> forms.DecimalField:
        wrong = "Escriba un por ciento entre 0 y 100, con hasta dos decimales."
        codes = ("invalid", "max_digits", "max_whole_digits", "max_decimal_places", "min_value", "max_value")
        field = forms.DecimalField(
            label=f"«{words}», por ciento de la población", required=False, min_value=0, max_value=100,
            max_digits=5, decimal_places=2, localize=True, error_messages=dict.fromkeys(codes, wrong),
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip
        field.always_asked = True  # type: ignore[attr-defined]
        return field

    def clean(self) -> dict[str, Any]:
        """Refuse shares that do not sum to 100."""
        data = super().clean() or {}
        given = self._given(data)
        if given and not self.errors and sum(given) != 100:
            told = f"{sum(given):f}".replace(".", ",")
            self.add_error("parte_0", f"Los por cientos suman {told}: deben sumar 100.")
        return data

    def _given(self, data: dict[str, Any]) -> list[Decimal]:
        typed = [data.get(name) for name in self.fields if name.startswith("parte_")]
        return [value or Decimal(0) for value in typed] if any(each is not None for each in typed) else []

    @property
    def shares(self) -> dict[str, Fraction]:
        """The share of each group, of 1; nothing where none was typed."""
        given = self._given(self.cleaned_data)
        codes = [code for code, _ in options_of(self.by)] if self.by else []
        return {code: Fraction(value) / 100 for code, value in zip(codes, given, strict=False)}


@require_safe
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Show the net satisfaction of a quarter weighted by known shares, beside the plain one."""
    row = survey_for(access, survey_id)
    main, grades, questions = row.asked.main_question, row.grades, weighed_by(row.asked)
    if main is None or grades is None or not questions:
        raise Http404("nothing to weigh by")
    today = access.institution.local_date(current_time())
    months = months_of(row, Wanted(date(today.year - YEARS, 1, 1), today))
    few = untold(months, today=today, least=row.least)
    quarters = [each for each in periods(months, today=today) if each.is_quarter and each.code not in few]
    form = WeighingForm(request.GET, quarters, questions)
    is_right = form.is_valid()
    context: dict[str, Any] = {"row": row, "form": form}
    if is_right and form.by and (period := form.offered.get(form.cleaned_data["periodo"])):
        cells, left_over = _cells(row, main, form.by, period, today)
        context |= {
            "period": period_name(period),
            "is_told": may_be_weighed(cells, left_over, least=row.least),
        }
        if context["is_told"]:
            context |= _weighed(form, form.by, cells, grades)
    status = 200 if is_right and form.is_valid() else 422
    return render(request, "surveys/workspace/weighing.html", context, status=status)


def _cells(
    row: Survey, main: Question, by: Question, period: Period, today: date
) -> tuple[list[Cell], int]:  # fmt: skip
    """Return the marks by each answer in a quarter, none where nothing is told of either question (2 SQL)."""
    whole = year(period.first)
    told = Told.of(sizes_in(row, Wanted(whole.first, whole.last)), today=today, least=row.least)
    if not (told.is_told(main.code, period) and told.is_told(by.code, period)):
        return [], 0
    return cells_of(row, main, by, Wanted(period.first, period.last))


def _weighed(form: WeighingForm, by: Question, cells: Sequence[Cell], grades: Grades) -> dict[str, Any]:
    n = sum(cell.n for cell in cells)
    words, shares = dict(options_of(by)), form.shares
    found: dict[str, Any] = {}
    plain = grades.tally(_summed(cells))
    found["plain"] = (percent(plain.net), interval(plain).margin, n)
    weights: dict[str, Fraction] = {}
    if shares:
        try:
            weighed = weigh(cells, shares, grades)
        except Refused as refused:
            form.refuse(refusal_text(refused))
        else:
            weights = dict(weighed.weights)
            margin = interval(weighed.tally, effective=weighed.effective).margin
            found["weighed"] = (percent(weighed.tally.net), margin, decimal(weighed.effective, 1))
    found["rows"] = [
        (
            words[cell.name], cell.n, percent(Fraction(cell.n, n)),
            percent(shares[cell.name]) if shares else None,
            decimal(weights[cell.name], 3) if weights else None,
        )
        for cell in cells
    ]  # fmt: skip
    return found


def _summed(cells: Sequence[Cell]) -> dict[int, int]:
    found: dict[int, int] = {}
    for cell in cells:
        for mark, n in cell.marks.items():
            found[mark] = found.get(mark, 0) + n
    return found
