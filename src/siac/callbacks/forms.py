# SPDX-License-Identifier: EUPL-1.2
"""The forms of a call to return."""

from datetime import datetime
from typing import Any

from django import forms

from siac.callbacks.commands.calling import MOST_REASON
from siac.callbacks.commands.promising import MOST_ATTEMPTS
from siac.callbacks.domain.states import OFFERED
from siac.cases.public import Attention, Channel
from siac.catalogue.public import topics
from siac.clocks.public import amount_text, parse_amount
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_options
from siac.people.public import PersonData, clean_person
from siac.ui.forms import AutocompleteSelect, Form
from siac.ui.public import refusal_text

WITHIN = [(code, f"Dentro de {amount_text(parse_amount(code))}") for code in OFFERED]


def _within(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=WITHIN, error_messages={"required": "Elija dentro de cuánto se llamará."}
    )


class PromiseForm(Form):
    """Within what time somebody is called."""

    within = _within("Se le llama")


class CallerForm(PromiseForm):
    """Whom to call, about what, and by when; the rest is as it was last."""

    field_order = ("phone", "name", "subject", "within", "unit", "topic")
    phone = forms.CharField(
        label="Teléfono", max_length=40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": "Escriba el teléfono al que se llamará."},
    )  # fmt: skip
    name = forms.CharField(label="Por quién preguntar", max_length=100, required=False)
    subject = forms.CharField(
        label="De qué se trata", max_length=200, required=False,
        help_text="En pocas palabras, sin nombres ni documentos.",
    )  # fmt: skip
    unit = forms.TypedChoiceField(
        label="Unidad que llama", coerce=int, error_messages={"required": "Elija la unidad que llama."}
    )
    topic = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        self.fields["unit"].choices = unit_options(institution)  # type: ignore[attr-defined]
        known = [(pk, topic.name) for pk, topic in topics(institution).items() if topic.is_active]
        self.fields["topic"].choices = [("", ""), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the telephone and the name."""
        data = super().clean() or {}
        self.told: PersonData | None = None
        if data.get("phone"):
            try:
                self.told = clean_person(PersonData(given_names=data.get("name", ""), phone=data["phone"]))
            except Refused as refused:
                self.add_error("phone", refusal_text(refused))
        return data

    def attention(self, *, now: datetime) -> Attention:
        """Return the call in which it was promised, of now."""
        data = self.cleaned_data
        return Attention(
            channel=Channel.PHONE, unit_id=data["unit"], begun_at=now, topic_id=data["topic"],
            subject=data["subject"], is_resolved=False,
        )  # fmt: skip


class WithdrawForm(Form):
    """Why a call need not be made any more."""

    reason = forms.CharField(
        label="Por qué ya no se llama", max_length=MOST_REASON,
        help_text="Por ejemplo: vino a la oficina. Sin nombres.",
        error_messages={"required": "Escriba por qué ya no se llama."},
    )  # fmt: skip


class RuleForm(Form):
    """Within what time a body returns calls."""

    within = _within("Plazo usual")
    attempts = forms.IntegerField(
        label="Llamadas sin respuesta antes de dejar de llamar", min_value=1, max_value=MOST_ATTEMPTS,
        error_messages={"required": "Escriba cuántas.", "invalid": "Escriba un número entero."},
    )  # fmt: skip
