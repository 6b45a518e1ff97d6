# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.procedures.domain import TimeUnit


class TimeUnitLabel(models.TextChoices):
    """Words for the units of time."""

    BUSINESS_DAYS = TimeUnit.BUSINESS_DAYS.value, "días hábiles"
    CALENDAR_DAYS = TimeUnit.CALENDAR_DAYS.value, "días corridos"
    HOURS = TimeUnit.HOURS.value, "horas"
    MINUTES = TimeUnit.MINUTES.value, "minutos"


class Reason(models.TextChoices):
    """Why a body tells of a procedure."""

    VOLUME = "volume", "Masividad"
    OBJECTIVE = "objective", "Ligado a un objetivo estratégico"
    OTHER = "other", "Otra razón"


class ProcedureRecord(models.Model):
    """What a body's own records say of a procedure or product in a year: from which milestone to which, what
    was promised, how many were handled and how long they took.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    key = models.CharField(max_length=64)
    """Digest of the name, case and accents aside: the same procedure in another year."""
    year = models.PositiveSmallIntegerField("año")
    name = models.CharField("trámite o producto", max_length=300)
    reason = models.CharField("por qué se informa", max_length=10, choices=Reason.choices, blank=True)
    begins_with = models.CharField("hito de inicio", max_length=600, blank=True)
    ends_with = models.CharField("hito final", max_length=600, blank=True)
    promised = models.PositiveIntegerField("tiempo comprometido", null=True)
    """In `time_unit`; null: none was promised."""
    time_unit = models.CharField("se mide en", max_length=13, choices=TimeUnitLabel.choices)
    handled = models.PositiveIntegerField("gestionados")
    beyond = models.PositiveIntegerField("en más tiempo que el comprometido", null=True)
    mean = models.DecimalField("media", max_digits=12, decimal_places=2, null=True)
    median = models.DecimalField("mediana", max_digits=12, decimal_places=2, null=True)
    least = models.DecimalField("mínimo", max_digits=12, decimal_places=2, null=True)
    greatest = models.DecimalField("máximo", max_digits=12, decimal_places=2, null=True)
    batch = models.ForeignKey(
        "cases.ImportBatch", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    """The file that said so last."""
    loaded_at = models.DateTimeField("cargado")

    class Meta:
        ordering = ("name", "-year", "pk")
        constraints = [
            models.UniqueConstraint("institution", "key", "year", name="procedures_record_year"),
            models.CheckConstraint(
                condition=Q(beyond=None) | Q(beyond__lte=F("handled")), name="procedures_record_beyond"
            ),
        ]
        indexes = [
            models.Index("institution", F("year").desc(), "name", "id", name="procedures_record_newest")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"procedure:{self.pk}"


class ProcedureFact(models.Model):
    """What is counted of a procedure in a year. Written anew whenever its record changes, never edited."""

    record = models.OneToOneField(
        "procedures.ProcedureRecord", models.CASCADE, primary_key=True, related_name="+"
    )
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    counted_on = models.DateField()
    """The last day of the year, or the day it was loaded where that is before."""
    reason = models.CharField(max_length=10, blank=True)
    time_unit = models.CharField(max_length=13)
    percent_within = models.SmallIntegerField(null=True)
    """How many in a hundred took no longer than promised; null where nobody counted."""
    is_kept = models.BooleanField(null=True)
    """The median is not above what was promised; null where either is unknown."""
    mean_days = models.IntegerField(null=True)
    """Mean in whole business days, half up; null where it is measured otherwise."""

    class Meta:
        indexes = [models.Index("institution", "counted_on", name="procedures_fact_counted")]

    def __str__(self) -> str:
        return f"procedure:{self.pk}"
