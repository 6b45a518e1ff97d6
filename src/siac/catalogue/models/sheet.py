# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.catalogue.domain.services import Audience, Offering
from siac.catalogue.texts import AudienceLabel, OfferingLabel, TimeUnit
from siac.clocks.public import Amount, Unit


class Sheet(models.Model):
    """What is written of something that the body offers or asks: the same columns in what is published and
    in what is still being written.
    """

    name = models.CharField("nombre", max_length=150)
    sort_key = models.CharField(max_length=200, editable=False)
    offering = models.CharField(
        "qué es en el catálogo", max_length=9, choices=OfferingLabel.choices, default=Offering.SERVICE.value
    )
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
    """Rows {channel, how, url}: what the person does by each channel."""
    fee = models.PositiveBigIntegerField("monto", null=True, blank=True)
    """In the least parts of `fee_unit` (cents of euros, hundredths of a UF); 0: it is free; null: nobody
    said, or it depends and `cost` says on what.
    """
    fee_unit = models.CharField("moneda o unidad", max_length=5, blank=True)
    """Code of a unit of money of the country; empty where `fee` says no amount."""
    cost = models.CharField("costo, en palabras", max_length=200, blank=True)
    """What is to be said of the cost beside the amount, or instead of it; empty: nothing."""
    legal = models.JSONField("base legal", default=list, blank=True)
    """Rows {norm, article, url}."""
    form_links = models.JSONField("formularios", default=list, blank=True)
    """Rows {title, url, file}: a form to fill in, behind a link or as a file of `documents`."""
    questions = models.JSONField("preguntas frecuentes", default=list, blank=True)
    """Rows {question, answer}."""
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
    review_on = models.DateField("se revisa antes del", null=True, blank=True)
    """Local day by which somebody looks whether it is still so; null: nobody said."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="catalogue_%(class)s_amount"
            ),
            models.CheckConstraint(
                condition=Q(reach=None) | ~Q(reach_source=""), name="catalogue_%(class)s_reach"
            ),
            models.CheckConstraint(
                condition=(Q(fee=None) | Q(fee=0)) & Q(fee_unit="") | Q(fee__gt=0) & ~Q(fee_unit=""),
                name="catalogue_%(class)s_fee",
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


SHEET_FIELDS = (
    "name", "sort_key", "offering", "audience", "summary", "entitled", "requirements", "steps", "channels",
    "fee", "fee_unit", "cost", "legal", "form_links", "questions", "amount", "unit", "starts_at", "ends_at",
    "responsible_id", "in_charge", "topic_id", "reach", "reach_source", "process", "review_on",
)  # fmt: skip
"""Columns of a sheet: what a draft hands over to what is published."""
