# SPDX-License-Identifier: EUPL-1.2
"""The forms of who lives in a territory, of a sheet of them, and of what a body wants of its coverage."""

from decimal import Decimal
from typing import Any

from django import forms

from siac.indicators.domain.coverage import OLDEST, AgeBand
from siac.indicators.domain.territory_sheet import MOST_SOURCE
from siac.indicators.domain.windows import EARLIEST
from siac.indicators.maps.territory import territory_names
from siac.indicators.models import CoverageGoal, Territory
from siac.indicators.models.coverage import MOST_PEOPLE
from siac.organizations.public import Institution
from siac.ui.forms import Form, SheetField
from siac.ui.rows import RowForm, RowsField

BYTES = 2 * 1024 * 1024
_NUMBER = {"invalid": "Escriba un número entero.", "min_value": "Escriba un número mayor."}


def _count(label: str, *, required: bool = False, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=kwargs.pop("most", MOST_PEOPLE),
        error_messages={**_NUMBER, "required": "Escriba cuántas personas viven ahí."}, **kwargs,
    )  # fmt: skip


def _percent(label: str, *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_value=100, max_digits=4, decimal_places=1,
        localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "Escriba un número, por ejemplo 7,1.", "required": "Escriba el por ciento.",
            "max_value": "Escriba a lo más 100.", "min_value": "Escriba 0 o más.",
            "max_decimal_places": "Escriba a lo más un decimal.",
        },
    )  # fmt: skip


class AgesRow(RowForm):
    """How many in a hundred are of an age."""

    widths = {"first": "narrow", "last": "narrow", "percent": "narrow"}
    first = forms.IntegerField(
        label="Desde", min_value=0, max_value=OLDEST, error_messages={"required": "Escriba la edad."}
    )
    last = forms.IntegerField(label="Hasta", min_value=0, max_value=OLDEST, required=False)
    percent = _percent("Por ciento", required=True)


class TerritoryForm(Form):
    """Who lives in a territory."""

    code = forms.ChoiceField(label="Territorio", error_messages={"required": "Elija un territorio."})
    year = forms.IntegerField(
        label="Año de los datos", min_value=EARLIEST.year, max_value=8999,
        error_messages={"required": "Escriba el año."},
    )  # fmt: skip
    people = _count("Habitantes", required=True, least=1)
    women = _count("Mujeres")
    men = _count("Hombres")
    area = forms.DecimalField(
        label="Superficie en km²", required=False, min_value=Decimal("0.01"), max_digits=10, decimal_places=2,
        localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    rural = _percent("Población rural, por ciento")
    poor = _percent("En pobreza por ingresos, por ciento")
    ages = RowsField(
        AgesRow, label="Edades", thing="Tramo", add="Agregar un tramo", limit=20, ordered=False,
        help_text="En años cumplidos. Sin «hasta»: y más.",
    )  # fmt: skip
    source = forms.CharField(
        label="Fuente", max_length=MOST_SOURCE, help_text="Por ejemplo: Censo 2017, INE; Casen 2022.",
        error_messages={"required": "Escriba de dónde salen los datos."},
    )  # fmt: skip
    is_active = forms.BooleanField(label="Vigente", required=False, initial=True)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(
            ((code, name) for code, name in territory_names(institution).items() if code),
            key=lambda each: (each[1].casefold(), each[0]),
        )
        self.fields["code"].choices = [("", "Elija"), *named]  # type: ignore[attr-defined]

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `save_territory` takes it."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "ages"}
        return {**data, "ages": [AgeBand(**row) for row in self.cleaned_data["ages"]]}


def filled(row: Territory) -> dict[str, Any]:
    """Return what the form of a territory shows before anything is typed."""
    names = ("code", "year", "people", "women", "men", "area", "rural", "poor", "source", "is_active")
    ages = [{"first": band.first, "last": band.last, "percent": band.percent} for band in row.bands]
    return {**{name: getattr(row, name) for name in names}, "ages": ages}


class TerritoriesForm(Form):
    """A sheet of territories."""

    sheet = SheetField(
        label="Su planilla", most=BYTES, help_text="CSV, XLSX u ODS, hasta 2 MB y 2.000 filas."
    )


class GoalForm(Form):
    """What a body wants of its coverage."""

    most_km = _count(
        "A lo más, kilómetros hasta el punto más cercano", least=1, most=5000,
        help_text="De un territorio sin punto, en línea recta desde su centro.",
    )  # fmt: skip
    most_people = _count("A lo más, habitantes por punto", least=1)
    least_served = _count(
        "Al menos, atenciones al año por cada mil habitantes", least=1, most=10_000,
        help_text="Solicitudes y atenciones en los puntos del territorio, en doce meses.",
    )  # fmt: skip


def goal_filled(row: CoverageGoal) -> dict[str, Any]:
    """Return what the form of goals shows before anything is typed."""
    return {name: getattr(row, name) for name in ("most_km", "most_people", "least_served")}
