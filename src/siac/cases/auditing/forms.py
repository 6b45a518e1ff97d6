# SPDX-License-Identifier: EUPL-1.2
"""The form of a draw."""

from typing import Any

from django import forms

from siac.cases.auditing.commands import LARGEST
from siac.cases.models import Drawn
from siac.cases.queries import kinds
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, Form


class SampleForm(Form):
    """From which requests, how many, and with which seed."""

    population = forms.TypedChoiceField(
        label="Solicitudes",
        choices=Drawn.choices,
        initial=Drawn.FILED,
        coerce=Drawn,
        widget=forms.RadioSelect,
    )
    first_day = DateField(label="Desde el día", error_messages={"required": "Escriba desde qué día."})
    last_day = DateField(label="Hasta el día", error_messages={"required": "Escriba hasta qué día."})
    kind_id = forms.TypedChoiceField(label="Tipo", required=False, coerce=int, empty_value=None)
    unit_id = forms.TypedChoiceField(
        label="Unidad y las que dependen de ella", required=False, coerce=int, empty_value=None,
        widget=AutocompleteSelect,
    )  # fmt: skip
    size = forms.IntegerField(
        label="Cuántas", min_value=1, max_value=LARGEST, initial=30, help_text=f"Hasta {LARGEST}.",
        error_messages={"required": "Escriba cuántas."},
    )  # fmt: skip
    seed = forms.CharField(
        label="Semilla",
        required=False,
        max_length=64,
        help_text=(
            "Un número o una palabra, elegidos antes de mirar. "
            "Vacía: se sortea una. Con la misma salen las mismas."
        ),
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), kind.name) for pk, kind in kinds(institution).items()]
        self.fields["kind_id"].choices = [("", "Todos"), *named]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [BLANK, *unit_options(institution)]  # type: ignore[attr-defined]
