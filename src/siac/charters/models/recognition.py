# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.charters.domain.recognition import FEWEST, MOST


class RecognitionRule(models.Model):
    """What a unit is recognised for (*criterio de reconocimiento*), declared before the periods that count:
    all it answers for on target so many closed periods in a row. It is never changed, only ended.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    title = models.CharField("nombre", max_length=100)
    periods = models.PositiveSmallIntegerField("períodos seguidos")
    least = models.PositiveSmallIntegerField("casos mínimos")
    """Cases that a period must rest on to count."""
    declared_on = models.DateField()
    """Local day; periods that began before do not count."""
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    """Local day after which no period counts; null: it is in use."""

    class Meta:
        ordering = ("-declared_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(periods__gte=FEWEST, periods__lte=MOST), name="charters_recognition_periods"
            )
        ]

    def __str__(self) -> str:
        return self.title
