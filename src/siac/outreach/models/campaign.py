# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord

MOST_COST = 2_000_000_000
"""Whole units of the currency of the country."""
MOST_REACH = 100_000_000


class AudienceSide(models.TextChoices):
    """Inside or outside: the plan of outreach is both."""

    EXTERNAL = "external", "Externa: la ciudadanía"
    INTERNAL = "internal", "Interna: quienes trabajan aquí"


class Medium(models.TextChoices):
    """By what a message goes out."""

    PORTAL = "portal", "Portal"
    POSTER = "poster", "Afiche"
    LEAFLET = "leaflet", "Folleto"
    VIDEO = "video", "Video"
    INTRANET = "intranet", "Intranet"
    NOTICE_BOARD = "notice_board", "Diario mural"
    MEETING = "meeting", "Reunión interna"
    SOCIAL_NETWORK = "social", "Red social"
    RADIO = "radio", "Radio"
    PRESS = "press", "Prensa"


class Campaign(VersionedRecord):
    """Something that a body tells in a year: to whom, what, by which media, when, for how much, and what came
    of it.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("año del plan")
    title = models.CharField("nombre", max_length=150)
    side = models.CharField("interna o externa", max_length=8, choices=AudienceSide.choices)
    audience = models.CharField("a quiénes", max_length=300)
    message = models.CharField("mensaje", max_length=500)
    media = models.JSONField("medios", default=list)
    """Codes of `Medium`, in their order."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="unidad que responde",
    )  # fmt: skip
    """It keeps the evidence: the archive is by unit."""
    starts_on = models.DateField("primer día")
    ends_on = models.DateField("último día")
    cost = models.PositiveIntegerField("costo", default=0)
    expected = models.PositiveIntegerField("alcance esperado", default=0)
    """People."""
    reached = models.PositiveIntegerField("alcance medido", null=True, blank=True)
    """People; null while nobody measured it."""
    measured_by = models.CharField("cómo se midió", max_length=300, blank=True)
    evaluation = models.TextField("evaluación", max_length=2000, blank=True)
    evaluated_on = models.DateField("evaluada el", null=True, blank=True)
    is_dropped = models.BooleanField("sin efecto", default=False)

    class Meta:
        ordering = ("starts_on", "pk")
        indexes = [models.Index("institution", "starts_on", "id", name="outreach_campaigns")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="outreach_days"),
            models.CheckConstraint(
                condition=Q(cost__lte=MOST_COST, expected__lte=MOST_REACH)
                & (Q(reached=None) | Q(reached__lte=MOST_REACH)),
                name="outreach_bounds",
            ),
            models.CheckConstraint(
                condition=Q(evaluated_on=None) | ~Q(evaluation=""), name="outreach_evaluation_said"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"campaign:{self.pk}"

    @property
    def media_names(self) -> list[str]:
        """Its media in words."""
        return [str(label) for code, label in Medium.choices if code in self.media]


class CampaignVersion(SavedVersion):
    """A campaign as it stood since one save."""

    campaign = models.ForeignKey("outreach.Campaign", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("campaign", "-number")
        constraints = [models.UniqueConstraint("campaign", "number", name="outreach_campaign_version")]
