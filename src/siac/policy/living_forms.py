# SPDX-License-Identifier: EUPL-1.2
"""The forms of living links and of what the body was given."""

from typing import Any

from django import forms

from siac.organizations.public import Access, colleagues, unit_options
from siac.policy.forms import WebAddress
from siac.policy.models import Achievement, AchievementLabel, AreaLabel, Reference
from siac.ui.forms import AutocompleteSelect, DateField, Form

_HOW_OFTEN = [(3, "Cada tres meses"), (6, "Cada seis meses"), (12, "Cada año"), (24, "Cada dos años")]


class ReferenceForm(Form):
    """A living link."""

    area = forms.ChoiceField(label="Ámbito", choices=AreaLabel.choices)
    name = forms.CharField(
        label="Qué es", max_length=200, help_text="Por ejemplo: plan estratégico 2025-2030.",
        error_messages={"required": "Escriba qué es."},
    )  # fmt: skip
    bearing = forms.CharField(
        label="Cómo se vincula con la calidad", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    url = WebAddress(label="Dirección", max_length=300, required=False, assume_scheme="https")
    document = forms.CharField(
        label="Documento", max_length=200, required=False,
        help_text="Si no tiene dirección: su número o dónde está.",
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(label="Unidad responsable", coerce=int)
    responsible_id = forms.TypedChoiceField(
        label="Persona responsable", coerce=int, empty_value=None, required=False, widget=AutocompleteSelect
    )
    every_months = forms.TypedChoiceField(label="Se revisa", coerce=int, choices=_HOW_OFTEN, initial=12)
    is_active = forms.BooleanField(label="Vigente", required=False, initial=True)

    def __init__(self, access: Access, row: Reference | None, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields} if row else None
        super().__init__(*args, initial=initial, **kwargs)
        units, people = unit_options(access.institution), colleagues(access.institution)
        if row is not None:
            units += [] if row.unit_id in dict(units) else [(row.unit_id, str(row.unit))]
            if row.responsible_id is not None and row.responsible_id not in dict(people):
                people.append((row.responsible_id, str(row.responsible)))
            if row.every_months not in dict(_HOW_OFTEN):
                often = [*_HOW_OFTEN, (row.every_months, f"Cada {row.every_months} meses")]
                self.fields["every_months"].choices = often  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]
        self.fields["responsible_id"].choices = [("", "Nadie en particular"), *people]  # type: ignore[attr-defined]


class AchievementForm(Form):
    """What somebody outside certified of the body, or gave it."""

    level = forms.ChoiceField(label="Qué es", choices=AchievementLabel.choices)
    name = forms.CharField(
        label="Nombre", max_length=200, error_messages={"required": "Escriba cómo se llama."}
    )
    giver = forms.CharField(
        label="Quién lo da", max_length=150, error_messages={"required": "Escriba quién lo da."}
    )
    since = DateField(label="Desde", error_messages={"required": "Escriba desde cuándo."})
    until = DateField(label="Hasta", required=False, help_text="Vacío: no termina.")
    url = WebAddress(label="Dirección", max_length=300, required=False, assume_scheme="https")

    def __init__(self, row: Achievement | None, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields} if row else None
        super().__init__(*args, initial=initial, **kwargs)
