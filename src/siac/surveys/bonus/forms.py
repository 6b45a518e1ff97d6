# SPDX-License-Identifier: EUPL-1.2
"""What is asked for a list of the staff."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from siac.surveys.forms import LARGEST_SHEET
from siac.ui.forms import Form, PickedDay, SheetField

_CODES = ("invalid", "max_digits", "max_whole_digits", "max_decimal_places", "min_value", "max_value")


_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)


class AmountField(forms.DecimalField):
    """An amount as people write it: «23.309,56», with or without the points."""

    def to_python(self, value: Any) -> Any:
        """Return the amount."""
        typed = str(value).strip()
        return super().to_python(typed.replace(".", "") if _GROUPED.fullmatch(typed) else value)


def _amount(label: str, most: str, *, least: str = "0.01", hint: str = "") -> AmountField:
    wrong = f"Escriba un número de {least.replace('.', ',')} a {most}, con hasta dos decimales."
    return AmountField(
        label=label, help_text=hint, min_value=Decimal(least), max_value=Decimal(most), max_digits=9,
        decimal_places=2, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": "Escriba un número.", **dict.fromkeys(_CODES, wrong)},
    )  # fmt: skip


class RollForm(Form):
    """A sheet of the staff, for which year, when it is paid, and what it comes to."""

    file = SheetField(
        label="Planilla",
        most=LARGEST_SHEET,
        help_text="CSV, XLSX u ODS con las columnas «código», «nombre», «desde» y «hasta»: una fila por "
        "período servido. «Hasta» vacío: sigue en servicio.",
    )
    year = forms.IntegerField(
        label="Año evaluado", min_value=2010, max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Escriba el año.", "invalid": "Escriba el año.",
            "min_value": "La ley rige desde 2010.", "max_value": "Escriba un año hasta 2200.",
        },
    )  # fmt: skip
    paid_on = PickedDay(label="Día del pago")
    percent = _amount(
        "Qué parte del bono se paga",
        "100",
        least="0",
        hint="Por ciento, según lo que creció la satisfacción.",
    )
    uf_then = _amount("UF del 1 de enero de 2014, en pesos", "1000000")
    uf_now = _amount("UF del mes del pago, en pesos", "1000000")
