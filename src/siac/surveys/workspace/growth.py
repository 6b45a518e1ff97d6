# SPDX-License-Identifier: EUPL-1.2
"""Two measurements of a survey side by side: what grew, how sure that is, and the bonus that follows from it
(Ley 20.342).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.countries.public import Duty
from siac.kernel.errors import Refused
from siac.kernel.whole_periods import Period, periods, untold, year
from siac.organizations.public import Access, staff_page
from siac.surveys.domain.bonus import LEY_20342, BonusTable, Step, bonus, check_steps
from siac.surveys.domain.results import Satisfaction, satisfaction
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.satisfaction import Growth, growth
from siac.surveys.domain.told import Told
from siac.surveys.drawing import period_name
from siac.surveys.models import Survey
from siac.surveys.reading import Wanted, marks_of, months_of, sizes_in
from siac.surveys.workspace.editing import survey_for
from siac.surveys.workspace.results import YEARS
from siac.ui.forms import Form
from siac.ui.public import refusal_text
from siac.ui.rows import RowForm, RowsField, rearranged

BOUND = 1000
"""No step and no payment goes beyond it, in percent."""


def step_rows(steps: Sequence[Step]) -> list[dict[str, Decimal]]:
    """Return a table of steps as the rows of the form."""
    return [{"at_least": step.at_least, "gives": step.gives} for step in steps]


def _number(label: str) -> forms.DecimalField:
    wrong = f"Escriba un número entre -{BOUND} y {BOUND}, con hasta dos decimales."
    codes = ("invalid", "max_digits", "max_whole_digits", "max_decimal_places", "min_value", "max_value")
    return forms.DecimalField(
        label=label, min_value=-BOUND, max_value=BOUND, max_digits=6, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": "Escriba un número.", **dict.fromkeys(codes, wrong)},
    )  # fmt: skip


class StepRow(RowForm):
    """From a number on, in percent, something holds."""

    widths = {"at_least": "medium", "gives": "medium"}
    at_least = _number("Desde")
    gives = _number("Vale")

    def key(self) -> Decimal:
        """Return where the step begins."""
        return Decimal(self.cleaned_data["at_least"])


class StepsField(RowsField):
    """A table of steps that rise."""

    def clean(self, value: list[RowForm]) -> tuple[Step, ...]:  # type: ignore[override]
        """Return the steps.

        Raises:
            ValidationError: as `RowsField`, or the steps do not rise.
        """
        found = tuple(Step(row["at_least"], row["gives"]) for row in super().clean(value))
        try:
            check_steps(found)
        except Refused as refused:
            raise ValidationError(refusal_text(refused)) from refused
        return found


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


def _steps(label: str, help_text: str) -> StepsField:
    return StepsField(
        StepRow, label=label, help_text=help_text, thing="Tramo", add="Agregar tramo", limit=20,
        ordered=False, repeated="Este tramo está dos veces: cambie o quite uno.",
    )  # fmt: skip


class GrowthForm(Form):
    """Which two measurements are held against each other, and by which table."""

    antes = forms.ChoiceField(
        label="Medición anterior", required=False, help_text="Meses, trimestres o años que ya terminaron."
    )
    personas = _people("Personas de la medición anterior")
    ahora = forms.ChoiceField(label="Medición nueva", required=False)
    personas2 = _people("Personas de la medición nueva")
    exige = _steps("Crecimiento exigido", "Desde qué índice anterior se exigen cuántos puntos.")
    paga = _steps("Bono que se paga", "Desde qué parte cumplida de lo exigido se paga cuánto, en por ciento.")

    def __init__(self, data: QueryDict, offered: Sequence[Period], untold: set[str], *, law: bool) -> None:
        self.offered, self.untold = {each.code: each for each in offered}, untold
        filled = data.copy()
        before, after = self._usual()
        for name, period in (("antes", before), ("ahora", after)):
            if name not in filled and period is not None:
                filled[name] = period.code
        for name, steps in (("exige", LEY_20342.demanded), ("paga", LEY_20342.paid)):
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


def _exact(found: Satisfaction) -> Decimal:
    """Return an index in percent, not rounded: the steps look at the exact part."""
    net = 100 * found.tally.net if found.tally.net is not None else 0
    return Decimal(net.numerator) / Decimal(net.denominator)


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
    form = GrowthForm(request.POST or request.GET, periods(months, today=today), few, law=law)
    context: dict[str, Any] = {"row": row, "form": form, "law": law}
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
    if before and after:
        populations = (data["personas"], data["personas2"])
        grown: Growth = growth(before.tally, after.tally, populations=populations)
        found["growth"] = grown
        if "exige" in data:
            table = BonusTable(data["exige"], data["paga"])
            found["bonus"] = bonus(_exact(before), _exact(after), table)
    return found
