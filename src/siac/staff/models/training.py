# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

MOST_COST = 2_000_000_000
"""Whole units of the currency of the country."""


class PlanState(models.TextChoices):
    DRAFT = "draft", "En preparación"
    APPROVED = "approved", "Aprobado"


class TrainingPlan(models.Model):
    """The training plan (*plan de capacitación*) of a body for a year."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("año")
    purpose = models.CharField("qué busca", max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    """Of what was approved."""

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint("institution", "year", name="staff_one_plan"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at=None) | Q(state="approved", approved_at__isnull=False),
                name="staff_plan_approved",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"training_plan:{self.pk}"


class Course(models.Model):
    """A course of a plan: what it is to raise, for how many, what it costs, and when it is."""

    plan = models.ForeignKey("staff.TrainingPlan", models.PROTECT, related_name="courses")
    name = models.CharField("nombre", max_length=150)
    provider = models.CharField("quién lo dicta", max_length=150, blank=True)
    competences = models.ManyToManyField("staff.Competence", related_name="+")
    places = models.PositiveSmallIntegerField("cupos")
    cost = models.PositiveIntegerField("costo", default=0)
    """Whole units of the currency of the country."""
    starts_on = models.DateField("primer día")
    ends_on = models.DateField("último día")
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("starts_on", "name", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="staff_course_days"),
            models.CheckConstraint(
                condition=Q(places__gte=1, cost__lte=MOST_COST), name="staff_course_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CourseSession(models.Model):
    """A session of a course: its local day, and how long it takes."""

    course = models.ForeignKey("staff.Course", models.CASCADE, related_name="sessions", db_index=False)
    on = models.DateField("día")
    minutes = models.PositiveSmallIntegerField("minutos")
    noted_at = models.DateTimeField(null=True)
    """When it was noted who came; null until then."""

    class Meta:
        ordering = ("course", "on", "pk")
        indexes = [models.Index("course", "on", "id", name="staff_sessions_of")]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="staff_session_minutes")]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.on}"


class Enrolment(models.Model):
    """Somebody in a course, with their marks before and after (0 to 100) and what they thought of it (1 to
    5). It stays when they leave.
    """

    course = models.ForeignKey("staff.Course", models.PROTECT, related_name="enrolments", db_index=False)
    employee = models.ForeignKey("staff.Employee", models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField()
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("course", "pk")
        constraints = [
            models.UniqueConstraint("course", "employee", name="staff_enrolled_once"),
            models.CheckConstraint(
                condition=(Q(before=None) | Q(before__lte=100))
                & (Q(after=None) | Q(after__lte=100))
                & (Q(satisfaction=None) | Q(satisfaction__gte=1, satisfaction__lte=5)),
                name="staff_marks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.employee_id}"


class Presence(models.Model):
    """Whether somebody enrolled came to a session."""

    session = models.ForeignKey(
        "staff.CourseSession", models.CASCADE, related_name="presences", db_index=False
    )
    enrolment = models.ForeignKey("staff.Enrolment", models.CASCADE, related_name="presences")
    is_present = models.BooleanField()

    class Meta:
        ordering = ("session", "pk")
        constraints = [models.UniqueConstraint("session", "enrolment", name="staff_present_once")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.enrolment_id}"
