# SPDX-License-Identifier: EUPL-1.2
"""The form of a webhook."""

from typing import Any

from django import forms

from siac.journal.public import OutsideEvent, outside_events
from siac.ui.forms import Form


def offered() -> list[OutsideEvent]:
    """Return what programs may be told of: of cases, then of charters and promises, as things happen."""
    return sorted(outside_events().values(), key=lambda event: event.type.partition(".")[0])


class WebhookForm(Form):
    """Where a program is told, and of what."""

    name = forms.CharField(label="Nombre", max_length=80, help_text="Como lo llama su equipo: «Intranet».")
    url = forms.CharField(
        label="Dirección", max_length=500,
        help_text="Empieza con https://. No se envía a redes privadas ni se siguen redirecciones.",
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label="De qué se le avisa",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos un hecho."},
        help_text="Solo folios, códigos y enlaces: nunca datos de personas ni solicitudes reservadas.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["events"]
        field.choices = [(event.type, event.title) for event in offered()]
