# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F


class CaseText(models.Model):
    """What the citizen wrote, beside the narrow case row, and the words by which it is found."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="text")
    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=160)
    body = models.TextField()
    answers = models.JSONField(default=dict)
    """Answers to the kind's questions: code -> text."""
    place = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    """Salt of the digest that the journal holds of `body`; erased with the text."""
    search = SearchVectorField(null=True)
    """Stems of subject, body and answers, folded (see `infra.search`)."""

    class Meta:
        indexes = [GinIndex("search", name="cases_text_search", fastupdate=False)]

    def __str__(self) -> str:
        return self.subject


class MessageKind(models.TextChoices):
    NOTE = "note", "Nota interna"
    ASK = "ask", "Solicitud de antecedentes"
    INFORMATION = "information", "Antecedentes de la persona"
    ANSWER = "answer", "Respuesta"
    CONTEST = "contest", "Solicitud de revisión"
    EXTENSION = "extension", "Ampliación del plazo"
    RATING = "rating", "Comentario de la calificación"
    TRANSFER = "transfer", "Derivación a otro organismo"
    DISMISSAL = "dismissal", "Declaración de inadmisibilidad"
    LAPSE = "lapse", "Término por no completarse"
    WITHDRAWAL = "withdrawal", "Desistimiento"
    HEARING = "hearing", "Aviso a un tercero"
    OBJECTION = "objection", "Respuesta de un tercero"
    DELAY_REPORT = "delay_report", "Denuncia de la demora"
    REOPENING = "reopening", "Reapertura"
    MESSAGE = "message", "Mensaje a la persona"
    MERGER = "merger", "Acumulación"
    DUPLICATE = "duplicate", "Archivo por repetida"
    REPLY = "reply", "Comentario de la persona"
    APPEAL = "appeal", "Recurso o reclamo recibido"
    DEFENCE = "defence", "Descargos enviados"
    RULING = "ruling", "Resolución del recurso"
    MEASURES = "measures", "Medidas correctivas"
    REASONS = "reasons", "Causal y razones de la denegación"
    TAKEN_BACK = "taken_back", "Texto que no se envió"


BESIDE_AN_ANSWER = (MessageKind.MEASURES, MessageKind.REASONS)
"""What an answer says beside its text, each a message of its own written at the same moment."""
INTERNAL_KINDS = frozenset(
    {
        MessageKind.NOTE,
        MessageKind.HEARING,
        MessageKind.OBJECTION,
        MessageKind.APPEAL,
        MessageKind.DEFENCE,
        MessageKind.TAKEN_BACK,
    }
)
"""What only staff see; a third party's words are not the requester's to read."""


class CaseMessage(models.Model):
    """Something written on a case after filing: between citizen and body, or a note that only staff see."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    body = models.TextField()
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    """None when the citizen wrote it."""
    at = models.DateTimeField()
    salt = models.CharField(max_length=64, blank=True)

    author_name: str | None
    """Set by `queries.messages_of`."""

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index("case", F("at"), name="cases_message_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def is_internal(self) -> bool:
        """Whether the citizen never sees it."""
        return self.kind in INTERNAL_KINDS
