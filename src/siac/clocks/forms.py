# SPDX-License-Identifier: EUPL-1.2
"""Shape of what staff type about calendars and terms; the commands decide."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.closures import closed_days
from siac.clocks.domain.refusals import Code
from siac.clocks.domain.rules import Rule
from siac.clocks.models import OwnRule
from siac.clocks.texts import DAY_KINDS, REFUSALS, amount_text
from siac.countries.public import COUNTRIES
from siac.kernel.errors import Refused
from siac.ui.forms import AutocompleteSelect, DateField, Form, basis_field
from siac.ui.public import refusal_text

CHANNELS = [
    ("web", "Por internet"),
    ("desk", "En la oficina"),
    ("libro", "Libro de Reclamaciones"),
    ("mesa", "Mesa digital"),
    ("oficio", "De oficio: lo inicia el organismo"),
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
    Code.CALENDAR_NOT_WHOLE: "on",
    Code.CONFIRM_YEAR: "year",
    Code.PAUSE_BEFORE_START: "asked_on",
    Code.PAUSE_AFTER_END: "asked_on",
    Code.ANSWERED_BEFORE_ASKED: "answered_on",
    Code.OWN_CODE_TAKEN: "code",
    Code.OWN_NAMELESS: "name",
    Code.OWN_BASE: "base_rule",
    Code.OWN_TOO_LONG: "amount",
    Code.OWN_EXTENSION: "extended",
    Code.OWN_EXTENSION_TOO_LONG: "extended",
    Code.OWN_EXTENSION_FORBIDDEN: "extended",
    Code.OWN_FROM: "valid_from",
    Code.CLOSURE_REVERSED: "until",
    Code.CLOSURE_TOO_LONG: "until",
    Code.CLOSURE_ON_WEEKEND: "since",
}


class ClockForm(Form):
    """A form that words the refusals of clocks beside the field they are about."""

    def show(self, refused: Refused, name: str = "") -> None:
        """Show a refusal, beside its field where the form has it, or the field `name`."""
        if refused.code not in REFUSALS:  # of a lower context
            self.refuse(refusal_text(refused))
            return
        name = name or _FIELDS.get(Code(refused.code), "")
        name = "since" if name == "day" and "since" in self.fields else name
        words = {
            key: amount_text(value) if isinstance(value, Amount) else value
            for key, value in refused.context.items()
        }
        self.refuse(REFUSALS[refused.code].format(**words), name if name in self.fields else None)


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
        # Why only days that a norm declares may be closed; empty: the body may declare its own.
        self.decreed_only = COUNTRIES[country].counting.no_own_closures
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


class ConfirmForm(ClockForm):
    """Which year of a calendar was read in its gazette, and where."""

    year = forms.IntegerField(
        label="Año que se confirma",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Escriba el año.", "invalid": "Escriba el año con cuatro cifras."},
    )
    source = forms.CharField(
        label="Boletín en que se publicaron",
        help_text="Por ejemplo, BOCM de 14 de octubre de 2026.",
        max_length=200,
        error_messages={"required": "Escriba dónde se publicaron."},
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


class OwnRuleForm(ClockForm):
    """A rule that a body gives itself, and a day to try it on."""

    name = forms.CharField(label="Nombre", max_length=120, help_text="Como lo verán las personas.")
    code = forms.SlugField(
        label="Código",
        max_length=24,
        help_text="Corto y sin espacios, por ejemplo: ordenanza-quejas. No cambia después.",
    )
    document = forms.CharField(
        label="Documento que la fija",
        max_length=200,
        help_text="Por ejemplo: Ordenanza 12 de 2024, artículo 8.",
    )
    url = forms.URLField(
        label="Dirección del documento", required=False, max_length=300, assume_scheme="https"
    )
    base_rule = forms.ChoiceField(
        label="Norma de la que depende",
        required=False,
        widget=AutocompleteSelect,
        help_text=(
            "Si la hay, el plazo va dentro de ella y lo demás (inicio, detención, "
            "recursos) es de ella. Sin norma, sirve para el plazo que promete."
        ),
    )
    amount = forms.IntegerField(label="Plazo", min_value=1, max_value=250)
    unit = forms.ChoiceField(label="Se cuenta en", choices=OwnRule.Length.choices)
    extended = forms.IntegerField(
        label="Plazo ya ampliado",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Entero, si la norma permite ampliar.",
    )
    waits = forms.BooleanField(
        label="Se detiene mientras se espera a la persona", required=False, initial=True
    )
    shifts = forms.BooleanField(
        label="Lo que llega fuera de horario cuenta desde el día hábil siguiente",
        required=False,
        initial=True,
    )
    valid_from = DateField(
        label="Rige desde", required=False, help_text="Solo al cambiarla. Los plazos en curso no cambian."
    )
    on = DateField(label="Llega el", required=False)
    at = forms.TimeField(label="Hora", required=False, help_text="Por ejemplo, 16:30.")
    based_on = basis_field(None)

    def __init__(
        self, *args: Any, bases: Sequence[Rule], country: str, row: OwnRule | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (
                rule.id,
                f"{rule.name}, {amount_text(rule.ceiling or rule.amount, country)} a lo más · {rule.law}",
            )
            for rule in bases
            if rule.amount
        ]
        base: Any = self.fields["base_rule"]
        base.choices = [("", "Ninguna"), *choices]
        for name in ("amount", "extended"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-4"
        if row is None:
            del self.fields["valid_from"]
            return
        del self.fields["code"], self.fields["base_rule"]
        self.fields["based_on"].initial = row.version
        for name in ("name", "document", "url", "amount", "unit", "extended", "waits", "shifts"):
            self.fields[name].initial = getattr(row, name)
        self.fields["valid_from"].required = True
        self.fields["valid_from"].error_messages["required"] = "Escriba desde cuándo rige el cambio."

    def lengths(self) -> tuple[Amount, Amount | None]:
        """Return the term and the extended one."""
        data = self.cleaned_data
        unit = Unit(data["unit"])
        return Amount(data["amount"], unit), Amount(data["extended"], unit) if data["extended"] else None
