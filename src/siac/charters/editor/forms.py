# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to write an edition: its charter, parts, services, who took part, its days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import slugify

from siac.catalogue.public import services
from siac.charters.domain.parts import LONGEST, Norm, Part
from siac.charters.models import Charter, CharterEdition
from siac.charters.texts import (
    GroupLabel,
    NormLabel,
    VerdictLabel,
)
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import AutocompleteSelect, DateField, Form, PickedDay, basis_field
from siac.ui.rows import RowForm, RowsField


class CharterForm(Form):
    """A charter: what it is called, whose norm it follows, who is responsible."""

    title = forms.CharField(
        label="Título", max_length=150, error_messages={"required": "Escriba el título."},
        help_text="Como lo verá la gente. Por ejemplo: Carta de matrícula y traslados.",
    )  # fmt: skip
    norm = forms.TypedChoiceField(
        label="Norma que sigue", choices=NormLabel.choices, coerce=Norm, widget=forms.RadioSelect,
        help_text="De ella sale lo que la carta debe decir. Si le falta algo, la página lo avisa.",
    )  # fmt: skip
    responsible_id = forms.TypedChoiceField(
        label="Unidad responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Custodia la carta y sus documentos.",
    )  # fmt: skip

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_id"].choices = [("", "Todavía ninguna"), *unit_options(institution)]  # type: ignore[attr-defined]

    def code(self) -> str:
        """Return the word by which the charter is in addresses."""
        return slugify(self.cleaned_data["title"])[:40].strip("-") or "carta"


def charter_filled(row: Charter) -> dict[str, Any]:
    """Return a charter as its form shows it."""
    return {"title": row.title, "norm": row.norm, "responsible_id": row.responsible_id}


class ArchiveForm(Form):
    """Who keeps the file of an edition."""

    custodian_id = forms.TypedChoiceField(
        label="Unidad que custodia el expediente", coerce=int, widget=AutocompleteSelect,
        error_messages={"required": "Elija la unidad."},
    )  # fmt: skip
    file_code = forms.CharField(
        label="Expediente", max_length=100, required=False, help_text="Su número, o dónde está."
    )
    kept_until = DateField(label="Se conserva hasta", required=False, help_text="Vacío: se conserva siempre.")

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["custodian_id"].choices = [("", "Elija"), *unit_options(institution)]  # type: ignore[attr-defined]


class PartForm(Form):
    """One part of what a charter says."""

    def __init__(self, part: Part, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=part.title, required=False, max_length=LONGEST, initial=edition.texts.get(part.code, ""),
            widget=forms.Textarea(attrs={"rows": 10}),
            help_text=f"{part.hint} Deje una línea en blanco entre párrafos; empiece con «- » cada "
            "línea de una lista.",
        )  # fmt: skip
        self.fields["based_on"] = basis_field(edition.version)


class ServicesForm(Form):
    """Of which services a charter is."""

    service_ids = forms.TypedMultipleChoiceField(
        label="De qué servicios trata", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Su descripción, los puntos de atención y los horarios salen de aquí.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = services(edition.institution).items()
        offered = [(pk, each.name) for pk, each in known if each.is_active or pk in edition.service_ids]
        self.fields["service_ids"].choices = offered  # type: ignore[attr-defined]
        self.fields["service_ids"].initial = edition.service_ids
        self.fields["based_on"] = basis_field(edition.version)


class TookPartRow(RowForm):
    """Somebody who took part in writing a charter."""

    widths = {
        "group": "medium", "who": "wide", "how": "wide", "people": "narrow", "proposed": "line",
        "verdict": "line", "why": "line",
    }  # fmt: skip
    group = forms.ChoiceField(label="Quiénes", choices=GroupLabel.choices)
    who = forms.CharField(label="Cuáles", max_length=150, required=False)
    how = forms.CharField(
        label="Cómo", max_length=150, error_messages={"required": "Diga cómo participaron."}
    )
    on = PickedDay(label="Cuándo", required=False)
    people = forms.IntegerField(label="Personas", min_value=1, max_value=100_000, required=False)
    proposed = forms.CharField(label="Qué propusieron", max_length=500, required=False)
    verdict = forms.ChoiceField(
        label="Qué se hizo", choices=[("", "—"), *VerdictLabel.choices], required=False
    )
    why = forms.CharField(label="Por qué", max_length=500, required=False)

    def has_changed(self) -> bool:
        """Return whether something was written."""
        said = {"who", "how", "people", "proposed", "why"} & set(self.changed_data)
        return bool(said) or bool(self.initial)

    def clean(self) -> dict[str, Any]:
        """Ask for what became of what was proposed."""
        data = super().clean() or {}
        if data.get("proposed") and not data.get("verdict"):
            self.add_error("verdict", "Diga qué se hizo con lo que propusieron.")
        if data.get("verdict") and not data.get("proposed"):
            self.add_error("proposed", "Escriba qué propusieron.")
        if data.get("verdict") in ("partly", "declined") and not data.get("why"):
            self.add_error("why", "Diga por qué no se acogió del todo.")
        return data


class ParticipationForm(Form):
    """Who took part in writing a charter."""

    rows = RowsField(
        TookPartRow, thing="Participación", add="Agregar una participación", limit=60,
        label="Participaciones", help_text="Se publican con la carta: no escriba nombres de personas.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].initial = [
            {**row, "on": date.fromisoformat(row["on"]) if row["on"] else None}
            for row in edition.participation
        ]
        self.fields["based_on"] = basis_field(edition.version)


class DaysForm(Form):
    """From when an edition is valid."""

    valid_from = DateField(
        label="Vigente desde", required=False, help_text="El día en que empieza a obligar."
    )
    revised_by = DateField(
        label="Se revisa antes del", required=False, help_text="Vacío: lo que pide su norma."
    )

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = edition.valid_from
        self.fields["revised_by"].initial = edition.revised_by
        self.fields["based_on"] = basis_field(edition.version)
