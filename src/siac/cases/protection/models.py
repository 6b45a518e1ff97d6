# SPDX-License-Identifier: EUPL-1.2
"""Case files, what is left out of them, and what is erased at the end of its term or kept beyond it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from siac.documents.public import PreparedFile
from siac.infra.models import LongWork, states_with


class Edition(models.TextChoices):
    """What a dossier holds."""

    COMPLETE = "complete", "Expediente completo"
    RELEASE = "release", "Versión para entregar"
    PERSON = "person", "Datos de una persona"


class DossierForm(models.TextChoices):
    """How a dossier leaves."""

    PDF = "pdf", "Un solo PDF, con los archivos dentro"
    ZIP = "zip", "ZIP: el PDF y, a su lado, los archivos originales"


class Dossier(PreparedFile):
    """Everything about one case, or about one person, that somebody took out:
    who, which edition, when, its SHA-256.

    The file lasts a day; the row stays, for it says who took what.
    """

    edition = models.CharField(max_length=8, choices=Edition.choices)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    form = models.CharField(max_length=3, choices=DossierForm.choices, default=DossierForm.PDF)
    case_ids = ArrayField(models.BigIntegerField(), default=list)
    """The cases told in the copy of a person's data, so that the right to each
    is asked again when it is fetched.
    """

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(edition="person", person__isnull=False, case__isnull=True)
                | (~Q(edition="person") & Q(case__isnull=False, person__isnull=True)),
                name="cases_dossier_of_one",
            )
        ]
        indexes = [
            models.Index("case", F("id").desc(), name="cases_dossier_case", condition=Q(case__isnull=False)),
            models.Index(
                "institution",
                "person",
                F("id").desc(),
                name="cases_dossier_person",
                condition=Q(person__isnull=False),
            ),
            models.Index("created_at", name="cases_dossier_age", condition=Q(state="done")),
        ]

    def __str__(self) -> str:
        return f"dossier {self.pk}"

    @property
    def subject(self) -> str:
        """The journal stream of what it is about: `case:12` or `person:3`."""
        return f"case:{self.case_id}" if self.case_id else f"person:{self.person_id}"


class Erases(models.TextChoices):
    """What the retention of a kind erases; figures, dates, codes and the history stay in any case."""

    IDENTITY = "identity", "La identidad de la persona y de terceros"
    TEXTS = "texts", "Lo escrito: solicitud, respuestas, mensajes y notas"
    FILES = "files", "Los archivos"
    NOTICES = "notices", "El texto de los avisos enviados"


PROPOSED, DISCARDED = "proposed", "discarded"


class ErasureRun(LongWork):
    """Cases whose retention has ended, proposed to an administrator; nothing is erased until one approves."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(
        max_length=10,
        choices=states_with(
            proposed="Propuesto, por aprobar",
            running="Borrando",
            failed="Interrumpido: falta una parte",
            discarded="Descartado",
        ),
        default=PROPOSED,
    )
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """None: the nightly look."""
    proposed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Of its cases and what is erased of each, as proposed (`protection.runs.items_digest`); empty in runs
    of before this was kept.
    """
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False)),
                name="cases_erasure_decided_by_somebody",
            ),
            models.UniqueConstraint(
                "institution",
                name="cases_erasure_one_open",
                condition=Q(state__in=("proposed", "waiting", "running", "failed")),
            ),
        ]
        indexes = [models.Index("institution", F("id").desc(), name="cases_erasure_newest")]

    def __str__(self) -> str:
        return f"erasure {self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells this erasure."""
        return f"erasure:{self.pk}"


class ItemOutcome(models.TextChoices):
    """What became of one case of a run."""

    WAITING = "", "Por borrar"
    ERASED = "erased", "Borrada"
    KEPT = "kept", "Se conserva: cambió o se pidió conservarla"


class ErasureItem(models.Model):
    """One case of a run, with what its kind said when it was proposed."""

    run = models.ForeignKey("cases.ErasureRun", models.CASCADE, related_name="items", db_index=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    erases = models.JSONField()
    """Codes of `Erases`."""
    outcome = models.CharField(
        max_length=6, choices=ItemOutcome.choices, default=ItemOutcome.WAITING, blank=True
    )

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("run", "case", name="cases_erasure_item_once")]
        indexes = [models.Index("run", "outcome", "id", name="cases_erasure_items")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.case_id}"


class CaseHold(models.Model):
    """A case that must be kept beyond its retention: a trial, an audit, an inquiry (*conservar*)."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="hold")
    reason = models.CharField(max_length=300)
    held_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    held_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"hold of {self.case_id}"


class Redaction(models.Model):
    """What of one piece of a case may be handed to others: its text with parts
    blacked out, or a file in its place.

    The original stays as it is. A piece without a row has not been reviewed and is not handed out.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="redactions", db_index=False)
    message = models.ForeignKey(
        "cases.CaseMessage", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The message it is of; None with no file: what was filed."""
    attachment_id = models.BigIntegerField(null=True)
    """The file it is of; None for a text."""
    body = models.TextField(blank=True)
    """The text as it may be handed out."""
    salt = models.CharField(max_length=64, blank=True)
    """Salt of the digest that the journal holds of `body`."""
    replacement_id = models.BigIntegerField(null=True)
    """The file that is handed out instead; None: the original itself."""
    parts = models.PositiveSmallIntegerField(default=0)
    """How many parts were blacked out."""
    grounds = models.CharField(max_length=300, blank=True)
    """The article that lets the body keep them back."""
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(attachment_id__isnull=True, replacement_id__isnull=True)
                | Q(attachment_id__isnull=False, message__isnull=True, body=""),
                name="cases_redaction_text_or_file",
            ),
            models.CheckConstraint(
                condition=Q(parts=0, replacement_id__isnull=True) | ~Q(grounds=""),
                name="cases_redaction_says_why",
            ),
            models.UniqueConstraint(
                "case", name="cases_redaction_of_filed", condition=Q(message=None, attachment_id=None)
            ),
            models.UniqueConstraint(
                "message", name="cases_redaction_of_message", condition=Q(message__isnull=False)
            ),
            models.UniqueConstraint(
                "attachment_id", name="cases_redaction_of_file", condition=Q(attachment_id__isnull=False)
            ),
        ]
        indexes = [models.Index("case", "id", name="cases_redaction_case")]

    def __str__(self) -> str:
        return f"redaction {self.pk} of {self.case_id}"
