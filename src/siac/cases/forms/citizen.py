# SPDX-License-Identifier: EUPL-1.2
"""What the citizen fills in: who files, the request, and what may be said of it later."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from siac.cases.commands.filing import SUBJECT_LIMIT
from siac.cases.forms.fields import QuestionsMixin, document_options, question_field, typed_person
from siac.cases.models import CaseKind
from siac.cases.texting import texts_sent_by
from siac.catalogue.public import topics
from siac.documents.public import FILES_HINT, UploadMixin
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.people.public import PersonData, clean_document
from siac.signin.public import Identified
from siac.ui.forms import BLANK, FilesField, Form, text_field
from siac.ui.public import refusal_text


def _typed(label: str, limit: int, purpose: str, **more: Any) -> forms.CharField:
    """Return a line about the person; `purpose` lets the browser fill it in (WCAG 1.3.5)."""
    widget = more.pop("widget", forms.TextInput(attrs={"autocomplete": purpose}))
    return forms.CharField(label=label, max_length=limit, required=False, widget=widget, **more)


_TOLD = ("given_names", "family_names", "legal_name", "document_type", "document_number")
"""What nobody types whom a server of identity told of: it vouches for a natural person."""


class PersonForm(Form):
    """Who files: a person or an organisation, and where the answer goes. Of who identified themselves
    (`identity`) only the latter is asked.
    """

    given_names = _typed("Nombres", 100, "given-name")
    family_names = _typed("Apellidos", 100, "family-name")
    legal_name = _typed(
        "Organización",
        150,
        "organization",
        help_text="Solo si escribe en nombre de una empresa u organización.",
    )
    document_type = forms.ChoiceField(label="Tipo de documento", required=False)
    document_number = _typed("Número de documento", 30, "off")
    email = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        required=False,
        help_text="Ahí le avisaremos y enviaremos la respuesta.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Escriba un correo completo, por ejemplo nombre@ejemplo.cl."},
    )
    phone = _typed(
        "Teléfono", 40, "tel", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    address = _typed(
        "Dirección postal", 200, "street-address", help_text="Si prefiere la respuesta por carta."
    )

    def __init__(
        self,
        institution: Institution,
        kind: CaseKind | None,
        *args: Any,
        identity: Identified | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.institution, self.kind, self.identity = institution, kind, identity
        # Not compulsory one by one, yet somebody has to be named and reachable: "optional" would mislead.
        for name in ("given_names", "family_names", "email"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        if texts_sent_by(institution):
            self.fields[
                "phone"
            ].help_text = "Si no indica un correo, le avisaremos ahí con mensajes de texto."
        options = document_options(institution)
        self.fields["document_type"].choices = [BLANK, *options]  # type: ignore[attr-defined]
        self.fields["document_number"].help_text = (
            "Lo pide la norma de este tipo de solicitud. Sirve también para consultar el estado."
            if kind and kind.requires_document
            else "Sirve también para consultar el estado."
        )
        if identity is not None:
            for name in _TOLD:  # a server of identity told them, so nobody types others
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Check that somebody is named, can be reached, and has a document number that can be right."""
        data = super().clean() or {}
        if self.identity is None and not (data.get("given_names") or data.get("legal_name")):
            self.add_error("given_names", "Escriba su nombre o el de la organización.")
        if "email" in data and not (data.get("email") or data.get("address") or data.get("phone")):
            self.add_error("email", "Indique un correo, un teléfono o una dirección para poder responderle.")
        if self.identity is None:
            self._clean_document(data)
        return data

    def _clean_document(self, data: dict[str, Any]) -> None:
        number, kind = data.get("document_number", ""), data.get("document_type", "")
        if number and not kind:
            self.add_error("document_type", "Elija el tipo de documento.")
        elif number:
            try:
                data["document_number"] = clean_document(kind, number)
            except Refused as refused:
                self.add_error("document_number", refusal_text(refused))
        elif self.kind and self.kind.requires_document:
            self.add_error("document_number", "Escriba el número de su documento de identidad.")

    def person(self) -> PersonData:
        """Return the person as typed, or as a server of identity told; call it on a valid form."""
        known = self.identity
        if known is None:
            return typed_person(self.cleaned_data)
        told = {
            "given_names": known.given_names,
            "family_names": known.family_names,
            "legal_name": "",
            "document_type": known.document_type,
            "document_number": known.document_number,
        }
        return replace(
            typed_person({**self.cleaned_data, **told}),
            verified_by=known.server,
            verified_on=self.institution.local_date(known.at).isoformat(),
        )


_IDENTITY = ("given_names", "family_names", "legal_name", "document_number", "email", "phone", "address")


