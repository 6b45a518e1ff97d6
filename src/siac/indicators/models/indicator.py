# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.indicators.texts import STATISTICS
from siac.infra.metrics import Better, Statistic
from siac.organizations.public import SavedVersion, VersionedRecord


class FrequencyLabel(models.TextChoices):
    """How often an indicator has a result."""

    MONTH = "month", "Mensual"
    QUARTER = "quarter", "Trimestral"
    HALF = "half", "Semestral"
    YEAR = "year", "Anual"


class BetterLabel(models.TextChoices):
    """Words for which way is better."""

    HIGHER = Better.HIGHER.value, "Más es mejor"
    LOWER = Better.LOWER.value, "Menos es mejor"


class Indicator(VersionedRecord):
    """A figure that a body follows: how it is worked out, its target and who answers for it.

    Of a metric of the registry, of some members of its dimensions, told by one statistic; or, without a
    metric, written down by hand with the same care.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="indicators")
    code = models.SlugField("código", max_length=40)
    name = models.CharField("nombre", max_length=150)
    definition = models.CharField("fórmula", max_length=400)
    metric = models.CharField("métrica", max_length=60, blank=True)
    """Key of the registry; empty: its results are written down by hand."""
    statistic = models.CharField(
        "qué se dice de ella",
        max_length=8,
        choices=[(each.value, words) for each, words in STATISTICS.items()],
        default=Statistic.WITHIN.value,
    )
    within = models.PositiveSmallIntegerField("límite", null=True, blank=True)
    """Of «within» and «beyond»: the share of values not above this, or above, in the unit of the metric."""
    filters = models.JSONField("solo de", default=dict, blank=True)
    """By dimension, the members that count, those below them included; empty: all of the body."""
    unit = models.CharField("unidad de medida", max_length=40, blank=True)
    """Of one written down by hand: «%», «días», «puntos»."""
    better = models.CharField(
        "sentido", max_length=7, choices=BetterLabel.choices, default=BetterLabel.HIGHER
    )
    target = models.DecimalField("meta", max_digits=9, decimal_places=1)
    near = models.DecimalField(
        "cerca de la meta desde", max_digits=9, decimal_places=1, null=True, blank=True
    )
    """Between this and the target a result is near it."""
    baseline = models.DecimalField("línea base", max_digits=9, decimal_places=1, null=True, blank=True)
    source = models.CharField("fuente", max_length=200, blank=True)
    instrument = models.CharField("instrumento", max_length=200, blank=True)
    verification = models.CharField("medio de verificación", max_length=300, blank=True)
    frequency = models.CharField(
        "frecuencia", max_length=7, choices=FrequencyLabel.choices, default=FrequencyLabel.MONTH
    )
    since = models.DateField("se mide desde", null=True, blank=True)
    """No result is owed of periods that begin before; null: none is owed at all (a charter reads it live)."""
    responsible = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad responsable",
    )
    is_active = models.BooleanField("activo", default=True)

    class Meta:
        ordering = ("code", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="indicators_indicator_code"),
            models.CheckConstraint(
                condition=~Q(statistic__in=("within", "beyond")) | Q(within__isnull=False) | Q(metric=""),
                name="indicators_indicator_within",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The journal stream that tells of its results."""
        return f"indicator:{self.pk}"


class IndicatorVersion(SavedVersion):
    """An indicator as it stood since one save."""

    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("indicator", "-number")
        constraints = [models.UniqueConstraint("indicator", "number", name="indicators_indicator_version")]
