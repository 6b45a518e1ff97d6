# SPDX-License-Identifier: EUPL-1.2
"""The forms of a demand plan."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from siac.indicators.models import DemandBasis, StaffingNeed
from siac.ui.forms import DateField, Form, PickedDay, SheetField
from siac.ui.rows import RowForm, RowsField

BYTES = 5 * 1024 * 1024
_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]?([03]0)")


class DaysRow(RowForm):
    """Days from one to another."""

    widths = {"first": "medium", "last": "medium"}
    first = PickedDay(label="Desde", error_messages={"required": "Escriba el primer día."})
    last = PickedDay(label="Hasta", required=False)

    def clean(self) -> dict[str, Any]:
        """Check that it does not end before it begins."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Termina antes de empezar.")
        return data


class BasisForm(Form):
    """What a body knows of its demand that its register does not say."""

    own_since = DateField(
        label="Su registro está completo desde", required=False,
        help_text="Vacío: desde el primer mes entero con solicitudes. De antes valen las planillas.",
    )  # fmt: skip
    gaps = RowsField(
        DaysRow, label="Días sin registro", thing="Período", add="Agregar días", limit=100, ordered=False,
        help_text="Nadie sabe qué llegó: un sistema caído, un libro perdido. Sin «hasta»: solo ese día.",
    )  # fmt: skip
    breaks = RowsField(
        DaysRow, label="Vacaciones escolares", thing="Período", add="Agregar vacaciones", limit=100,
        ordered=False,
        help_text="Las pasadas enseñan cuánto cambian la demanda; las que vienen la cambian en el plan.",
    )  # fmt: skip

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `save_basis` takes it."""
        data = self.cleaned_data
        return {
            "own_since": data["own_since"],
            **{name: [(row["first"], row["last"] or row["first"]) for row in data[name]] for name in _DAYS},
        }


_DAYS = ("gaps", "breaks")


def filled(basis: DemandBasis) -> dict[str, Any]:
    """Return what the form shows before anything is typed."""
    rows = {
        name: [
            {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
            for first, last in getattr(basis, name)
        ]
        for name in _DAYS
    }
    return {"own_since": basis.own_since, **rows}


class PastForm(Form):
    """A sheet of demand from before the register."""

    sheet = SheetField(
        label="Su planilla", most=BYTES, help_text="CSV, XLSX u ODS, hasta 5 MB y 20.000 filas."
    )


class YearForm(Form):
    """The year of a plan."""

    year = forms.TypedChoiceField(label="Año", coerce=int, widget=forms.RadioSelect)

    def __init__(self, years: Sequence[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class ArrivalsRow(RowForm):
    """How many come in a half hour."""

    widths = {"at": "narrow", "count": "narrow"}
    at = forms.CharField(
        label="Media hora desde", max_length=5,
        error_messages={"required": "Escriba la hora, por ejemplo 09:00 o 09:30."},
    )  # fmt: skip
    count = forms.IntegerField(
        label="Llegan", min_value=0, max_value=2000,
        error_messages={"required": "Escriba cuántas personas llegan.", "invalid": "Escriba un número."},
    )  # fmt: skip

    def clean_at(self) -> str:
        """Return the half hour as 09:30."""
        match = _TIME.fullmatch(self.cleaned_data["at"].strip())
        if match is None:
            raise forms.ValidationError("Escriba la hora o la media hora, por ejemplo 09:00 o 09:30.")
        return f"{int(match[1]):02}:{match[2]}"

    def key(self) -> str:
        """Return the half hour: it stands once."""
        return str(self.cleaned_data["at"])


def _minutes(label: str, *, initial: Any = None, least: float = 0, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=4, decimal_places=1, min_value=least, max_value=480, localize=True,
        initial=initial, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": "Escriba los minutos.", "invalid": "Escriba un número, por ejemplo 7,5.",
            "min_value": "Escriba un número mayor.", "max_value": "Escriba a lo más 480 minutos.",
        },
        **kwargs,
    )  # fmt: skip


def _percent(label: str, initial: int, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, initial=initial, min_value=kwargs.pop("least", 0), max_value=most,
        error_messages={"required": "Escriba un porcentaje.", "invalid": "Escriba un número entero."},
        **kwargs,
    )  # fmt: skip


class StaffingForm(Form):
    """A phone or a counter on a typical day."""

    name = forms.CharField(
        label="Puesto", max_length=80, help_text="Por ejemplo: teléfono, mesón de la oficina central.",
        error_messages={"required": "Escriba el nombre del puesto."},
    )  # fmt: skip
    arrivals = RowsField(
        ArrivalsRow, label="Cuántas personas llegan o llaman en un día típico", thing="Media hora",
        add="Agregar media hora", limit=48, ordered=False, repeated="Esa media hora está dos veces.",
    )  # fmt: skip
    minutes = _minutes("Minutos que toma una atención", least=0.1)
    patience = _minutes(
        "Minutos que la gente espera antes de irse", initial=0,
        help_text="0: espera lo que haga falta.",
    )  # fmt: skip
    percent = _percent("Atender a este porcentaje", 80, 99, least=1)
    within = _minutes("En a lo más estos minutos de espera", initial=10)
    shrinkage = _percent(
        "Porcentaje del tiempo en que una persona no está en el puesto", 30, 80,
        help_text="Descansos, capacitación, licencias, vacaciones.",
    )  # fmt: skip

    def clean_arrivals(self) -> list[list[Any]]:
        """Return the half hours in their order; one at least."""
        rows = sorted([row["at"], row["count"]] for row in self.cleaned_data["arrivals"])
        if not rows:
            raise forms.ValidationError("Agregue al menos una media hora.")
        return rows


def staffing_filled(row: StaffingNeed) -> dict[str, Any]:
    """Return what the form of a phone or counter shows before anything is typed."""
    names = ("name", "minutes", "patience", "percent", "within", "shrinkage")
    return {
        **{name: getattr(row, name) for name in names},
        "arrivals": [{"at": at, "count": count} for at, count in row.arrivals],
    }
