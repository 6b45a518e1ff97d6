# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.infra.models import LongWork, states_with
from siac.kernel.work_states import WorkState
from siac.organizations.public import SavedVersion, VersionedRecord
from siac.reporting.domain.open_data import LICENCES

MADE = "published"
"""The state of a file that is there; from it a new one is made."""


class EachLabel(models.TextChoices):
    """How long the periods of a published table are."""

    MONTH = "mes", "Mensual"
    QUARTER = "trimestre", "Trimestral"
    YEAR = "anio", "Anual"


class Dataset(VersionedRecord):
    """A table of figures that a body publishes for anybody to use.

    What is counted, how it is told apart and by which periods never change: a body that told the same by
    months and by quarters would give away by subtraction the few whom each of both hides.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    slug = models.SlugField("dirección", max_length=80)
    what = models.CharField("qué se publica", max_length=60)
    """A metric of the registry, or `results` or `commitments`."""
    by = models.CharField("separado por", max_length=40, blank=True)
    """A dimension of the metric; empty: the whole body."""
    every = models.CharField("cada cuánto", max_length=9, choices=EachLabel.choices, default=EachLabel.MONTH)
    title = models.CharField("título", max_length=120)
    since = models.DateField("desde")
    """No period that begins before is in it."""
    licence = models.CharField(
        "licencia", max_length=12, choices=[(each.code, each.title) for each in LICENCES.values()]
    )
    is_published = models.BooleanField("publicado", default=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint("institution", "slug", name="reporting_dataset_slug"),
            models.UniqueConstraint("institution", "what", "by", name="reporting_dataset_once"),
        ]

    def __str__(self) -> str:
        return self.title


class DatasetVersion(SavedVersion):
    """A published table as it was decided since one save."""

    dataset = models.ForeignKey("reporting.Dataset", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("dataset", "-number")
        constraints = [models.UniqueConstraint("dataset", "number", name="reporting_dataset_version")]


class DatasetFile(LongWork):
    """The file of a published table as it was last made: a job makes it, the portal only hands it out."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    dataset = models.OneToOneField("reporting.Dataset", models.PROTECT, related_name="file")
    state = models.CharField(
        max_length=10, choices=states_with(published="Al día"), default=WorkState.WAITING
    )
    content = models.BinaryField(default=b"")
    """The table as CSV; empty until it is made, and of one that is not published any more."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the content; empty while there is none."""
    fields = models.JSONField(default=list)
    """Its columns, as a Table Schema writes them."""
    latest = models.JSONField(default=list)
    """The rows of the last period, as texts."""
    size = models.PositiveIntegerField(default=0)
    """Bytes of the content."""
    rows = models.PositiveIntegerField(default=0)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    """The first and last day that it tells of; null while it tells of none."""
    made_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("institution", "id", name="reporting_dataset_files")]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.digest[:8]}"
