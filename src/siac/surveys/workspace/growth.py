# SPDX-License-Identifier: EUPL-1.2
"""Two measurements of a survey side by side: what grew, how sure that is, and the bonus that follows from it
(Ley 20.342).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.countries.public import Duty
from siac.kernel.whole_periods import Period, periods, untold, year
from siac.organizations.public import Access, staff_page
from siac.surveys.domain.bonus import LEY_20342, BonusTable, bonus
from siac.surveys.domain.results import Satisfaction, satisfaction
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.satisfaction import Growth, growth
from siac.surveys.domain.told import Told
from siac.surveys.drafts.queries import heard_on, table_of
from siac.surveys.drawing import period_name
from siac.surveys.models import Survey
from siac.surveys.reading import Wanted, marks_of, months_of, sizes_in
from siac.surveys.step_fields import step_rows, steps_field
from siac.surveys.workspace.editing import survey_for
from siac.surveys.workspace.results import YEARS
from siac.ui.forms import Form
from siac.ui.rows import rearranged


def _people(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=1_000_000_000,
        help_text="Si se conoce: cuántas personas podían responder. Achica el margen.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Escriba un número.", "min_value": "Escriba un número desde 1."},
    )


class GrowthForm(Form):
    """Which two measurements are held against each other, and by which table."""

    antes = forms.ChoiceField(
        label="Medición anterior", required=False, help_text="Meses, trimestres o años que ya terminaron."
    )
    personas = _people("Personas de la medición anterior")
    ahora = forms.ChoiceField(label="Medición nueva", required=False)
    personas2 = _people("Personas de la medición nueva")
    exige = steps_field("Crecimiento exigido", "Desde qué índice anterior se exigen cuántos puntos.")
    paga = steps_field("Bono que se paga", "Desde qué parte de lo exigido se paga cuánto, en por ciento.")

    def __init__(
        self, data: QueryDict, offered: Sequence[Period], untold: set[str], *, law: bool,
        table: BonusTable = LEY_20342,
    ) -> None:  # fmt: skip
        self.offered, self.untold = {each.code: each for each in offered}, untold
        filled = data.copy()
        before, after = self._usual()
        for name, period in (("antes", before), ("ahora", after)):
            if name not in filled and period is not None:
                filled[name] = period.code
        for name, steps in (("exige", table.demanded), ("paga", table.paid)):
            if not any(key.startswith(f"{name}-") for key in filled):
                for place, row in enumerate(step_rows(steps)):
                    filled.update({f"{name}-{place}-{key}": _plain(value) for key, value in row.items()})
        super().__init__(filled)
        named = [(each.code, self._name(each)) for each in offered]
        for name in ("antes", "ahora"):
            self.fields[name].choices = named  # type: ignore[attr-defined]
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        if not law:
            del self.fields["exige"], self.fields["paga"]

    def _usual(self) -> tuple[Period | None, Period | None]:
        """Return the latest period that is told and has its like a year before; else what there is."""
        told = [each for each in self.offered.values() if each.code not in self.untold and not each.is_year]
        told.sort(key=lambda each: (each.last, each.is_quarter), reverse=True)
        for each in told:
            code = f"{int(each.code[:4]) - 1:04}{each.code[4:]}"
            if code in self.offered and code not in self.untold:
                return self.offered[code], each
        return None, told[0] if told else None

    def _name(self, period: Period) -> str:
        name = period_name(period)
        return f"{name} (pocas respuestas)" if period.code in self.untold else name

    @property
    def periods(self) -> tuple[Period | None, Period | None]:
        """The two measurements asked for."""
        before, after = (
            self.offered.get(str(self.cleaned_data.get(name) or "")) for name in ("antes", "ahora")
        )
        return before, after


def _plain(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _measured(
    survey: Survey, period: Period | None, population: int | None, told: Told
) -> Satisfaction | None:  # fmt: skip
    """Return a measurement; None where nothing may be told of it (1 SQL)."""
    main, grades = survey.asked.main_question, survey.grades
    if main is None or grades is None:
        raise Http404("no marks")
    if period is None or not told.is_told(main.code, period):
        return None
    marks: dict[int, int] = {}
    for of_way in marks_of(survey, main.code, Wanted(period.first, period.last)).by_way.values():
        for mark, n in of_way.items():
            marks[mark] = marks.get(mark, 0) + n
    return satisfaction(marks, grades, main.marks[-1], population=population)


def _exact(found: Satisfaction) -> Fraction:
    """Return an index in percent, not rounded: the steps look at the exact part."""
    return Fraction(100 * found.tally.net) if found.tally.net is not None else Fraction(0)


def _told_of(survey: Survey, both: Sequence[Period | None], today: date) -> Told:
    """Return what may be told of the years of two measurements (1 SQL)."""
    years = [year(each.first) for each in both if each is not None]
    if not years:
        return Told({}, today, survey.least)
    span = Wanted(min(each.first for each in years), max(each.last for each in years))
    return Told.of(sizes_in(survey, span), today=today, least=survey.least)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Show two measurements, the growth between them, and the bonus that it gives. Nothing is kept: what is
    sent only asks.
    """
    row = survey_for(access, survey_id)
    if row.asked.main_question is None:
        raise Http404("no marks")
    today = access.institution.local_date(current_time())
    law = Duty.SATISFACTION_BONUS in access.institution.country.duties
    months = months_of(row, Wanted(date(today.year - YEARS, 1, 1), today))
    few = untold(months, today=today, least=row.least)
    heard = heard_on(row)
    asked = request.POST or request.GET
    form = GrowthForm(asked, periods(months, today=today), few, law=law, table=table_of(heard))
    context: dict[str, Any] = {"row": row, "form": form, "law": law, "heard": heard}
    is_moved = rearranged(form)
    if not is_moved and form.is_valid():
        context |= _compared(row, form, today)
    status = 200 if is_moved or form.is_valid() else 422
    return render(request, "surveys/workspace/growth.html", context, status=status)


def _compared(row: Survey, form: GrowthForm, today: date) -> dict[str, Any]:
    """Return two measurements and what follows from them (3 SQL)."""
    data, both = form.cleaned_data, form.periods
    told = _told_of(row, both, today)
    before = _measured(row, both[0], data["personas"], told)
    after = _measured(row, both[1], data["personas2"], told)
    found: dict[str, Any] = {"before": before, "after": after}
    for name, each in (("personas", before), ("personas2", after)):
        if each and data[name] is not None and data[name] < each.n:
            form.add_error(name, f"Respondieron {each.n}: no pueden ser menos personas.")
    if before and after and not form.errors:
        populations = (data["personas"], data["personas2"])
        grown: Growth = growth(before.tally, after.tally, populations=populations)
        found["growth"] = grown
        if "exige" in data:
            table = BonusTable(data["exige"], data["paga"])
            found["bonus"] = bonus(_exact(before), _exact(after), table)
    return found
