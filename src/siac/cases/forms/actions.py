# SPDX-License-Identifier: EUPL-1.2
"""What an officer fills in to move a case along."""

from typing import Any

from django import forms

from siac.cases.forms.fields import BLANK, FILES_HINT, UploadMixin, VersionedForm, text_field, unit_choices
from siac.cases.models import Outcome
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.organizations.public import Institution, colleagues
from siac.ui.forms import AutocompleteSelect, FilesField, Form


class ClassifyForm(VersionedForm):
    """What the case is about."""

    kind_id = forms.TypedChoiceField(label="Tipo", coerce=int)
    topic_id = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = [(pk, k.name) for pk, k in kinds(institution).items() if k.is_active]  # type: ignore[attr-defined]
        options = [(pk, t.name) for pk, t in topics(institution).items() if t.is_active]
        self.fields["topic_id"].choices = [("", "Sin tema"), *options]  # type: ignore[attr-defined]


class ReferForm(VersionedForm):
    """Which unit gets the case, and why."""

    unit_id = forms.TypedChoiceField(
        label="Unidad", coerce=int, widget=AutocompleteSelect, error_messages={"required": "Elija la unidad."}
    )
    reason = text_field(
        "Nota para la unidad", required=False, hint="La persona no la verá.", limit=2000, rows=3
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [BLANK, *unit_choices(institution)]  # type: ignore[attr-defined]


class AssignForm(VersionedForm):
    """Who works on the case."""

    assignee_id = forms.TypedChoiceField(label="Responsable", required=False, coerce=int, empty_value=None)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee_id"].choices = [("", "Nadie"), *colleagues(institution)]  # type: ignore[attr-defined]


class NoteForm(UploadMixin, Form):
    """A note among staff."""

    body = text_field("Nota interna", hint="La persona no la verá.", limit=4000, rows=4)
    attachments = FilesField(label="Archivos", required=False)


class AskForm(VersionedForm):
    """What the citizen should complete."""

    body = text_field("Qué antecedentes faltan", hint="Se enviará a la persona.", limit=4000, rows=5)


class ExtendForm(VersionedForm):
    """Why the term is extended."""

    reason = text_field(
        "Razones de la ampliación",
        hint="Se comunican a la persona antes del vencimiento.",
        limit=2000,
        rows=4,
    )


class AnswerForm(UploadMixin, VersionedForm):
    """The answer."""

    outcome = forms.ChoiceField(
        label="Resultado",
        choices=[BLANK, *Outcome.choices],
        error_messages={"required": "Elija el resultado."},
    )
    body = text_field("Respuesta", hint="Se enviará a la persona tal como la escriba.", rows=10)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)

    def clean_outcome(self) -> Outcome:
        """Return the outcome as its enum member."""
        return Outcome(self.cleaned_data["outcome"])


class CloseForm(VersionedForm):
    """Nothing but the version."""
