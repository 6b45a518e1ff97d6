# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about work that people of the house share on a case."""

from typing import Any

from django import forms

from siac.cases.teamwork.commands import TASK_LIMIT
from siac.documents.public import UploadMixin
from siac.organizations.public import Institution, colleagues, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, FilesField, Form, text_field

PERSON, UNIT = "persona", "unidad"


class TaskForm(Form):
    """Something to do on a case; cleans `who` to `user_id` or `unit_id`."""

    text = text_field("Qué hay que hacer", missing="Escriba qué hay que hacer.", limit=TASK_LIMIT, rows=2)
    who = forms.ChoiceField(
        label="Quién", widget=AutocompleteSelect, error_messages={"required": "Elija quién."}
    )
    due_on = DateField(label="Hasta el")

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(f"{PERSON}:{pk}", name) for pk, name in colleagues(institution)]
        units = [(f"{UNIT}:{pk}", name) for pk, name in unit_options(institution)]
        self.fields["who"].choices = [BLANK, ("Personas", people), ("Unidades", units)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Tell a person from a unit."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        sort, _, pk = data.pop("who", "").partition(":")
        return {
            **data,
            "user_id": int(pk) if sort == PERSON else None,
            "unit_id": int(pk) if sort == UNIT else None,
        }


class NoteForm(UploadMixin, Form):
    """A note among staff."""

    body = text_field(
        "Nota interna",
        missing="Escriba la nota.",
        hint="La persona no la verá. Con @ y su nombre avisa a alguien del equipo, por ejemplo: @Ana Soto.",
        limit=4000,
        rows=4,
    )
    attachments = FilesField(label="Archivos", required=False)
