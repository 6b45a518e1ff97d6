# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.catalogue.domain.services import Audience
from siac.catalogue.texts import AudienceLabel, TimeUnit
from siac.clocks.public import Amount, Unit
from siac.organizations.public import SavedVersion, VersionedRecord


class Service(VersionedRecord):
    """What the body offers to people or asks of them (*servicio*): what it is, who may have it, what it
    takes, how long. Charters promise on it, service points give it.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="services")
    code = models.SlugField("código", max_length=60)
    name = models.CharField("nombre", max_length=150)
    sort_key = models.CharField(max_length=200, editable=False)
    audience = models.CharField(
        "para quién es", max_length=7, choices=AudienceLabel.choices, default=Audience.UNKNOWN.value
    )
    summary = models.TextField("qué es", blank=True)
    entitled = models.TextField("quién puede", blank=True)
    requirements = models.JSONField("qué se necesita", default=list, blank=True)
    """Rows {text, where}: what the person brings, and where it is got."""
    steps = models.JSONField("pasos", default=list, blank=True)
    """Rows {text}: what the person does, in order."""
    channels = models.JSONField("por dónde", default=list, blank=True)
    """Rows {channel, how, url}."""
    cost = models.CharField("costo", max_length=200, blank=True)
    """In words, with its currency; empty: nobody said it."""
    legal = models.JSONField("base legal", default=list, blank=True)
    """Rows {norm, url}."""
    amount = models.PositiveSmallIntegerField("plazo comprometido", null=True, blank=True)
    unit = models.CharField("unidad del plazo", max_length=3, choices=TimeUnit.choices, default="bd")
    starts_at = models.CharField("desde qué momento", max_length=150, blank=True)
    ends_at = models.CharField("hasta qué momento", max_length=150, blank=True)
    responsible = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="unidad responsable",
    )  # fmt: skip
    in_charge = models.CharField("cargo responsable", max_length=150, blank=True)
    """The office that answers for it, without a person's name: charters print it."""
    topic = models.ForeignKey(
        "catalogue.Topic", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tema"
    )
    """What requests about it are about: by it demand and complaints are told."""
    reach = models.PositiveIntegerField("personas a las que llega al año", null=True, blank=True)
    """As the body reckons them; null: nobody said."""
    reach_source = models.CharField("de dónde sale esa cifra", max_length=200, blank=True)
    process = models.JSONField("proceso interno", default=list, blank=True)
    """Rows {code, step, unit_id, amount, unit, document, clock}: what the body does, in order."""
    is_active = models.BooleanField("se presta", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="catalogue_service_code"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="catalogue_service_amount"
            ),
            models.CheckConstraint(
                condition=Q(reach=None) | ~Q(reach_source=""), name="catalogue_service_reach"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def term(self) -> Amount | None:
        """The committed time as a clock would count it; None where there is none, or it is in minutes."""
        if self.amount is None or self.unit == TimeUnit.MINUTES:
            return None
        return Amount(self.amount, Unit(self.unit))


class ServiceVersion(SavedVersion):
    """A service as it stood since one save."""

    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("service", "-number")
        constraints = [models.UniqueConstraint("service", "number", name="catalogue_service_version")]
