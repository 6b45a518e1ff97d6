# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class EmployeeFact(models.Model):
    """What is counted of a personnel record. Written anew whenever something happens to it."""

    employee = models.OneToOneField("staff.Employee", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    hired_on = models.DateField()
    left_on = models.DateField(null=True)
    five_on = models.DateField()
    """The day with five whole years in the body."""
    trained_on = models.DateField(null=True)
    """The first day of training that they came to."""
    unit_id = models.BigIntegerField(default=0)
    point_id = models.BigIntegerField(default=0)
    staff_group = models.CharField(max_length=12, blank=True)
    studies = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index("institution", "hired_on", name="staff_facts_hired")]

    def __str__(self) -> str:
        return f"employee:{self.employee_id}"


class GapFact(models.Model):
    """What is counted of a gap."""

    gap = models.OneToOneField("staff.Gap", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    unit_id = models.BigIntegerField(default=0)
    point_id = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=13)
    """Class of the competence."""

    class Meta:
        indexes = [models.Index("institution", "opened_on", name="staff_facts_gaps")]

    def __str__(self) -> str:
        return f"gap:{self.gap_id}"


class EnrolmentFact(models.Model):
    """What is counted of somebody in a course: counted on the last day of the course."""

    enrolment = models.OneToOneField("staff.Enrolment", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    ended_on = models.DateField()
    hours = models.PositiveSmallIntegerField()
    """Whole hours that they came to, rounded half up."""
    is_attended = models.BooleanField(null=True)
    """Whether they came to three quarters of the sessions; null while nobody noted any."""
    unit_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index("institution", "ended_on", name="staff_facts_courses")]

    def __str__(self) -> str:
        return f"enrolment:{self.enrolment_id}"
