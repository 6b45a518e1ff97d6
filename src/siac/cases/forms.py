# SPDX-License-Identifier: EUPL-1.2
"""Forms of cases: they check shape and say in Spanish what is wrong; commands decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from siac.cases.commands.filing import SUBJECT_LIMIT, TEXT_LIMIT
from siac.cases.domain.questions import Question, QuestionType
from siac.cases.models import CaseKind, Channel, Outcome
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.documents.public import CheckedFile, check_uploads, sentence
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, colleagues, unit_tree
from siac.people.public import BY_JURISDICTION, DOCUMENT_TYPES, PersonData, PersonKind, clean_document
from siac.servicepoints.public import service_points
from siac.ui.forms import AutocompleteSelect, DateField, FilesField, Form
from siac.ui.public import refusal_text

BLANK = ("", "Elija…")
FILES_HINT = "Hasta 20 archivos de 10 MB: PDF, imágenes, Word, Excel, OpenDocument, texto, audio o video."


def text_field(
    label: str, *, hint: str = "", required: bool = True, limit: int = TEXT_LIMIT, rows: int = 6
) -> forms.CharField:
    """Return a text area that says how many characters it takes."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": "Escriba este texto.",
            "max_length": f"El texto es demasiado largo: use hasta {limit} caracteres.",
        },
    )


class UploadMixin(forms.Form):
    """A form with a field `attachments` whose cleaned value is the checked files."""

    already = 0

    def clean_attachments(self) -> list[CheckedFile]:
        """Check every file before any is stored; all problems are told at once."""
        try:
            return check_uploads(self.cleaned_data["attachments"], already=self.already)
        except Refused as refused:
            raise ValidationError([sentence(problem) for problem in refused.context["problems"]]) from refused


def question_field(question: Question) -> forms.Field:
    """Return the form field that asks `question`."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.required,
    }
    if question.type is QuestionType.CHOICE:
        options = [(option, option) for option in question.options]
        return forms.ChoiceField(choices=[BLANK, *options], **common)
    if question.type is QuestionType.DATE:
        return DateField(**common)
    if question.type is QuestionType.TEXT:
        return text_field(question.label, hint=question.hint, required=question.required, limit=4000, rows=4)
    return forms.CharField(max_length=300, **common)


def document_options(institution: Institution) -> list[tuple[str, str]]:
    """Return the identity documents of a body's country, most usual first."""
    return [(code.value, DOCUMENT_TYPES[code]) for code in BY_JURISDICTION[institution.jurisdiction]]


def _person(data: dict[str, Any]) -> PersonData:
    """Return the typed person; an organisation is named with whoever writes for it."""
    legal = bool(data["legal_name"])
    writer = f"{data['given_names']} {data['family_names']}".strip()
    organisation = f"{data['legal_name']} (por {writer})" if writer else data["legal_name"]
    return PersonData(
        kind=PersonKind.LEGAL if legal else PersonKind.NATURAL,
        given_names="" if legal else data["given_names"],
        family_names=organisation if legal else data["family_names"],
        document_type=data["document_type"] if data["document_number"] else "",
        document_number=data["document_number"],
        email=data["email"],
        phone=data["phone"],
        address=data["address"],
    )


class PersonForm(Form):
    """Who files: a person or an organisation, and where the answer goes."""

    given_names = forms.CharField(label="Nombres", max_length=100, required=False)
    family_names = forms.CharField(label="Apellidos", max_length=100, required=False)
    legal_name = forms.CharField(
        label="Organización",
        max_length=150,
        required=False,
        help_text="Solo si escribe en nombre de una empresa u organización.",
    )
    document_type = forms.ChoiceField(label="Tipo de documento", required=False)
    document_number = forms.CharField(label="Número de documento", max_length=30, required=False)
    email = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        required=False,
        help_text="Ahí le avisaremos y enviaremos la respuesta.",
        error_messages={"invalid": "Escriba un correo completo, por ejemplo nombre@ejemplo.cl."},
    )
    phone = forms.CharField(label="Teléfono", max_length=40, required=False)
    address = forms.CharField(
        label="Dirección postal",
        max_length=200,
        required=False,
        help_text="Si prefiere la respuesta por carta.",
    )

    def __init__(self, institution: Institution, kind: CaseKind | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution, self.kind = institution, kind
        # Not compulsory one by one, yet somebody has to be named and reachable: "optional" would mislead.
        for name in ("given_names", "family_names", "email"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        options = document_options(institution)
        self.fields["document_type"].choices = [BLANK, *options]  # type: ignore[attr-defined]
        why = (
            "Lo pide la norma de este tipo de solicitud." if kind and kind.requires_document else "Opcional."
        )
        self.fields["document_number"].help_text = f"{why} También sirve para consultar el estado."

    def clean(self) -> dict[str, Any]:
        """Check that somebody is named, can be reached, and has a document number that can be right."""
        data = super().clean() or {}
        if not (data.get("given_names") or data.get("legal_name")):
            self.add_error("given_names", "Escriba su nombre o el de la organización.")
        if "email" in data and not (data.get("email") or data.get("address") or data.get("phone")):
            self.add_error("email", "Indique un correo, un teléfono o una dirección para poder responderle.")
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
        """Return the person as typed; call it on a valid form."""
        data = self.cleaned_data
        return _person(data)


class QuestionsMixin(forms.Form):
    """A form that asks the questions of a kind, each in a field `q_<code>`."""

    questions: Sequence[Question] = ()

    def question_fields(self) -> list[BoundField]:
        """Return the fields of the questions, for templates."""
        return [self[f"q_{question.code}"] for question in self.questions]

    def answers(self) -> dict[str, str]:
        """Return the answers as text; call it on a valid form."""
        given = {question.code: self.cleaned_data.get(f"q_{question.code}") for question in self.questions}
        return {code: str(value) for code, value in given.items() if value}


class RequestForm(UploadMixin, QuestionsMixin, Form):
    """What the citizen asks: the text, the questions of the kind, the files."""

    subject = forms.CharField(
        label="En una línea, ¿de qué se trata?",
        max_length=SUBJECT_LIMIT,
        error_messages={"required": "Escriba de qué se trata."},
    )
    body = text_field("Cuéntenos", hint="Qué pasó o qué pide, cuándo y dónde.", rows=8)
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
        help_text="Está en su comprobante, por ejemplo R3K2-WNP5-M7QX.",
        error_messages={"required": "Escriba el código de su comprobante."},
    )
    second_factor = forms.CharField(
        label="Su correo, o los últimos 4 caracteres de su documento",
        max_length=254,
        required=False,
        help_text="El que indicó al ingresar la solicitud. Déjelo en blanco si fue anónima.",
    )


class InformationForm(UploadMixin, Form):
    """What the citizen adds."""

    body = text_field("Sus antecedentes", rows=6)
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)


