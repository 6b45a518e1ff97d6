# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.policy.domain.maturity import Level


class AreaLabel(models.TextChoices):
    """To what else of the body the system is linked."""

    PLANNING = "planning", "Planificación"
    E_GOVERNMENT = "e_government", "Gobierno electrónico"
    TECHNOLOGY = "technology", "Tecnologías de la información"
    QUALITY = "quality", "Sistema de gestión de la calidad"
    OTHER = "other", "Otra"


class Reference(VersionedRecord):
    """A living link of the system to something else of the body (its plan, its platform, its procedures):
    what it is, who answers for it, and when somebody last looked whether it still holds.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    area = models.CharField("ámbito", max_length=12, choices=AreaLabel.choices)
    name = models.CharField("qué es", max_length=200)
    bearing = models.CharField("cómo se vincula", max_length=1000, blank=True)
    url = models.URLField("dirección", max_length=300, blank=True)
    document = models.CharField("documento", max_length=200, blank=True)
    """Where it has no address: its number, or where it is kept."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="+", verbose_name="unidad responsable"
    )
    responsible = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="persona responsable",
    )  # fmt: skip
    every_months = models.PositiveSmallIntegerField("se revisa cada tantos meses", default=12)
    checked_on = models.DateField("última revisión", null=True)
    next_check_on = models.DateField("próxima revisión")
    is_active = models.BooleanField("vigente", default=True)

    class Meta:
        ordering = ("area", "name", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(url="", document=""), name="policy_reference_somewhere"),
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=60), name="policy_reference_months"
            ),
        ]
        indexes = [
            models.Index(
                "institution", "next_check_on", name="policy_reference_due", condition=Q(is_active=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_overdue(self, today: date) -> bool:
        """Return whether it should have been looked at before a local day."""
        return self.is_active and self.next_check_on < today


class ReferenceVersion(SavedVersion):
    """A living link as it stood since one save."""

    reference = models.ForeignKey("policy.Reference", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("reference", "-number")
        constraints = [models.UniqueConstraint("reference", "number", name="policy_reference_version")]


class AchievementLabel(models.TextChoices):
    """Which step an achievement of the body proves."""

    ISO_9001 = Level.ISO_9001.value, "Certificado ISO 9001 del organismo"
    AWARD = Level.AWARD.value, "Premio o reconocimiento externo"


class Achievement(VersionedRecord):
    """What somebody outside certified of the body itself, or gave it: a certificate, an award. Certificates
    of charters stand with these.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    level = models.CharField("qué es", max_length=8, choices=AchievementLabel.choices)
    name = models.CharField("nombre", max_length=200)
    giver = models.CharField("quién lo da", max_length=150)
    since = models.DateField("desde")
    until = models.DateField("hasta", null=True, blank=True)
    """Its last local day; null: it does not end."""
    url = models.URLField("dirección", max_length=300, blank=True)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="policy_achievement_days"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def holds(self, today: date) -> bool:
        """Return whether it holds on a local day."""
        return self.since <= today and (self.until is None or today <= self.until)


class AchievementVersion(SavedVersion):
    """An achievement as it stood since one save."""

    achievement = models.ForeignKey(
        "policy.Achievement", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("achievement", "-number")
        constraints = [models.UniqueConstraint("achievement", "number", name="policy_achievement_version")]
