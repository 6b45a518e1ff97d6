# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.documents.public import PreparedFile


class VerdictLabel(models.TextChoices):
    """What who reviews says of a pack."""

    CONFORMS = "conforms", "Conforme"
    OBSERVED = "observed", "Con observaciones"


class Programme(models.Model):
    """The programme of a body for a calendar year (*programa*): a guide of stages and requirements that it
    goes through. Its process (`processes`) has the stages, what was done and who signed.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    guide = models.ForeignKey("processes.Guide", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("año")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "pk")
        constraints = [
            models.UniqueConstraint("institution", "guide", "year", name="programme_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"programme:{self.guide_id}/{self.year}"

    @property
    def stream(self) -> str:
        """The journal stream that tells of it."""
        return f"programme:{self.pk}"


class Pack(PreparedFile):
    """The evidence of a requirement as it stood when somebody asked for it (*expediente de evidencia*): one
    file that is kept for good. What changes later needs a pack of its own, the next revision.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="packs")
    phase = models.CharField(max_length=40)
    task = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField()
    inputs = models.CharField(max_length=64, blank=True)
    """SHA-256 over what it was made of: compared with the same of today, it says whether anything changed."""
    verdict = models.CharField(max_length=8, choices=VerdictLabel.choices, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-revision",)
        constraints = [
            models.UniqueConstraint("programme", "phase", "task", "revision", name="programme_pack_revision"),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_at=None) | ~Q(verdict="") & Q(reviewed_at__isnull=False),
                name="programme_pack_reviewed",
            ),
        ]
        indexes = [models.Index("institution", "id", name="programme_pack_newest")]

    def __str__(self) -> str:
        return f"pack:{self.programme_id}/{self.phase}/{self.task}#{self.revision}"
