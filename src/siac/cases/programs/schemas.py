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


DueOn = Annotated[
    date | None,
    Field(description="Día en que vence, contada la prórroga; nulo: sin plazo", examples=["2026-09-14"]),
]
LegalDueOn = Annotated[
    date | None, Field(description="Día en que vence por ley; nulo: sin plazo", examples=["2026-09-21"])
]
FiledAt = Annotated[
    datetime, Field(description="Cuándo ingresó, con su desfase", examples=["2026-08-03T10:15:00-04:00"])
]


class Strict(Schema):
    """Input: a field that does not exist is an error, so that a typing mistake loses nothing."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Strict):
    """Who files; everything is optional except what the kind requires."""

    kind: PersonKind = Field(PersonKind.NATURAL, description="Persona natural o jurídica")
    given_names: Line = Field("", description="Nombres", examples=["María"])
    family_names: Line = Field(
        "", description="Apellidos, o el nombre de la persona jurídica", examples=["Soto Rojas"]
    )
    document_type: DocumentCode | None = Field(None, description="Tipo de documento", examples=["passport"])
    document_number: Word = Field("", description="Número, con o sin puntos y guiones", examples=["P1234567"])
    email: Line = Field("", description="Correo electrónico", examples=["maria@example.org"])
    phone: Word = Field("", description="Teléfono", examples=["+56 9 1234 5678"])
    address: Line = Field("", description="Domicilio", examples=["Calle Larga 12, Coquimbo"])


class CaseIn(Strict):
    """A request to file."""

    kind: Word = Field(description="Código del tipo, de GET /kinds", examples=["reclamo"])
    body: Text = Field(
        description="Lo que se pide o se cuenta",
        examples=["La luminaria de la esquina está apagada hace una semana."],
    )
    subject: Line = Field("", description="De qué se trata, en una línea", examples=["Luminaria apagada"])
    answers: dict[Word, Text] = Field(
        default_factory=dict,
        description="Respuestas por código de pregunta",
        examples=[{"donde": "Calle Larga 12"}],
    )
    place: Line = Field("", description="Dónde ocurre", examples=["Calle Larga 12"])
    person: PersonIn | None = Field(
        None, description="Quién la presenta; nulo: anónima, donde el tipo lo permite"
    )
    topic: int | None = Field(
        None, ge=1, le=2**62, description="Número del tema, de GET /topics", examples=[41]
    )
    unit: int | None = Field(
        None, ge=1, le=2**62, description="Número de la unidad a la que se deriva de inmediato", examples=[7]
    )
    idempotency_key: Key | None = Field(
        None,
        description="Clave suya para repetir sin ingresar dos veces; también como cabecera Idempotency-Key",
        examples=["3f1c9e52-folio-8123"],
    )


class InformationIn(Strict):
    """What a program adds to a case for the citizen."""

    body: Text = Field(description="Lo que la persona agrega", examples=["Adjunto la boleta que faltaba."])
    idempotency_key: Key | None = Field(
        None,
        description="Clave suya para repetir sin ingresar dos veces; también como cabecera Idempotency-Key",
        examples=["3f1c9e52-folio-8123"],
    )


class NoteIn(Strict):
    """A note that only the house sees."""

    body: Text = Field(
        examples=["Llamó por teléfono: insiste en la fecha."],
        description="Lo que se anota; la persona no lo lee",
    )
    idempotency_key: Key | None = Field(
        None,
        description="Clave suya para repetir sin ingresar dos veces; también como cabecera Idempotency-Key",
        examples=["3f1c9e52-folio-8123"],
    )


class AnswerIn(Strict):
    """The answer of the body, as it is sent to the person."""

    body: Text = Field(
        examples=["Repararemos la luminaria el 14 de agosto."],
        description="Lo que se responde, como lo leerá la persona",
    )
    outcome: Outcome = Field(description="Cómo se decidió", examples=["upheld"])
    measures: Text = Field(
        "",
        description="Libro de Reclamaciones (Perú): medidas de lo acogido",
        examples=["Se capacitó al personal de caja."],
    )
    ground: Word = Field(
        "", description="Causal de lo que se deniega, donde la norma las nombra", examples=["reserva.1"]
    )
    reasons: Text = Field(
        "",
        description="Por qué la causal se aplica aquí",
        examples=["Publicarlo afectaría una investigación en curso."],
    )
    idempotency_key: Key | None = Field(
        None,
        description="Clave suya para repetir sin ingresar dos veces; también como cabecera Idempotency-Key",
        examples=["3f1c9e52-folio-8123"],
    )


class FileOut(Schema):
    """A file of a case that its person may have too; `of`: what it came with."""

    id: int = Field(description="Número", examples=[881])
    name: str = Field(examples=["foto.jpg"], description="Nombre con que llegó")
    media_type: str = Field(examples=["image/jpeg"], description="Tipo de contenido")
    size: int = Field(description="Bytes", examples=[48213])
    sha256: str = Field(
        description="Huella del contenido, en hexadecimal",
        examples=["9a11fa0d32a3be2241e4e37de77f15aa1972a3b0cd0903eb634d672b81f27eef"],
    )
    annulled_on: date | None = Field(
        description="Desde cuándo no cuenta: su firma se anuló", examples=["2026-09-07"]
    )
    of: str = Field(description="request, information, answer, …", examples=["request"])
    at: datetime = Field(description="Cuándo llegó, con su desfase", examples=["2026-08-03T10:15:00-04:00"])
    link: str = Field(
        description="De dónde se descarga",
        examples=["https://siac.example/api/v1/cases/2026-000123/files/881"],
    )


class Links(Schema):
    self: str = Field(
        description="La solicitud en esta API", examples=["https://siac.example/api/v1/cases/2026-000123"]
    )
    tracking: str = Field(
        description="Donde la persona la sigue con su código",
        examples=["https://siac.example/norte/seguimiento/"],
    )


class Filed(Schema):
    """The receipt: keep `tracking_code`, it is the citizen's key."""

    folio: str = Field(description="Folio: año y número", examples=["2026-000123"])
    tracking_code: str = Field(
        description="La llave de la persona: con ella sigue su solicitud. Guárdela y no la muestre a otros",
        examples=["K7QF-2M9D"],
    )
    kind: str = Field(description="Código del tipo", examples=["reclamo"])
    state: State = Field(description="En qué está")
    filed_at: FiledAt
    due_on: DueOn
    legal_due_on: LegalDueOn
    links: Links = Field(description="Dónde leerla y seguirla")


