# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to take an edition a step further."""

from datetime import date
from typing import Any

from django import forms

from siac.charters.models import CharterEdition
from siac.charters.sealing import standing
from siac.charters.texts import (
    VerdictLabel,
)
from siac.ui.forms import DateField, Form


class PrepublishForm(Form):
    """Until when everybody may comment a draft."""

    until = DateField(
        label="Comentarios hasta el", error_messages={"required": "Escriba el día."},
        help_text="Quince días corridos es lo usual.",
    )  # fmt: skip


def _seen_field(edition: CharterEdition) -> forms.CharField:
    """Return the hidden field that says what whoever opened the page could read."""
    return forms.CharField(required=False, widget=forms.HiddenInput, initial=standing(edition))


class ReviewForm(Form):
    """What a reviewer says."""

    is_favourable = forms.TypedChoiceField(
        label="Su opinión", choices=[("si", "Favorable"), ("no", "Debe corregirse")],
        widget=forms.RadioSelect, coerce=lambda value: value == "si",
        error_messages={"required": "Elija una opción."},
    )  # fmt: skip
    words = forms.CharField(
        label="Observaciones", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si debe corregirse, diga qué: la edición vuelve a borrador.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = _seen_field(edition)


class ApproveForm(Form):
    """The act by which an edition is approved."""

    act = forms.CharField(
        label="Acto que la aprueba", max_length=150, error_messages={"required": "Escriba el acto."},
        help_text="Por ejemplo: Resolución exenta N.º 123.",
    )  # fmt: skip
    approved_on = DateField(label="Fecha del acto", error_messages={"required": "Escriba la fecha."})

    def __init__(self, edition: CharterEdition, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].initial = today
        self.fields["seen"] = _seen_field(edition)


class ReasonForm(Form):
    """Why an edition is given up."""

    reason = forms.CharField(
        label="Por qué", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué."},
    )  # fmt: skip


class WithdrawForm(ReasonForm):
    """When and why the edition in force ends."""

    last_on = DateField(
        label="Último día de vigencia", error_messages={"required": "Escriba el día."},
        help_text="Lo que se ingrese hasta ese día conserva lo prometido.",
    )  # fmt: skip
    field_order = ("last_on", "reason")


class AnswerForm(Form):
    """What becomes of a comment."""

    verdict = forms.ChoiceField(
        label="Qué se hace", choices=VerdictLabel.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija una opción."},
    )  # fmt: skip
    answer = forms.CharField(
        label="Respuesta", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Escriba la respuesta."},
        help_text="Se publica junto al comentario.",
    )  # fmt: skip
    is_shown = forms.BooleanField(
        label="Mostrar el comentario en el portal", required=False, initial=True,
        help_text="Desmárquelo si nombra a personas u ofende: se publica solo la respuesta.",
    )  # fmt: skip
