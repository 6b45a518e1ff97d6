# SPDX-License-Identifier: EUPL-1.2
"""Forms of the index of reserved acts."""

from typing import Any

from django import forms

from siac.cases.forms.fields import VersionedForm
from siac.cases.models import ReserveCause
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, Form, text_field


class ReserveForm(VersionedForm):
    """What the index says of an act or document; public, so it names neither content nor persons."""

    act = forms.CharField(
        label="Acto o documento", max_length=300, error_messages={"required": "Escriba cómo se llama."},
        help_text="Su nombre, como lo leerá el público: sin lo que está reservado ni nombres de personas.",
    )  # fmt: skip
    dated_on = DateField(label="Fecha del acto o documento", required=False)
    part = forms.CharField(
        label="Parte reservada",
        required=False,
        max_length=300,
        help_text="En blanco si es todo el documento.",
    )
    cause = forms.ChoiceField(
        label="Causal (Ley 20.285)",
        choices=[BLANK, *ReserveCause.choices],
        error_messages={"required": "Elija la causal."},
    )
    basis = forms.CharField(
        label="Otra norma en que se funda",
        required=False,
        max_length=300,
        help_text="Necesaria si la causal es el N.º 5.",
    )
    resolution = forms.CharField(
        label="Acto que declara la reserva", max_length=120, help_text="Por ejemplo: Resolución exenta 123.",
        error_messages={"required": "Escriba qué acto la declara."},
    )  # fmt: skip
    resolved_on = DateField(label="Fecha de ese acto", error_messages={"required": "Escriba la fecha."})
    reserved_from = DateField(label="Reservado desde", error_messages={"required": "Escriba desde qué día."})
    reserved_until = DateField(
        label="Reservado hasta", required=False, help_text="En blanco si no tiene fecha de término."
    )
    unit_id = forms.TypedChoiceField(
        label="Unidad que lo tiene", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [BLANK, *unit_options(institution)]  # type: ignore[attr-defined]

    def clean_cause(self) -> ReserveCause:
        """Give the cause as the code it is."""
        return ReserveCause(self.cleaned_data["cause"])

    def clean(self) -> dict[str, Any]:
        """Check that N.º 5 names the law it refers to, where that field is."""
        data = super().clean() or {}
        if data.get("cause") == ReserveCause.QUORUM and not data.get("basis") and "basis" not in self.errors:
            self.add_error("basis", "Escriba la ley de quórum calificado.")
        first, last = data.get("reserved_from"), data.get("reserved_until")
        if first and last and last < first:
            self.add_error("reserved_until", "Escriba un día posterior al primero.")
        return data


class EndReserveForm(Form):
    """Why a reserve ends."""

    reason = text_field(
        "Motivo",
        rows=3,
        limit=300,
        missing="Escriba por qué termina.",
        hint="Quién la terminó y este motivo quedan en el registro.",
    )
