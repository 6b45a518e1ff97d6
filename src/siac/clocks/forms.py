# SPDX-License-Identifier: EUPL-1.2
"""Shape of what staff type about calendars and terms; the commands decide."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from siac.clocks.domain.closures import closed_days
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import Rule
from siac.clocks.texts import DAY_KINDS, REFUSALS, amount_text
from siac.kernel.errors import Refused
from siac.ui.forms import DateField, Form

CHANNELS = [
    ("web", "Por internet"),
    ("desk", "En la oficina"),
    ("libro", "Libro de Reclamaciones"),
    ("mesa", "Mesa digital"),
]
_FIELDS = {
    Code.REASON_MISSING: "reason",
    Code.DAY_ALREADY_THERE: "day",
    Code.DAY_OUTSIDE_LAYER: "day",
    Code.OWN_CLOSURE_FORBIDDEN: "kind",
    Code.UNKNOWN_LAYER: "layer",
    Code.NOT_EXTENDABLE: "extended",
    Code.NOT_SUSPENDED_BY_RULE: "asked_on",
    Code.RULE_NOT_IN_FORCE: "on",
    Code.OUTSIDE_COVERAGE: "on",
    Code.PAUSE_BEFORE_START: "asked_on",
    Code.PAUSE_AFTER_END: "asked_on",
    Code.ANSWERED_BEFORE_ASKED: "answered_on",
    Code.CLOSURE_REVERSED: "until",
    Code.CLOSURE_TOO_LONG: "until",
    Code.CLOSURE_ON_WEEKEND: "since",
}


class ClockForm(Form):
    """A form that words the refusals of clocks beside the field they are about."""

    def show(self, refused: Refused) -> None:
        """Show a refusal, beside its field where the form has it."""
        name = _FIELDS.get(Code(refused.code), "")
        name = "since" if name == "day" and "since" in self.fields else name
        self.refuse(REFUSALS[refused.code].format(**refused.context), name if name in self.fields else None)


class DayForm(ClockForm):
    """A day off to add: where, when, why."""

    layer = forms.ChoiceField(label="Calendario")
    day = DateField(label="Fecha", help_text="Por ejemplo, 20 11 2026.")
    name = forms.CharField(label="Nombre", help_text="Como lo verán las personas.", max_length=120)
    kind = forms.ChoiceField(label="Tipo", choices=list(DAY_KINDS.items()), widget=forms.RadioSelect)
    source = forms.CharField(
        label="Norma o resolución", help_text="Por ejemplo, DS 42-2025-PCM.", max_length=200
    )
    reason = forms.CharField(
        label="Motivo del cambio", widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )

    def __init__(self, *args: Any, layers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layer"].choices = list(layers)  # type: ignore[attr-defined]


WHOLE = "todo"
"""Where a closure is that concerns the whole body and not one unit."""


class ClosureForm(ClockForm):
    """A strike, a cut or a closure, on one screen: where, which days, why."""

    where = forms.ChoiceField(label="¿Dónde?", initial=WHOLE)
    since = DateField(label="Primer día")
    until = DateField(label="Último día", required=False, help_text="Vacío si es un solo día.")
    name = forms.CharField(
        label="Motivo",
        help_text="Como lo verán las personas. Por ejemplo, Paro nacional.",
        max_length=120,
        error_messages={"required": "Escriba el motivo."},
    )
    source = forms.CharField(
        label="Resolución o aviso que lo respalda",
        help_text="Por ejemplo, Resolución exenta 512.",
        max_length=200,
        error_messages={"required": "Escriba qué lo respalda."},
    )

    def __init__(
        self, *args: Any, body: str, country: str, units: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decreed_only = country == "PE"
        where: Any = self.fields["where"]
        where.choices = [(WHOLE, f"Todo {body}"), *((str(pk), name) for pk, name in units)]
        if self.decreed_only:
            where.choices = where.choices[:1]
            self.fields["source"].label = "Norma que declara el día no laborable"
            self.fields["source"].help_text = "Por ejemplo, DS 042-2025-PCM."

    def days(self) -> list[date]:
        """Return the business days it closes.

        Raises:
            Refused: as `closed_days`.
        """
        data = self.cleaned_data
        return closed_days(data["since"], data["until"] or data["since"])


class RevokeForm(ClockForm):
    """Why a day stops being off."""

    reason = forms.CharField(
        label="Motivo de la anulación", widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )


class TryForm(ClockForm):
    """An event whose term someone wants to see."""

    rule = forms.ChoiceField(label="Regla")
    on = DateField(label="Fecha del hecho")
    at = forms.TimeField(label="Hora", required=False, help_text="Por ejemplo, 16:30.")
    channel = forms.ChoiceField(label="Canal", choices=CHANNELS)
    extended = forms.BooleanField(label="Con ampliación", required=False)
    asked_on = DateField(label="Se pidieron antecedentes el", required=False)
    answered_on = DateField(label="Llegaron el", required=False)

    def __init__(self, *args: Any, rules: Sequence[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {rule.id: rule for rule in rules if rule.amount}
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            (rule.id, f"{rule.name} ({amount_text(rule.amount, rule.country)})")
            for rule in names.values()
            if rule.amount
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for both dates of a pause or none."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("asked_on")) != bool(data.get("answered_on")) and not self.errors:
            self.add_error(
                "answered_on" if data.get("asked_on") else "asked_on", "Escriba las dos fechas o ninguna."
            )
        return data

    def pauses(self) -> list[tuple[Any, Any]]:
        """Return the pause as the rules take it."""
        data = self.cleaned_data
        return [(data["asked_on"], data["answered_on"])] if data["asked_on"] else []
