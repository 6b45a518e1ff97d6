# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.charters.texts import CapacityLabel, ReviewLabel, VerdictLabel


class EditionReview(models.Model):
    """What a reviewer said of an edition as it was handed in: favourable, or what must change."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("charters.CharterEdition", models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    aspect = models.CharField(max_length=9, choices=ReviewLabel.choices)
    is_favourable = models.BooleanField()
    words = models.CharField("observaciones", max_length=2000, blank=True)
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_favourable=True) | ~Q(words=""), name="charters_review_says_why"
            ),
            models.UniqueConstraint("edition", "round", "aspect", name="charters_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.aspect} {self.round}"


class GapOverride(models.Model):
    """That the authority promises what is not reached yet, without cause and plan: it stays with the edition
    for good, and the charter says so. It holds for the promise as the authority read it: one that is written
    anew needs it anew.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("charters.CharterEdition", models.PROTECT, related_name="overrides")
    commitment = models.ForeignKey("charters.Commitment", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    """The version of the promise that was read."""
    reason = models.CharField("por qué", max_length=500)
    level = models.CharField(max_length=60)
    """How it was kept then, in words."""
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="charters_override_says_why"),
            models.UniqueConstraint("commitment", "version", name="charters_override_once"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}"

    @property
    def holds(self) -> bool:
        """Whether the promise stands as it was read. No SQL when it is at hand."""
        return self.version == self.commitment.version and not self.commitment.is_dropped


class EditionComment(models.Model):
    """What somebody said of a draft that was shown to everybody, and what became of it. Nobody's name is
    asked for; it is shown once it is answered.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("charters.CharterEdition", models.PROTECT, related_name="comments")
    capacity = models.CharField("cómo opina", max_length=12, choices=CapacityLabel.choices)
    organisation = models.CharField("organización", max_length=150, blank=True)
    text = models.CharField("comentario", max_length=2000)
    said_at = models.DateTimeField()
    verdict = models.CharField("qué se hace", max_length=8, choices=VerdictLabel.choices, blank=True)
    answer = models.CharField("respuesta", max_length=1000, blank=True)
    is_shown = models.BooleanField("se muestra", default=True)
    """False: it says what must not be repeated; that there was one, and the answer, are shown."""
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    """Grows with each answer: who changes it says which one they saw."""
    salt = models.CharField(max_length=32, blank=True)
    """Of the seal of its words; empty: it was made before they were sealed."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", answered_at=None)
                | (~Q(verdict="") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="charters_comment_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.said_at:%Y-%m-%d}"
