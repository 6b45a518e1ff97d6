# SPDX-License-Identifier: EUPL-1.2
"""The form that asks traits: every question may stay unanswered."""

from typing import Any

from django import forms

from siac.cases.territory import territory_options
from siac.organizations.public import Institution
from siac.people.public import Characteristics
from siac.ui.forms import AutocompleteSelect, Form

UNSAID = ("", "Prefiero no decir")


def _asked(label: str, choices: Any, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[UNSAID, *choices],
        required=False,
        help_text=hint,
        error_messages={"invalid_choice": f"{label}: elija de la lista."},
    )


class TraitsForm(Form):
    """Age, sex, disability, nationality, indigenous people, income, schooling and where somebody lives."""

    age_band = _asked("Edad", Characteristics.AgeBand.choices)
    sex = _asked("Sexo", Characteristics.Sex.choices)
    disability = _asked("¿Tiene una discapacidad?", Characteristics.Answer.choices)
    nationality_group = _asked("Nacionalidad", Characteristics.NationalityGroup.choices)
    indigenous_people = _asked("¿Pertenece a un pueblo originario?", Characteristics.Answer.choices)
    income_band = _asked("¿Cómo le alcanza el ingreso de su hogar?", Characteristics.Income.choices)
    schooling = _asked("Estudios", Characteristics.Schooling.choices, "El nivel más alto que empezó.")
    commune = forms.ChoiceField(
        label="Dónde vive",
        required=False,
        widget=AutocompleteSelect,
        error_messages={"invalid_choice": "Dónde vive: elija de la lista."},
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = lambda: [UNSAID, *territory_options(institution)]  # type: ignore[attr-defined]
        if not institution.country.counts_peoples:
            del self.fields["indigenous_people"]
        for field in self.fields.values():
            field.always_asked = True  # type: ignore[attr-defined]  # «Prefiero no decir» says it

    @property
    def told(self) -> dict[str, str]:
        """What was answered, by trait; empty where nothing was."""
        return {name: value for name, value in self.cleaned_data.items() if value}
