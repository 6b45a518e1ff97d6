# SPDX-License-Identifier: EUPL-1.2
"""The forms of programmes and packs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from siac.programme.models import VerdictLabel
from siac.ui.forms import Form


class OpenForm(Form):
    """Which programme, of which year."""

    guide = forms.ChoiceField(label="Qué programa", error_messages={"required": "Elija el programa."})
    year = forms.IntegerField(
        label="Año", min_value=2000, max_value=2100,
        error_messages={"required": "Escriba el año.", "invalid": "Escriba el año con cuatro cifras."},
    )  # fmt: skip

    def __init__(self, guides: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guide"].choices = guides  # type: ignore[attr-defined]


class ReviewForm(Form):
    """What somebody says of a pack."""

    verdict = forms.ChoiceField(
        label="¿Muestra lo que pide el requisito?", choices=VerdictLabel.choices, widget=forms.RadioSelect,
        error_messages={"required": "Diga si es conforme."},
    )  # fmt: skip
    words = forms.CharField(
        label="Observaciones", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Qué falta o qué no concuerda. Obligatorio si tiene observaciones.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
