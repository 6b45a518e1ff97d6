# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to note an absence."""

from collections.abc import Sequence
from typing import Any

from django import forms

from siac.ui.forms import DateField, Form


class AbsenceForm(Form):
    """Who is away, from when to when, and who does their work meanwhile."""

    user_id = forms.TypedChoiceField(label="Quién estará ausente", coerce=int)
    starts_on = DateField(label="Primer día")
    ends_on = DateField(label="Último día")
    substitute_id = forms.TypedChoiceField(
        label="Quién reemplaza",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Verá esas solicitudes en «Mías». Debe trabajar ya con las de la misma unidad.",
    )

    def __init__(
        self,
        people: Sequence[tuple[int, str]],
        substitutes: Sequence[tuple[int, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = people  # type: ignore[attr-defined]
        self.fields["substitute_id"].choices = [("", "Nadie"), *substitutes]  # type: ignore[attr-defined]
