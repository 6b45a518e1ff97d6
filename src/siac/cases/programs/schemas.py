# SPDX-License-Identifier: EUPL-1.2
"""What programs send and get.

Dates are ISO days at the seat of the body; moments are ISO with their offset.
"""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema

from siac.cases.domain.states import State
from siac.cases.models import Channel, MessageKind, Nature, Outcome
from siac.kernel.questions import QuestionType
from siac.kernel.text import legible, squeeze
from siac.people.public import PersonKind, documents


def _storable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("NUL")
    return text


def _document(code: str) -> str:
    if code not in documents():
        raise ValueError("document")
    return code


Line = Annotated[str, Field(max_length=200), AfterValidator(_storable), AfterValidator(squeeze)]
Text = Annotated[str, Field(max_length=20_000), AfterValidator(_storable), AfterValidator(legible)]
Word = Annotated[str, Field(max_length=60), AfterValidator(_storable), AfterValidator(squeeze)]
DocumentCode = Annotated[
    str, AfterValidator(_document), WithJsonSchema({"type": "string", "enum": list(documents())})
]
Key = Annotated[str, Field(min_length=8, max_length=200), AfterValidator(_storable)]


class Strict(Schema):
    """Input: a field that does not exist is an error, so that a typing mistake loses nothing."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Strict):
    """Who files; everything is optional except what the kind requires."""

    kind: PersonKind = PersonKind.NATURAL
    given_names: Line = ""
    family_names: Line = Field("", description="Apellidos, o el nombre de la persona jurídica")
    document_type: DocumentCode | None = None
    document_number: Word = ""
    email: Line = ""
    phone: Word = ""
    address: Line = ""


class CaseIn(Strict):
    """A request to file."""

    kind: Word = Field(description="Código del tipo, de GET /kinds")
    body: Text
    subject: Line = ""
    answers: dict[Word, Text] = Field(default_factory=dict, description="Respuestas por código de pregunta")
    place: Line = ""
    person: PersonIn | None = None
    topic: int | None = Field(None, ge=1, le=2**62)
    unit: int | None = Field(None, ge=1, le=2**62)
    idempotency_key: Key | None = None


class InformationIn(Strict):
    """What a program adds to a case for the citizen."""

    body: Text
    idempotency_key: Key | None = None


class NoteIn(Strict):
    """A note that only the house sees."""

    body: Text = Field(examples=["Llamó por teléfono: insiste en la fecha."])
    idempotency_key: Key | None = None


class AnswerIn(Strict):
    """The answer of the body, as it is sent to the person."""

    body: Text = Field(examples=["Repararemos la luminaria el 14 de agosto."])
    outcome: Outcome = Field(description="Cómo se decidió", examples=["upheld"])
    measures: Text = Field("", description="Libro de Reclamaciones (Perú): medidas de lo acogido")
    ground: Word = Field("", description="Causal de lo que se deniega, donde la norma las nombra")
    reasons: Text = Field("", description="Por qué la causal se aplica aquí")
    idempotency_key: Key | None = None


class FileOut(Schema):
    """A file of a case that its person may have too; `of`: what it came with."""

    id: int
    name: str = Field(examples=["foto.jpg"])
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(description="Bytes")
    sha256: str
    annulled_on: date | None = Field(description="Desde cuándo no cuenta: su firma se anuló")
    of: str = Field(description="request, information, answer, …")
    at: datetime
    link: str


class Links(Schema):
    self: str
    tracking: str


class Filed(Schema):
    """The receipt: keep `tracking_code`, it is the citizen's key."""

    folio: str
    tracking_code: str
    kind: str
    state: State
    filed_at: datetime
    due_on: date | None
    legal_due_on: date | None
    links: Links


class Named(Schema):
    id: int
    name: str


class CaseRow(Schema):
    """A case as lists show it: no identity."""

    folio: str
    kind: str
    nature: Nature
    state: State
    channel: Channel
    subject: str
    topic: Named | None
    unit: Named | None
    filed_at: datetime
    due_on: date | None
    legal_due_on: date | None
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    outcome_words: str
    """The outcome as the law of the kind calls it, in Spanish; empty while there is none."""
    ground: str | None
    """Id of the ground of a denial or of not admitting the case (as in the rule
    packs); null where there is none.
    """
    ground_words: str
    """That ground with its article, in Spanish; empty where there is none."""
    is_restricted: bool


class CaseList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[CaseRow]
    next: str | None


class ClockOut(Schema):
    """A term that runs on the case, and why it ends when it ends."""

    kind: str
    label: str
    state: str
    due_on: date
    explanation: list[str]


class MessageOut(Schema):
    """Something written between citizen and body; internal notes are not here."""

    kind: MessageKind
    at: datetime
    body: str


class PersonOut(Schema):
    kind: PersonKind
    given_names: str
    family_names: str
    document_type: str
    document_number: str
    email: str
    phone: str
    address: str
    agent: str = Field("", description="Quien actúa en su representación, y cómo encontrarle")


class CaseOut(CaseRow):
    """A case whole; `person` only for those whose roles let them read identities, null when anonymous."""

    body: str
    place: str
    answers: dict[str, str]
    version: int
    clocks: list[ClockOut]
    messages: list[MessageOut]
    person: PersonOut | None


class Added(Schema):
    folio: str
    state: State
    due_on: date | None
    version: int


class QuestionOut(Schema):
    code: str
    label: str
    type: QuestionType
    required: bool
    hint: str
    options: list[str]


class KindOut(Schema):
    """A kind of request that may be filed, with what it asks."""

    code: str
    nature: Nature
    name: str
    need: str
    hint: str
    rule: str
    allows_anonymous: bool
    requires_document: bool
    on_portal: bool
    questions: list[QuestionOut]
