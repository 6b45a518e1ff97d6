# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.staff.domain.levels import Teller


class Assessment(models.Model):
    """What somebody said of the competences of a person on a local day. It is never changed: a newer one
    counts instead.
    """

    employee = models.ForeignKey("staff.Employee", models.CASCADE, related_name="assessments", db_index=False)
    teller = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Teller])
    on = models.DateField()
    evidence = models.CharField(max_length=500, blank=True)
    """Which certificate, exam or observation shows it."""
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("employee", "-on", "-pk")
        indexes = [models.Index("employee", "on", "id", name="staff_assessments")]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.teller} {self.on}"


class AssessedLevel(models.Model):
    """The level of one competence in an assessment."""

    assessment = models.ForeignKey("staff.Assessment", models.CASCADE, related_name="levels", db_index=False)
    competence = models.ForeignKey("staff.Competence", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("assessment", "pk")
        constraints = [
            models.UniqueConstraint("assessment", "competence", name="staff_one_level"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="staff_level"),
        ]

    def __str__(self) -> str:
        return f"{self.competence_id}: {self.level}"


class Gap(models.Model):
    """A competence of which somebody has less than their post asks, from one local day to another. Follows
    from diagnoses and profiles: `commands.gaps` opens and closes it.
    """

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    employee = models.ForeignKey("staff.Employee", models.CASCADE, related_name="gaps", db_index=False)
    competence = models.ForeignKey("staff.Competence", models.PROTECT, related_name="+")
    missing = models.PositiveSmallIntegerField()
    """Levels, as it stands now or stood last."""
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ("employee", "opened_on", "pk")
        indexes = [
            models.Index("employee", "competence", name="staff_gaps_of"),
            models.Index("institution", "id", name="staff_gaps"),
        ]
        constraints = [
            models.UniqueConstraint(
                "employee", "competence", name="staff_open_gap", condition=Q(closed_on=None)
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="staff_gap_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.competence_id}"