class Named(Schema):
    id: int = Field(description="Número", examples=[7])
    name: str = Field(description="Nombre", examples=["Alumbrado"])


class CaseRow(Schema):
    """A case as lists show it: no identity."""

    folio: str = Field(description="Folio: año y número", examples=["2026-000123"])
    kind: str = Field(description="Código del tipo", examples=["reclamo"])
    nature: Nature = Field(description="Qué es ante la ley")
    state: State = Field(description="En qué está")
    channel: Channel = Field(description="Por dónde entró")
    subject: str = Field(
        description="De qué se trata, en una línea; códigos de seguimiento cubiertos",
        examples=["Luminaria apagada"],
    )
    topic: Named | None = Field(description="De qué trata; nulo: sin clasificar")
    unit: Named | None = Field(description="Qué unidad responde; nulo: sin derivar")
    filed_at: FiledAt
    due_on: DueOn
    legal_due_on: LegalDueOn
    answered_at: datetime | None = Field(
        description="Cuándo se respondió; nulo: todavía no", examples=["2026-08-12T16:40:00-04:00"]
    )
    closed_at: datetime | None = Field(
        description="Cuándo terminó; nulo: sigue abierta", examples=["2026-08-20T09:00:00-04:00"]
    )
    outcome: Outcome | None = Field(description="Cómo se decidió; nulo: todavía no")
    outcome_words: str = Field(description="Lo mismo, como lo nombra la ley del tipo", examples=["Acogido"])
    """The outcome as the law of the kind calls it, in Spanish; empty while there is none."""
    ground: str | None = Field(
        description="Causal de lo que se denegó o no se admitió; nulo: ninguna", examples=["reserva.1"]
    )
    """Id of the ground of a denial or of not admitting the case (as in the rule
    packs); null where there is none.
    """
    ground_words: str = Field(
        description="La causal con su artículo",
        examples=["Afecta el cumplimiento de las funciones del órgano (art. 21 N.º 1)"],
    )
    """That ground with its article, in Spanish; empty where there is none."""
    is_restricted: bool = Field(description="Si es reservada", examples=[False])


class CaseList(Schema):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[CaseRow] = Field(description="Solicitudes de esta página")
    next: str | None = Field(
        description="Para pedir la página siguiente como `cursor`; nulo: no hay más",
        examples=["eyJrIjogWyIyMDI2Il19"],
    )