class WhetherNamedForm(Form):
    """Whether the person gives a name: asked without a default, since either may matter to them."""

    anonima = forms.ChoiceField(
        label="¿Quiere dar su nombre?",
        choices=[("no", "Sí, doy mi nombre"), ("si", "No, prefiero que sea anónima")],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija si quiere dar su nombre."},
    )

    @classmethod
    def of(cls, typed: Mapping[str, Any] | None) -> "WhetherNamedForm":
        """Return the form with what was typed; whoever wrote who they are has chosen."""
        if typed is None:
            return cls()
        said = typed.get("anonima", "")
        return cls({"anonima": said or ("no" if any(typed.get(name) for name in _IDENTITY) else "")})

    @property
    def said(self) -> str:
        """Return "si", "no", or nothing where it was not said."""
        return str(self.cleaned_data.get("anonima", "")) if self.is_bound and self.is_valid() else ""


class RequestForm(UploadMixin, QuestionsMixin, Form):
    """What the citizen asks: the text, the questions of the kind, the files."""

    subject = forms.CharField(
        label="En una línea, ¿de qué se trata?",
        max_length=SUBJECT_LIMIT,
        error_messages={"required": "Escriba de qué se trata."},
    )
    body = text_field(
        "Cuéntenos",
        hint="Qué pasó o qué pide, cuándo y dónde.",
        rows=8,
        missing="Cuéntenos qué pasó o qué pide.",
    )
    place = forms.CharField(
        label="Lugar",
        max_length=200,
        required=False,
        help_text="Dirección, establecimiento u oficina, si corresponde.",
    )
    topic = forms.ChoiceField(label="Tema", required=False)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)

    def __init__(
        self, institution: Institution, kind: CaseKind, *args: Any, already: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.already = already
        self.questions = kind.parsed_questions()
        active = [(pk, topic.name) for pk, topic in topics(institution).items() if topic.is_active]
        self.fields["topic"].choices = [("", "No sé o no está en la lista"), *active]  # type: ignore[attr-defined]
        if not active:
            del self.fields["topic"]
        if self.questions:
            del self.fields["place"]  # a kind that needs to know where, asks it in its own words
        for question in self.questions:
            self.fields[f"q_{question.code}"] = question_field(question)
        self.order_fields(
            [
                "subject",
                "body",
                *(f"q_{question.code}" for question in self.questions),
                "place",
                "topic",
                "attachments",
            ]
        )


class TrackForm(Form):
    """What opens a case to the citizen."""

    code = forms.CharField(
        label="Código de seguimiento",
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text="Está en su comprobante, por ejemplo R3K2-WNP5-M7QX.",
        error_messages={"required": "Escriba el código de su comprobante."},
    )
    second_factor = forms.CharField(
        label="Su correo, o los últimos 4 caracteres de su documento",
        max_length=254,
        required=False,
        help_text=(
            "Lo que indicó al ingresar la solicitud; si solo dio un teléfono, sus últimas 4 cifras; "
            "si solo su dirección, su apellido. Déjelo en blanco si fue anónima."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_factor"].always_asked = True  # type: ignore[attr-defined]  # only an anonymous case opens without


class LostCodeForm(Form):
    """Where to send the codes that somebody lost."""

    email = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Escriba el correo que indicó al ingresar la solicitud.",
            "invalid": "Escriba un correo completo, por ejemplo nombre@ejemplo.cl.",
        },
    )


class InformationForm(UploadMixin, Form):
    """What the citizen adds."""

    body = text_field("Sus antecedentes", rows=6, missing="Escriba sus antecedentes.")
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)


class ReplyForm(UploadMixin, Form):
    """What the citizen has to say about the answer."""

    body = text_field("Su comentario", rows=4, missing="Escriba su comentario.")
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)


class ContestForm(Form):
    """Why the citizen disagrees."""

    body = text_field(
        "¿Por qué no está de acuerdo?",
        hint="Qué faltó o qué no corresponde en la respuesta.",
        rows=6,
        missing="Escriba por qué no está de acuerdo.",
    )


class WithdrawalForm(Form):
    """The person no longer wants it: asked twice, since it cannot be taken back."""

    body = text_field("¿Por qué? (opcional)", required=False, limit=1000, rows=3)
    sure = forms.BooleanField(
        label="Sí, quiero desistir de esta solicitud",
        error_messages={"required": "Marque la casilla si quiere desistir."},
    )

    def clean(self) -> dict[str, Any]:
        """Being sure is not for the register: what is kept is the reason, or that there was none."""
        data = super().clean() or {}
        data.pop("sure", None)
        data["body"] = data.get("body") or "La persona desistió desde la página de seguimiento."
        return data


class DelayForm(Form):
    """The person reports that the term has passed."""

    body = text_field("¿Quiere agregar algo? (opcional)", required=False, limit=2000, rows=3)


class RatingForm(Form):
    """One mark, without a default, and room for a word."""

    rating = forms.TypedChoiceField(
        label="¿Cómo fue la respuesta?",
        choices=[(5, "Muy buena"), (4, "Buena"), (3, "Regular"), (2, "Mala"), (1, "Muy mala")],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija una opción."},
    )
    comment = text_field("¿Quiere decirnos algo más?", required=False, limit=1000, rows=3)
