# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F

from siac.organizations.public import SavedVersion, VersionedRecord


class EverydayWord(VersionedRecord):
    """What people say, and what the house calls it: whoever searches for the one finds the other."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    said = models.CharField("lo que dice la gente", max_length=60)
    sort_key = models.CharField(max_length=200, editable=False)
    meant = models.CharField("cómo lo llama el organismo", max_length=60)
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "sort_key", "meant", name="catalogue_everyday_word"),
        ]

    def __str__(self) -> str:
        return f"{self.said} → {self.meant}"


class EverydayWordVersion(SavedVersion):
    """An everyday word as it stood since one save."""

    word = models.ForeignKey(
        "catalogue.EverydayWord", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("word", "-number")
        constraints = [models.UniqueConstraint("word", "number", name="catalogue_everyday_version")]


class MissedSearch(models.Model):
    """What people searched for in the catalogue and did not find; of nobody, and counted once a day."""

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    words = models.CharField("qué se buscó", max_length=60)
    """Folded, and without anything that may tell who searched: no number, no address, few words."""
    days = models.PositiveIntegerField("en cuántos días", default=1)
    last_on = models.DateField("la última vez")

    class Meta:
        constraints = [models.UniqueConstraint("institution", "words", name="catalogue_missed_search")]
        indexes = [
            models.Index("institution", F("days").desc(), F("id").desc(), name="catalogue_missed_most")
        ]

    def __str__(self) -> str:
        return self.words


class ServiceOpinion(models.Model):
    """Whether the page of a service was useful to somebody, and why not; of nobody."""

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="opinions", db_index=False)
    is_useful = models.BooleanField()
    reason = models.CharField("por qué", max_length=300, blank=True)
    said_on = models.DateField()

    class Meta:
        indexes = [
            models.Index("institution", "service", F("id").desc(), name="catalogue_opinions_newest"),
            models.Index("said_on", name="catalogue_opinions_old"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.is_useful}"