class ClockOut(Schema):
    """A term that runs on the case, and why it ends when it ends."""

    kind: str = Field(description="Qué plazo es", examples=["legal"])
    label: str = Field(description="Su nombre", examples=["Plazo legal de respuesta"])
    state: str = Field(description="running, paused, met, missed o cancelled", examples=["running"])
    due_on: date = Field(description="Día en que vence", examples=["2026-09-14"])
    explanation: list[str] = Field(
        description="Por qué vence ese día, frase por frase",
        examples=[["Ingresó el lunes 3 de agosto.", "El plazo es de 20 días hábiles."]],
    )


class MessageOut(Schema):
    """Something written between citizen and body; internal notes are not here."""

    kind: MessageKind = Field(description="Qué es: respuesta, antecedentes, aviso…")
    at: datetime = Field(description="Cuándo, con su desfase", examples=["2026-08-03T10:15:00-04:00"])
    body: str = Field(
        description="Lo escrito; códigos de seguimiento cubiertos",
        examples=["Repararemos la luminaria el 14 de agosto."],
    )


class PersonOut(Schema):
    kind: PersonKind = Field(description="Persona natural o jurídica")
    given_names: str = Field(description="Nombres", examples=["María"])
    family_names: str = Field(
        description="Apellidos, o el nombre de la persona jurídica", examples=["Soto Rojas"]
    )
    document_type: str = Field(description="Tipo de documento", examples=["passport"])
    document_number: str = Field(description="Número, con o sin puntos y guiones", examples=["P1234567"])
    email: str = Field(description="Correo electrónico", examples=["maria@example.org"])
    phone: str = Field(description="Teléfono", examples=["+56 9 1234 5678"])
    address: str = Field(description="Domicilio", examples=["Calle Larga 12, Coquimbo"])
    agent: str = Field(
        "",
        description="Quien actúa en su representación, y cómo encontrarle",
        examples=["Ana Díaz, abogada, ana@example.org"],
    )


class CaseOut(CaseRow):
    """A case whole; `person` only for those whose roles let them read identities, null when anonymous."""

    body: str = Field(description="Lo que se pidió", examples=["La luminaria de la esquina está apagada."])
    place: str = Field(description="Dónde ocurre", examples=["Calle Larga 12"])
    answers: dict[str, str] = Field(
        description="Respuestas por código de pregunta", examples=[{"donde": "Calle Larga 12"}]
    )
    version: int = Field(description="Para `If-Match` al escribir", examples=[3])
    clocks: list[ClockOut] = Field(description="Plazos que corren o corrieron")
    messages: list[MessageOut] = Field(description="Lo escrito entre la persona y el organismo")
    person: PersonOut | None = Field(
        description="Quién la presentó; nulo: anónima, o sin permiso para leerlo"
    )


class Added(Schema):
    folio: str = Field(description="Folio: año y número", examples=["2026-000123"])
    state: State = Field(description="En qué quedó")
    due_on: DueOn
    version: int = Field(description="Para `If-Match` al escribir otra vez", examples=[4])


class QuestionOut(Schema):
    code: str = Field(description="Para `answers` al ingresar", examples=["donde"])
    label: str = Field(description="La pregunta, como se muestra", examples=["¿Dónde ocurrió?"])
    type: QuestionType = Field(description="Cómo se responde")
    required: bool = Field(description="Si hay que responderla", examples=[True])
    hint: str = Field(description="Ayuda bajo la pregunta", examples=["Calle y número, o una esquina"])
    options: list[str] = Field(
        description="Respuestas posibles, donde se elige", examples=[["Mañana", "Tarde"]]
    )


class KindOut(Schema):
    """A kind of request that may be filed, with what it asks."""

    code: str = Field(description="Código, para `kind` al ingresar", examples=["reclamo"])
    nature: Nature = Field(description="Qué es ante la ley")
    name: str = Field(description="Como lo lee la persona", examples=["Reclamo"])
    need: str = Field(
        description="Para qué sirve, en palabras de quien lo pide", examples=["Reclamar por una atención"]
    )
    hint: str = Field(
        description="Ayuda para elegirlo", examples=["Algo que salió mal y quiere que se corrija"]
    )
    rule: str = Field(
        description="Regla de plazo, de los paquetes de reglas", examples=["presentacion.general"]
    )
    allows_anonymous: bool = Field(description="Si se puede ingresar sin decir quién es", examples=[True])
    requires_document: bool = Field(description="Si pide documento de identidad", examples=[False])
    on_portal: bool = Field(description="Si se ofrece en el portal", examples=[True])
    questions: list[QuestionOut] = Field(description="Lo que pregunta además")
