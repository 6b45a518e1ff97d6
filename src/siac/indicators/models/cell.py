# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Measure(models.Model):
    """The short number by which cells name a measure of the registry."""

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.key


class Cell(models.Model):
    """What a measure counts of a body in a period, for one member of a family of dimensions.

    Always recomputed whole, never added to. `family` names the dimensions («unit», «kind,unit», empty for all
    of the body) and `member` their codes in that order («12», «3,12»).
    """

    class Grain(models.TextChoices):
        DAY = "d", "día"
        MONTH = "m", "mes"
        YEAR = "y", "año"

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+", db_index=False)
    grain = models.CharField(max_length=1, choices=Grain.choices)
    family = models.CharField(max_length=60)
    member = models.CharField(max_length=80)
    period = models.DateField()
    """The first local day of the period."""
    n = models.IntegerField()
    total = models.BigIntegerField()
    """Sum of the values; 0 where the measure has none."""
    vals = ArrayField(models.IntegerField(), null=True)
    """The values that occurred, ascending; null where the measure has none."""
    cum = ArrayField(models.IntegerField(), null=True)
    """Beside each of `vals`, how many are not above it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "institution", "measure", "grain", "family", "member", "period", name="indicators_cell_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.grain} {self.period} {self.family} {self.member}"


class CubeState(models.Model):
    """How far the cells of a source are true for a body. Whoever computes them locks this row first."""

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    source = models.CharField(max_length=40)
    computed_at = models.DateTimeField()
    """When cells were last computed."""
    built_at = models.DateTimeField(null=True)
    """When all that stood before was counted; null until then."""
    rests_on = models.CharField(max_length=64, default="", db_default="")
    """What the figures rested on then (`state.basis_of`); where that is another now, all is counted anew."""
    days_from = models.DateField(null=True)
    """The first local day of which days are kept; months before it are counted from facts. Null: none went
    yet.
    """

    class Meta:
        constraints = [models.UniqueConstraint("institution", "source", name="indicators_cube_state")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.source}"
