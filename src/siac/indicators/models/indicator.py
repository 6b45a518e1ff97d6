# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class Indicator(models.Model):
    """A figure that a body follows: a metric, how it is cut, its target and who answers for it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="indicators")
    code = models.SlugField("código", max_length=40)
    name = models.CharField("nombre", max_length=150)
    definition = models.CharField("fórmula", max_length=400)
    metric = models.CharField("métrica", max_length=60)
    kind = models.ForeignKey(
        "cases.CaseKind",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tipo de solicitud",
    )
    within = models.PositiveSmallIntegerField("valor límite")
    """The indicator is the share of values not above this, in the unit of the metric."""
    target = models.DecimalField("meta (%)", max_digits=4, decimal_places=1)
    responsible = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad responsable",
    )

    class Meta:
        ordering = ("code", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="indicators_indicator_code"),
            models.CheckConstraint(condition=Q(target__range=(0, 100)), name="indicators_target_is_percent"),
        ]

    def __str__(self) -> str:
        return self.name


class MetricCell(models.Model):
    """The histogram of one metric for one local day, unit and kind of a body;
    always recomputed whole, never added to.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    metric = models.CharField(max_length=60)
    day = models.DateField()
    unit_id = models.BigIntegerField(null=True)
    kind_id = models.BigIntegerField(null=True)
    histogram = models.JSONField()
    """Value (as text, for JSON) -> how often."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "institution",
                "metric",
                "day",
                "unit_id",
                "kind_id",
                name="indicators_cell",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.day}"


class DirtyDay(models.Model):
    """A local day of a body whose cells must be computed anew; `marked_at` is
    also the data time of what is pending.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    day = models.DateField()
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("institution", "day", name="indicators_dirty_day")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.day}"


class CubeState(models.Model):
    """When the cells of a body were last brought up to date: the data time that every figure shows."""

    institution = models.OneToOneField(
        "organizations.Institution", models.CASCADE, primary_key=True, related_name="+"
    )
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.institution_id} {self.computed_at}"
