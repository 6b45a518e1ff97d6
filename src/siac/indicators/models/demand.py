# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.infra.models import LongWork
from siac.organizations.public import SavedVersion, VersionedRecord


class DemandBasis(VersionedRecord):
    """What a body knows of its demand that its register does not say; one for each body."""

    institution = models.OneToOneField("organizations.Institution", models.PROTECT, related_name="+")
    own_since = models.DateField("el registro propio es completo desde", null=True, blank=True)
    """Null: from the first whole month of the register on."""
    gaps = models.JSONField("días sin registro", default=list, blank=True)
    """[[first, last], …] in ISO form: days of which nobody knows what came; they are not days without
    requests.
    """
    breaks = models.JSONField("vacaciones escolares", default=list, blank=True)
    """[[first, last], …] in ISO form, past ones and those to come."""

    def __str__(self) -> str:
        return f"demand of {self.institution_id}"


class DemandBasisVersion(SavedVersion):
    """What a body said of its demand since one save."""

    basis = models.ForeignKey(
        "indicators.DemandBasis", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("basis", "-number")
        constraints = [models.UniqueConstraint("basis", "number", name="indicators_basis_version")]


class DemandSheet(models.Model):
    """A sheet of demand from before the register; its rows are marked «anterior al sistema»."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    count = models.PositiveIntegerField()
    """How many requests its rows tell of."""
    brought_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ("-brought_at", "-pk")

    def __str__(self) -> str:
        return self.name


class PastDemand(models.Model):
    """What came on a day, or in a month, before the register: a row of a sheet."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    sheet = models.ForeignKey(DemandSheet, models.CASCADE, related_name="rows")
    day = models.DateField()
    """Of a month its first day."""
    is_month = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)
    """Members of the dimensions of requests; empty where the sheet does not say."""
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("day", "pk")
        indexes = [models.Index("institution", "day", name="indicators_past_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class DemandPlan(LongWork):
    """The requests a year is to bring, by month and part, and how well the past could be foretold.

    Made by a job. A draft is made anew at will; an approved edition stays as it is, and the next is an
    edition of its own.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    told = models.JSONField(default=dict)
    """How it was worked out (`demand.making.Told`): the days known, the method, the errors of foretelling the
    past in thousandths, and by months ahead; empty until it is made, or where too little is known.
    """
    digest = models.BinaryField(max_length=32, default=b"")
    """SHA-256 of its lines and of `told`, when it was approved."""
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-year", "-edition")
        constraints = [
            models.UniqueConstraint("institution", "year", "edition", name="indicators_plan_edition"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None) | Q(approved_at__gte=F("asked_at")),
                name="indicators_plan_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.edition}"

    @property
    def stream(self) -> str:
        """The journal stream that tells of it."""
        return f"demand_plan:{self.pk}"


class DemandLine(models.Model):
    """How many requests one month of a plan is to bring: of the whole body (`dimension` empty) or of a
    part.
    """

    plan = models.ForeignKey(DemandPlan, models.CASCADE, related_name="lines", db_index=False)
    dimension = models.CharField(max_length=10, blank=True)
    member = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=150, blank=True)
    """As the member was called when the plan was made."""
    month = models.DateField()
    count = models.PositiveIntegerField()
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    """Eight of ten times the month lies between; null where the past is too short to say."""
    before = models.PositiveIntegerField(null=True)
    """What the same month of the year before brought; null where nobody knows."""

    class Meta:
        ordering = ("dimension", "pk")
        constraints = [
            models.UniqueConstraint("plan", "dimension", "member", "month", name="indicators_plan_line"),
            models.CheckConstraint(
                condition=Q(low=None, high=None) | Q(low__lte=F("count"), high__gte=F("count")),
                name="indicators_plan_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.member} {self.month}: {self.count}"


class StaffingNeed(models.Model):
    """The people that a phone or a counter needs on a typical day of a plan, by half hours."""

    plan = models.ForeignKey(DemandPlan, models.CASCADE, related_name="staffing")
    name = models.CharField("puesto", max_length=80)
    arrivals = models.JSONField("llegadas")
    """[[«09:00», how many come in the half hour that begins then], …]"""
    minutes = models.DecimalField("minutos por atención", max_digits=5, decimal_places=1)
    patience = models.DecimalField("minutos que espera la gente", max_digits=5, decimal_places=1, default=0)
    """0: nobody leaves."""
    percent = models.PositiveSmallIntegerField("atender a este porcentaje")
    within = models.DecimalField("en a lo más tantos minutos", max_digits=5, decimal_places=1)
    shrinkage = models.PositiveSmallIntegerField("porcentaje del tiempo fuera del puesto", default=0)
    needs = models.JSONField(default=list)
    """By half hour what was worked out: [desks, people, thousandths in time, tenths of a minute of waiting,
    thousandths who leave], or null where no number of desks is enough.
    """

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("plan", "name", name="indicators_staffing_name")]

    def __str__(self) -> str:
        return self.name