class ContestForm(Form):
    """Why the citizen disagrees."""

    body = text_field(
        "¿Por qué no está de acuerdo?", hint="Qué faltó o qué no corresponde en la respuesta.", rows=6
    )


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
    body = text_field("Qué pide o qué pasó", rows=5)
    given_names = forms.CharField(label="Nombres", max_length=100, required=False)
    family_names = forms.CharField(label="Apellidos", max_length=100, required=False)
    legal_name = forms.CharField(label="Organización", max_length=150, required=False)
    document_type = forms.ChoiceField(label="Tipo de documento", required=False)
    document_number = forms.CharField(label="Número", max_length=30, required=False)
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
    received_on = DateField(
        label="Recibida el", required=False, help_text="Solo si no es hoy, por ejemplo una carta."
    )
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)

    CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.LETTER, Channel.EMAIL)

    def __init__(self, institution: Institution, *args: Any, kind_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        chosen = kinds(institution).get(int(kind_id)) if kind_id.isascii() and kind_id.isdigit() else None
        self.questions = chosen.parsed_questions() if chosen else ()
        for question in self.questions:
            field = question_field(question)
            field.required = False  # a call or a letter does not answer a form
            self.fields[f"q_{question.code}"] = field
        for name in ("given_names", "family_names", "email", "phone"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(c.value, c.label) for c in self.CHANNELS]  # type: ignore[attr-defined]
        active = [kind for kind in kinds(institution).values() if kind.is_active]
        self._choices("kind", [(kind.pk, kind.name) for kind in active], blank=True)
        self._choices(
            "topic", [(pk, t.name) for pk, t in topics(institution).items() if t.is_active], blank=True
        )
        self._choices("unit", unit_choices(institution), blank=True)
        points = [(pk, p.name) for pk, p in service_points(institution).items() if p.is_active]
        self._choices("service_point", points, blank=True)
        self._choices("document_type", document_options(institution), blank=True)

    def _choices(self, name: str, options: Sequence[tuple[Any, str]], *, blank: bool) -> None:
        self.fields[name].choices = [BLANK, *options] if blank else list(options)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the document number, and that a person is named where the kind admits no anonymous request."""
        data = super().clean() or {}
        number, document_type = data.get("document_number", ""), data.get("document_type", "")
        if number and not document_type:
            document_type = BY_JURISDICTION[self.institution.jurisdiction][0].value
            data["document_type"] = document_type
        if number:
            try:
                data["document_number"] = clean_document(document_type, number)
            except Refused as refused:
                self.add_error("document_number", refusal_text(refused))
        return data

    def person(self) -> PersonData | None:
        """Return the person as typed, or None when nobody is named; call it on a valid form."""
        data = self.cleaned_data
        if not any(
            data[name]
            for name in ("given_names", "family_names", "legal_name", "document_number", "email", "phone")
        ):
            return None
        return _person(data)


def unit_choices(institution: Institution) -> list[tuple[int, str]]:
    """Return the active units of a body as options, each indented under the one it depends on."""
    return [
        (node.pk, "\u2014 " * depth + node.name)
        for depth, node in unit_tree(institution).outline()
        if node.is_active
    ]


class VersionedForm(Form):
    """A form that acts on a case as it was when the page was drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


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
