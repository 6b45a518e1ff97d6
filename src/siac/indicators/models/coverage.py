# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from siac.indicators.domain.coverage import AgeBand, Goals
from siac.organizations.public import SavedVersion, VersionedRecord

MOST_PEOPLE = 100_000_000


class Territory(VersionedRecord):
    """What is known of the people of a territory that a body serves: how many, how old, how poor, on how much
    land; each with its source.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    code = models.CharField("territorio", max_length=20)
    """Code of the country: of a commune, a province or a region."""
    year = models.PositiveSmallIntegerField("año de los datos")
    people = models.PositiveIntegerField("habitantes")
    women = models.PositiveIntegerField("mujeres", null=True, blank=True)
    men = models.PositiveIntegerField("hombres", null=True, blank=True)
    area = models.DecimalField("superficie en km²", max_digits=10, decimal_places=2, null=True, blank=True)
    rural = models.DecimalField(
        "población rural, por ciento", max_digits=4, decimal_places=1, null=True, blank=True
    )
    poor = models.DecimalField(
        "en pobreza por ingresos, por ciento", max_digits=4, decimal_places=1, null=True, blank=True
    )
    """Of households or people, as the source counts."""
    ages = models.JSONField("edades", default=list, blank=True)
    """[[first year, last year or null, per cent as text], …]."""
    source = models.CharField("fuente", max_length=300)
    is_active = models.BooleanField("vigente", default=True)

    class Meta:
        ordering = ("code", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="indicators_one_territory"),
            models.CheckConstraint(
                condition=Q(people__gt=0, people__lte=MOST_PEOPLE), name="indicators_territory_has_people"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def bands(self) -> tuple[AgeBand, ...]:
        """The ages of its people, the youngest first."""
        return tuple(AgeBand(first, last, Decimal(percent)) for first, last, percent in self.ages)


class TerritoryVersion(SavedVersion):
    """What was known of a territory since one save."""

    territory = models.ForeignKey(
        "indicators.Territory", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("territory", "-number")
        constraints = [models.UniqueConstraint("territory", "number", name="indicators_territory_version")]


class CoverageGoal(VersionedRecord):
    """How near and how much a body wants to serve territories, one for each body; any goal may be unsaid."""

    institution = models.OneToOneField("organizations.Institution", models.PROTECT, related_name="+")
    most_km = models.PositiveSmallIntegerField("kilómetros al punto más cercano", null=True, blank=True)
    most_people = models.PositiveIntegerField("habitantes por punto", null=True, blank=True)
    least_served = models.PositiveSmallIntegerField("atenciones por mil habitantes", null=True, blank=True)
    """Requests and attentions at the points of a territory in twelve months, for each thousand people."""

    def __str__(self) -> str:
        return f"coverage of {self.institution_id}"

    @property
    def goals(self) -> Goals:
        """What is wanted."""
        return Goals(self.most_km, self.most_people, self.least_served)


class CoverageGoalVersion(SavedVersion):
    """What a body wanted of its coverage since one save."""

    goal: Any = models.ForeignKey(
        "indicators.CoverageGoal", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("goal", "-number")
        constraints = [models.UniqueConstraint("goal", "number", name="indicators_coverage_version")]
