# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.infra.models import LongWork, states_with


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
