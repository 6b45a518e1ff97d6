# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.own import OwnTerm, own_id


class OwnRule(models.Model):
    """One version of a rule that a body gave itself. Rows are never rewritten: clocks pin them for ever."""

    class Length(models.TextChoices):
        BUSINESS_DAYS = Unit.BUSINESS_DAYS.value, "días hábiles"
        CALENDAR_DAYS = Unit.CALENDAR_DAYS.value, "días corridos"
        MONTHS = Unit.MONTHS.value, "meses"

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="own_rules")
    code = models.SlugField("código", max_length=24)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField("nombre", max_length=120)
    document = models.CharField("documento que la fija", max_length=200)
    """Ordinance, resolution or charter of the body, with its date, as people will read it."""
    url = models.URLField("dirección del documento", max_length=300, blank=True)
    base_rule = models.CharField("norma de la que depende", max_length=40, blank=True)
    """Rule of the law within which it sets the term; empty for a term that the law does not know."""
    base_version = models.PositiveIntegerField(default=0)
    amount = models.PositiveSmallIntegerField("plazo")
    unit = models.CharField("se cuenta en", max_length=2, choices=Length.choices)
    extended = models.PositiveSmallIntegerField("plazo ya ampliado", null=True, blank=True)
    """The whole length after its one extension, in the same unit; empty where it has none."""
    waits = models.BooleanField("se detiene mientras se espera a la persona", default=True)
    shifts = models.BooleanField("fuera de horario cuenta desde el día hábil siguiente", default=True)
    valid_from = models.DateField("rige desde", null=True, blank=True)
    """Local day; empty in the first version, which has no lower bound."""
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("institution", "code", "version")
        constraints = [
            models.UniqueConstraint("institution", "code", "version", name="clocks_own_rule_version"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & (Q(extended=None) | Q(extended__gt=F("amount"))),
                name="clocks_own_rule_lengths",
            ),
            models.CheckConstraint(
                condition=Q(version=1, valid_from=None) | Q(version__gt=1, valid_from__isnull=False),
                name="clocks_own_rule_from",
            ),
            models.CheckConstraint(
                condition=Q(base_rule="", base_version=0) | (~Q(base_rule="") & Q(base_version__gt=0)),
                name="clocks_own_rule_base",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    @property
    def rule_id(self) -> str:
        """How clocks and kinds name it."""
        return own_id(self.institution_id, self.code)

    @property
    def term(self) -> OwnTerm:
        """What it says, as a value."""
        unit = Unit(self.unit)
        longer = Amount(self.extended, unit) if self.extended else None
        return OwnTerm(
            self.code,
            self.version,
            self.name,
            self.document,
            Amount(self.amount, unit),
            longer,
            self.waits,
            self.shifts,
            self.valid_from,
        )
