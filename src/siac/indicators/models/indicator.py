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
