# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class BonusRoll(models.Model):
    """The staff of a body as a list brought it, to see to whom the bonus for a year is due."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("año evaluado")
    paid_on = models.DateField("día del pago")
    percent = models.DecimalField("parte del bono que se paga", max_digits=5, decimal_places=2)
    uf_then = models.DecimalField("UF del 1 de enero de 2014", max_digits=9, decimal_places=2)
    uf_now = models.DecimalField("UF del mes del pago", max_digits=9, decimal_places=2)
    source = models.CharField(max_length=200)
    brought_on = models.DateField()
    brought_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-year", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100, uf_then__gt=0, uf_now__gt=0),
                name="surveys_roll_amounts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class BonusEntry(models.Model):
    """Somebody on a list, when they served, and why the bonus is not due to them."""

    roll = models.ForeignKey("surveys.BonusRoll", models.CASCADE, related_name="entries", db_index=False)
    code = models.CharField("código", max_length=40)
    name = models.CharField("nombre", max_length=150)
    spells = models.JSONField()
    """[first, last or null], in ISO form."""
    left_out = models.JSONField(default=list)
    """Codes of `domain.Why`; empty: it is due to them."""
    is_due = models.BooleanField()

    class Meta:
        ordering = ("roll", "is_due", "name", "pk")
        constraints = [models.UniqueConstraint("roll", "code", name="surveys_roll_code")]
        indexes = [models.Index("roll", "is_due", "name", "id", name="surveys_roll_listed")]

    def __str__(self) -> str:
        return self.code
