# SPDX-License-Identifier: EUPL-1.2
"""What an officer fills in to file for someone else."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from siac.cases.forms.fields import (
    OfferedField,
    QuestionsMixin,
    document_options,
    question_field,
    typed_person,
)
from siac.cases.models import Channel
from siac.cases.queries import kinds
from siac.catalogue.public import services, topics
from siac.documents.public import FILES_HINT, UploadMixin
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_options
from siac.people.public import PersonData, clean_document
from siac.servicepoints.public import service_points
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, FilesField, Form, text_field
from siac.ui.public import refusal_text

_CONTACT = ("document_type", "document_number", "email", "phone")


class StaffFilingForm(UploadMixin, QuestionsMixin, Form):
    """One screen to file for someone else: what is always needed first, the rest optional."""

    kind = forms.TypedChoiceField(
        label="Tipo",
        coerce=int,
        error_messages={"required": "Elija el tipo."},
        widget=forms.Select(
            attrs={
                "hx-get": "",
                "hx-select": "#preguntas",
                "hx-target": "#preguntas",
                "hx-swap": "outerHTML",
                "hx-trigger": "change",
            }
        ),
    )
    channel = forms.ChoiceField(label="Canal", choices=[])
    body = text_field("Qué pide o qué pasó", rows=5, missing="Escriba qué pide o qué pasó.")
    given_names = forms.CharField(label="Nombres", max_length=100, required=False)
    family_names = forms.CharField(label="Apellidos", max_length=100, required=False)
    legal_name = forms.CharField(label="Organización", max_length=150, required=False)
    document_type = forms.ChoiceField(label="Tipo de documento", required=False)
    document_number = forms.CharField(label="Documento", max_length=30, required=False)
    email = forms.EmailField(
        label="Correo",
        required=False,
        max_length=254,
        error_messages={"invalid": "Escriba un correo completo."},
    )
    phone = forms.CharField(label="Teléfono", max_length=40, required=False)
    address = forms.CharField(label="Dirección postal", max_length=200, required=False)
    topic = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    unit = forms.TypedChoiceField(
        label="Derivar a", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    service_point = forms.TypedChoiceField(
        label="Punto de atención", required=False, coerce=int, empty_value=None
    )
    service = forms.TypedChoiceField(
        label="Servicio o trámite", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    received_on = DateField(
        label="Recibida el", required=False, help_text="Solo si no es hoy, por ejemplo una carta."
    )
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)
    answer = text_field(
        "Qué se le respondió",
        required=False,
        hint="Queda como respuesta dada por teléfono o en persona, y la solicitud se cierra.",
        limit=4000,
        rows=4,
    )
    suggested_topic = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    suggested_unit = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    offered_topic = OfferedField()
    offered_unit = OfferedField()

    CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.LETTER, Channel.EMAIL)

    def __init__(self, institution: Institution, *args: Any, kind_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        chosen = next((kind for pk, kind in kinds(institution).items() if str(pk) == kind_id), None)
        self.questions = chosen.parsed_questions() if chosen else ()
        for question in self.questions:
            field = question_field(question)
            field.required = False  # a call or a letter does not answer a form
            self.fields[f"q_{question.code}"] = field
        for name in ("given_names", "family_names", "document_number", "email", "phone"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(c.value, c.label) for c in self.CHANNELS]  # type: ignore[attr-defined]
        self._choices(lambda: ((pk, k.name) for pk, k in kinds(institution).items() if k.is_active), "kind")
        self._choices(
            lambda: ((pk, t.name) for pk, t in topics(institution).items() if t.is_active),
            "topic",
            "suggested_topic",
        )
        self._choices(lambda: unit_options(institution), "unit", "suggested_unit")
        self._choices(
            lambda: ((pk, row.name) for pk, row in services(institution).items() if row.is_active), "service"
        )
        self._choices(
            lambda: ((pk, p.name) for pk, p in service_points(institution).items() if p.is_active),
            "service_point",
        )
        self._choices(lambda: document_options(institution), "document_type")

    def _choices(self, options: Callable[[], Iterable[tuple[Any, str]]], *names: str) -> None:
        """Offer nothing and `options` in the fields `names`; made where they are shown or held against
        what was chosen: most requests that are sent name few of them.
        """
        for name in names:
            self.fields[name].choices = lambda: [BLANK, *options()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the document number, and that a person is named where the kind admits no anonymous
        request.
        """
        data = super().clean() or {}
        for name in ("topic", "unit"):  # what is chosen in the full list goes before what was suggested
            data[name] = data.get(name) or data.pop(f"suggested_{name}", None)
        number, document_type = data.get("document_number", ""), data.get("document_type", "")
        if number and not document_type:
            document_type = self.institution.country.documents[0].code
            data["document_type"] = document_type
        if number:
            try:
                data["document_number"] = clean_document(document_type, number)
            except Refused as refused:
                self.add_error("document_number", refusal_text(refused))
        return data

    def contact(self) -> PersonData:
        """Return the document, e-mail and phone typed so far, whatever else is
        missing; what is no document is left out.
        """
        sent = {name: self._so_far(name) for name in _CONTACT}
        number, document_type = sent["document_number"], sent["document_type"]
        try:
            document_type = document_type or self.institution.country.documents[0].code
            number = clean_document(document_type, number) if number else ""
        except Refused:
            number = ""
        return PersonData(
            document_type=document_type if number else "",
            document_number=number,
            email=sent["email"],
            phone=sent["phone"],
        )

    def contact_given(self) -> list[str]:
        """Return what of document, e-mail and phone was typed, as it was typed."""
        return [self._so_far(name) for name in _CONTACT[1:]]

    def _so_far(self, name: str) -> str:
        """Return what was typed in a field, without fixing what it will show."""
        return str((self.data if self.is_bound else self.initial).get(name) or "").strip()

    def fill_from(self, data: PersonData) -> None:
        """Write what is known of a person where nothing was typed yet."""
        for name in (*_CONTACT, "given_names", "family_names", "legal_name", "address"):
            value = getattr(data, name, "")
            if value and not self.initial.get(name):
                self.initial[name] = value

    @classmethod
    def typed(cls, institution: Institution, sent: QueryDict, *, kind_id: str) -> "StaffFilingForm":
        """Return the form with what was typed so far and nothing checked yet; files cannot be kept."""
        form = cls(institution, kind_id=kind_id)
        form.initial = {
            name: field.widget.value_from_datadict(sent, {}, name)
            for name, field in form.fields.items()
            if name != "attachments"
        }
        return form

    def person(self) -> PersonData | None:
        """Return the person as typed, or None when nobody is named; call it on a valid form."""
        data = self.cleaned_data
        if not any(
            data[name]
            for name in ("given_names", "family_names", "legal_name", "document_number", "email", "phone")
        ):
            return None
        return typed_person(data)
