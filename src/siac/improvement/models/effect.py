# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.indicators.public import Effect


class EffectLabel(models.TextChoices):
    """Words for what can be said of two windows: never why."""

    BETTER = Effect.BETTER.value, "Mejoró"
    WORSE = Effect.WORSE.value, "Empeoró"
    NONE_SEEN = Effect.NONE_SEEN.value, "No se ve un efecto"
    TOO_FEW = Effect.TOO_FEW.value, "No hay datos suficientes"


class ActionBaseline(models.Model):
    """The indicator that an action means to move: what it said before (*línea base*), frozen with its
    definition and rows, and what it should come to (*meta*).
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    action = models.OneToOneField("improvement.Action", models.PROTECT, related_name="baseline")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=1)
    total = models.PositiveIntegerField()
    definition = models.JSONField()
    rows = models.BinaryField(default=b"")
    digest = models.BinaryField(max_length=32)
    goal = models.DecimalField("meta", max_digits=9, decimal_places=1)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("action",)
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="improvement_baseline_days")
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.value}"


class ActionEffect(models.Model):
    """The same indicator before and after an action (*efecto*), frozen: both values, on how many each rests,
    and what can be said. Never changed; measured again it is a row with the next number.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    action = models.ForeignKey("improvement.Action", models.PROTECT, related_name="effects", db_index=False)
    number = models.PositiveSmallIntegerField()
    before_first = models.DateField()
    before_last = models.DateField()
    first = models.DateField()
    last = models.DateField()
    before_value = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    before_total = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    total = models.PositiveIntegerField()
    effect = models.CharField(max_length=9, choices=EffectLabel.choices)
    by = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    low = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    high = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    """Of shares percentage points, of values pairs in 100, of counts per cent a day; with its 95 % interval
    where there is one.
    """
    doubts = models.JSONField(default=list)
    rows = models.BinaryField(default=b"")
    digest = models.BinaryField(max_length=32)
    measured_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    measured_at = models.DateTimeField()

    class Meta:
        ordering = ("action", "-number")
        constraints = [
            models.UniqueConstraint("action", "number", name="improvement_effect_number"),
            models.CheckConstraint(
                condition=Q(before_last__lt=F("first"), first__lte=F("last")),
                name="improvement_effect_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.effect}"
