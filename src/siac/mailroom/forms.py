# SPDX-License-Identifier: EUPL-1.2
"""Forms of the registry of incoming papers."""

from datetime import datetime
from typing import Any

from django import forms

from siac.cases.public import kinds
from siac.catalogue.public import topics
from siac.documents.public import FILES_HINT, UploadMixin
from siac.mailroom.models import IncomingPaper, PaperType
from siac.organizations.public import Institution, unit_options
from siac.people.public import PersonData, PersonKind
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, FilesField, Form, text_field


class PaperForm(UploadMixin, Form):
    """One screen to stamp a paper: who, what, for whom first; the rest optional."""

    sender = forms.CharField(
        label="Remitente",
        required=False,
        max_length=150,
        help_text="Persona u organización, como firma. En blanco si no dice quién lo envía.",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    is_organization = forms.BooleanField(label="Es una organización", required=False)
    type = forms.ChoiceField(label="Tipo de documento", choices=PaperType.choices)
    summary = forms.CharField(
        label="Materia", max_length=500, error_messages={"required": "Escriba de qué trata el documento."}
    )
    unit = forms.TypedChoiceField(
        label="Dirigido a", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    pages = forms.IntegerField(label="Hojas", required=False, min_value=1, max_value=9999)
    annexes = forms.CharField(
        label="Anexos", required=False, max_length=200, help_text="Por ejemplo: 2 planos, 1 CD."
    )
    attachments = FilesField(label="Archivos escaneados", required=False, help_text=FILES_HINT)
    reference = forms.CharField(label="Número propio del documento", required=False, max_length=60)
    dated_on = DateField(label="Fecha del documento", required=False)
    email = forms.EmailField(
        label="Correo del remitente", required=False, max_length=254,
        error_messages={"invalid": "Escriba un correo completo."},
    )  # fmt: skip
    address = forms.CharField(label="Dirección del remitente", required=False, max_length=200)
    received_on = DateField(label="Recibido el", required=False, help_text="Solo si se timbró antes.")
    received_time = forms.TimeField(
        label="Hora",
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"inputmode": "numeric"}),
        help_text="Por ejemplo 09:30.",
        error_messages={"invalid": "Escriba la hora así: 09:30."},
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        self.fields["unit"].choices = [BLANK, *unit_options(institution)]  # type: ignore[attr-defined]
        for name in ("sender", "unit", "pages"):  # asked of every paper, though some say none of it
            self.fields[name].always_asked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that day and hour of an earlier stamp come together."""
        data = super().clean() or {}
        if data.get("received_time") and not data.get("received_on") and "received_on" not in self.errors:
            self.add_error("received_on", "Escriba también el día.")
        if data.get("received_on") and not data.get("received_time") and "received_time" not in self.errors:
            self.add_error("received_time", "Escriba también la hora del timbre.")
        return data

    def person(self) -> PersonData | None:
        """Return the sender as typed, None where nothing is known; call it on a valid form."""
        data = self.cleaned_data
        if not (data["sender"] or data["email"] or data["address"]):
            return None
        legal = data["is_organization"]
        return PersonData(
            kind=PersonKind.LEGAL if legal else PersonKind.NATURAL,
            given_names="" if legal else data["sender"],
            family_names=data["sender"] if legal else "",
            email=data["email"],
            address=data["address"],
        )

    def received_at(self) -> datetime | None:
        """Return the moment of an earlier stamp, None for now; call it on a valid form."""
        data = self.cleaned_data
        if not data["received_on"]:
            return None
        return datetime.combine(data["received_on"], data["received_time"], tzinfo=self.institution.zone)


class SendPaperForm(Form):
    """The unit that gets the paper."""

    unit_id = forms.TypedChoiceField(
        label="Unidad", coerce=int, widget=AutocompleteSelect, error_messages={"required": "Elija la unidad."}
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [BLANK, *unit_options(institution)]  # type: ignore[attr-defined]


class ReturnPaperForm(Form):
    """Why the paper goes back."""

    reason = forms.CharField(
        label="Motivo", max_length=300, error_messages={"required": "Escriba por qué se devuelve."}
    )


class FilePaperForm(Form):
    """What request a paper becomes."""

    kind_id = forms.TypedChoiceField(label="Tipo", coerce=int, error_messages={"required": "Elija el tipo."})
    topic_id = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    body = text_field("Qué pide o qué pasó", rows=4)

    def __init__(self, institution: Institution, paper: IncomingPaper, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"body": paper.summary})
        super().__init__(*args, **kwargs)
        active = [(pk, kind.name) for pk, kind in kinds(institution).items() if kind.is_active]
        self.fields["kind_id"].choices = [BLANK, *active]  # type: ignore[attr-defined]
        options = [(pk, t.name) for pk, t in topics(institution).items() if t.is_active]
        self.fields["topic_id"].choices = [("", "Sin tema"), *options]  # type: ignore[attr-defined]
