# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.accounts.public import Role
from siac.organizations.public import SavedVersion, VersionedRecord


class Approver(models.TextChoices):
    """Who must approve an answer before it is sent, by the role held over the unit of the case."""

    HEAD_OF_UNIT = Role.HEAD_OF_UNIT.value, "Jefatura de la unidad"
    QUALITY_MANAGER = Role.QUALITY_MANAGER.value, "Encargada de calidad"
    AUTHORITY = Role.AUTHORITY.value, "Autoridad"


class Topic(VersionedRecord):
    """What a request is about, in the body's own words; points to the unit that usually answers."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="topics")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="tema general"
    )
    code = models.SlugField("código", max_length=60)
    name = models.CharField("nombre", max_length=120)
    sort_key = models.CharField(max_length=200, editable=False)
    unit = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad que responde",
    )
    approver = models.CharField(
        "quién aprueba la respuesta", max_length=20, choices=Approver.choices, blank=True
    )
    """Whoever approves the answers of this topic, whatever their kind says; empty: the kind says it."""
    is_active = models.BooleanField("activo", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [models.UniqueConstraint("institution", "code", name="catalogue_topic_code")]

    def __str__(self) -> str:
        return self.name


class TopicVersion(SavedVersion):
    """A topic as it stood since one save."""

    topic = models.ForeignKey("catalogue.Topic", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("topic", "-number")
        constraints = [models.UniqueConstraint("topic", "number", name="catalogue_topic_version")]
