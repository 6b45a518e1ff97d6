# SPDX-License-Identifier: EUPL-1.2
"""Two measurements of a survey side by side: what grew, how sure that is, and the bonus that follows from it
(Ley 20.342).
"""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.countries.public import Duty
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.surveys.domain.bonus import LEY_20342, BonusTable, Step, bonus, check_steps
from siac.surveys.domain.results import Satisfaction, satisfaction
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.satisfaction import Growth, growth
from siac.surveys.models import Survey
from siac.surveys.reading import Wanted, marks_of
from siac.surveys.workspace.editing import survey_for
from siac.ui.forms import Form, PickedDay
from siac.ui.public import refusal_text


def steps_text(steps: tuple[Step, ...]) -> str:
    """Return a table of steps as it is typed: a line each, «desde: vale»."""
    return "\n".join(f"{_plain(step.at_least)}: {_plain(step.gives)}" for step in steps)


def _plain(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def read_steps(text: str) -> tuple[Step, ...]:
    """Return the steps of a typed table.

    Raises:
        ValidationError: a line is none, or the steps do not rise.
    """
    found = []
    for line in filter(str.strip, text.splitlines()):
        at_least, _, gives = (part.strip().replace(",", ".") for part in line.partition(":"))
        try:
            step = Step(Decimal(at_least), Decimal(gives))
        except InvalidOperation:
            raise ValidationError(
                f"No se entiende «{line.strip()[:40]}»: escriba, por ejemplo, «40: 2»."
            ) from None
        if not (step.at_least.is_finite() and step.gives.is_finite()):
            raise ValidationError("Escriba números.")
        found.append(step)
    try:
        check_steps(found)
    except Refused as refused:
        raise ValidationError(refusal_text(refused)) from refused
    return tuple(found)


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


def _steps(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Escriba los tramos."},
    )  # fmt: skip


class GrowthForm(Form):
    """Which two measurements are held against each other, and by which table."""

    desde = PickedDay(label="Medición anterior, desde")
    hasta = PickedDay(label="Medición anterior, hasta")
    personas = _people("Personas de la medición anterior")
    desde2 = PickedDay(label="Medición nueva, desde")
    hasta2 = PickedDay(label="Medición nueva, hasta")
    personas2 = _people("Personas de la medición nueva")
    exige = _steps(
        "Crecimiento exigido", "Desde qué índice anterior se exigen cuántos puntos, una línea por tramo."
    )
    paga = _steps("Bono que se paga", "Desde qué parte cumplida de lo exigido se paga cuánto, en por ciento.")

    def __init__(self, data: QueryDict, *, today: date, law: bool) -> None:
        last = today.replace(day=1) - timedelta(days=1)
        given: dict[str, Any] = {
            "desde2": last.replace(day=1), "hasta2": last, "exige": steps_text(LEY_20342.demanded),
            "paga": steps_text(LEY_20342.paid),
        }  # fmt: skip
        given["hasta"] = _year_before(last)
        given["desde"] = given["hasta"].replace(day=1)
        filled = QueryDict(mutable=True)
        for name, value in given.items():
            filled[name] = str(value)
        filled.update({name: str(data[name]) for name in data})
        super().__init__(filled)
        if not law:
            del self.fields["exige"], self.fields["paga"]

    def clean_exige(self) -> tuple[Step, ...]:
        """Read the growth demanded."""
        return read_steps(self.cleaned_data["exige"])

    def clean_paga(self) -> tuple[Step, ...]:
        """Read the bonus paid."""
        return read_steps(self.cleaned_data["paga"])


def _year_before(day: date) -> date:
    return (day + timedelta(days=1)).replace(year=(day + timedelta(days=1)).year - 1) - timedelta(days=1)


def _measured(survey: Survey, wanted: Wanted, population: int | None) -> Satisfaction | None:
    """Return a measurement; None where too few answered (1 SQL)."""
    main, grades = survey.asked.main_question, survey.grades
    if main is None or grades is None:
        raise Http404("no marks")
    marks: dict[int, int] = {}
    for of_way in marks_of(survey, main.code, wanted).by_way.values():
        for mark, n in of_way.items():
            marks[mark] = marks.get(mark, 0) + n
    if sum(marks.values()) < survey.least:
        return None
    return satisfaction(marks, grades, main.marks[-1], population=population)


def _exact(found: Satisfaction) -> Decimal:
    """Return an index in percent, not rounded: the steps look at the exact part."""
    net = 100 * found.tally.net if found.tally.net is not None else 0
    return Decimal(net.numerator) / Decimal(net.denominator)


@require_safe
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Show two measurements, the growth between them, and the bonus that it gives."""
    row = survey_for(access, survey_id)
    institution = access.institution
    law = Duty.SATISFACTION_BONUS in institution.country.duties
    form = GrowthForm(request.GET, today=institution.local_date(current_time()), law=law)
    context: dict[str, Any] = {"row": row, "form": form, "law": law}
    if form.is_valid():
        data = form.cleaned_data
        before = _measured(row, Wanted(data["desde"], data["hasta"]), data["personas"])
        after = _measured(row, Wanted(data["desde2"], data["hasta2"]), data["personas2"])
        context |= {"before": before, "after": after}
        if before and after:
            grown: Growth = growth(
                before.tally, after.tally, populations=(data["personas"], data["personas2"])
            )
            context["growth"] = grown
            if law:
                table = BonusTable(data["exige"], data["paga"])
                context["bonus"] = bonus(_exact(before), _exact(after), table)
    return render(request, "surveys/workspace/growth.html", context, status=200 if form.is_valid() else 422)
