# SPDX-License-Identifier: EUPL-1.2
"""The forms of summaries."""

from datetime import date
from typing import Any

from django import forms

from siac.indicators.public import Length, containing, window_name
from siac.reporting.models import EveryLabel
from siac.ui.forms import Form

_OFFERED = ((Length.MONTH, 6), (Length.QUARTER, 4), (Length.YEAR, 2))
"""How many periods of each length are offered, the one that runs the first."""


def periods(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods that a summary can be of, by their length; codes as the form sends them."""
    titles = {Length.MONTH: "Mes", Length.QUARTER: "Trimestre", Length.YEAR: "Año"}
    found = []
    for length, count in _OFFERED:
        now = containing(length, today, today=today)
        windows = [now.moved(-back, today=today) for back in range(count)]
        options = [
            (f"{length.value}:{each.first}", f"{window_name(each)}{' (en curso)' if each.is_running else ''}")
            for each in windows
        ]
        found.append((titles[length], options))
    return found


class AskForm(Form):
    """Of which period a summary is to be made."""

    period = forms.ChoiceField(
        label="Período", error_messages={"invalid_choice": "Elija un período de la lista."}
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods(today)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[Length, date]:
        """The length and a day of the period, once it is valid."""
        length, _, first = self.cleaned_data["period"].partition(":")
        return Length(length), date.fromisoformat(first)


class ScheduleForm(Form):
    """How often a summary is made by itself."""

    every = forms.ChoiceField(
        label="Hacerlo por sí solo",
        required=False,
        choices=EveryLabel.choices,
        help_text="Seis días después de terminar el período, con aviso a la dirección.",
    )
