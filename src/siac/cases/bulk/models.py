# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.infra.models import LongWork, states_with

CHOOSING, PREVIEW = "choosing", "preview"


class BulkAction(LongWork):
    """One thing that somebody does to many cases at once: chosen, previewed, then done row by row by
    a job.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    """What is done: a key of `domain.bulk.ACTS`."""
    values = models.JSONField(default=dict)
    """What the command of the act takes besides the case; texts are erased with the rows."""
    state = models.CharField(
        max_length=10,
        choices=states_with(choosing="Por completar", preview="Por confirmar"),
        default=CHOOSING,
    )
    refused = models.PositiveIntegerField(default=0)
    """Rows that will not, or did not, change: known from the preview on, and `done` since then."""
    created_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Of what the preview showed: the values, and what would become of each case. It goes with the values,
    whose words it would let somebody guess.
    """

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index("institution", "requested_by", F("id").desc(), name="cases_bulk_mine"),
            models.Index("created_at", name="cases_bulk_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=F("done"), done__gte=F("refused")), name="cases_bulk_within_total"
            )
        ]

    def __str__(self) -> str:
        return f"bulk {self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells this action."""
        return f"bulk:{self.pk}"

    @property
    def pending(self) -> int:
        """How many rows wait to be changed."""
        return self.total - self.done

    @property
    def changed(self) -> int:
        """How many rows were changed."""
        return self.done - self.refused


class BulkRowState(models.TextChoices):
    """What became of a row."""

    PENDING = "pending", "Por cambiar"
    CHANGED = "changed", "Cambiada"
    REFUSED = "refused", "Sin cambio"


class BulkRow(models.Model):
    """A case of a bulk action, and why it did not change if it did not."""

    action = models.ForeignKey("cases.BulkAction", models.CASCADE, related_name="rows", db_index=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=0)
    """The version of the case that the preview spoke of; a case changed since then is left alone."""
    state = models.CharField(max_length=8, choices=BulkRowState.choices, default=BulkRowState.PENDING)
    reason = models.CharField(max_length=40, blank=True)
    """Code of the refusal."""
    context = models.JSONField(default=dict)
    """Codes that its sentence needs."""

    class Meta:
        ordering = ("case",)
        constraints = [
            models.UniqueConstraint("action", "case", name="cases_bulk_row_once"),
            models.CheckConstraint(condition=Q(state="refused") ^ Q(reason=""), name="cases_bulk_row_reason"),
        ]
        indexes = [models.Index("action", "state", "case", name="cases_bulk_row_state")]

    def __str__(self) -> str:
        return f"{self.action_id}:{self.case_id}"
