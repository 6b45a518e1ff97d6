# SPDX-License-Identifier: EUPL-1.2
from typing import ClassVar

from django.db import models
from django.db.models import Q

from siac.catalogue.domain.drafts import OPEN, DraftState
from siac.catalogue.models.sheet import Sheet
from siac.catalogue.texts import DraftStateLabel
from siac.organizations.public import SavedVersion, VersionedRecord


class ServiceDraft(VersionedRecord, Sheet):
    """A sheet that is being written beside what is published, or before anything is: draft, in review,
    published, or left.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    service = models.ForeignKey(
        "catalogue.Service", models.PROTECT, null=True, related_name="drafts", db_index=False
    )
    """What it changes, or became; null: nothing of it was published yet."""
    state = models.CharField(
        "estado", max_length=9, choices=DraftStateLabel.choices, default=DraftState.DRAFT.value
    )
    origin = models.CharField(max_length=80, blank=True)
    """What it was made from, as «procedure:…»; empty: somebody began it."""
    started_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Null: the installation."""
    started_at = models.DateTimeField()
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Who published, returned or left it last."""
    decided_at = models.DateTimeField(null=True)
    returned_because = models.CharField("por qué se devolvió", max_length=500, blank=True)
    """Why it came back from its last review; empty once it is sent again."""
    edition = models.PositiveIntegerField(null=True)
    """The version of the service that it became."""

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {
        "service_id", "state", "origin", "started_by_id", "started_at", "submitted_by_id", "submitted_at",
        "decided_by_id", "decided_at", "returned_because", "edition",
    }  # fmt: skip

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint(
                "service", name="catalogue_draft_open",
                condition=Q(state__in=sorted(OPEN), service__isnull=False),
            ),
            models.UniqueConstraint(
                "institution", "origin", name="catalogue_draft_origin",
                condition=~Q(origin="") & ~Q(state=DraftState.LEFT.value),
            ),
            *Sheet.Meta.constraints,
        ]  # fmt: skip
        indexes = [
            models.Index(
                "institution", "state", "sort_key", "id", name="catalogue_draft_listed",
                condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index("service", models.F("id").desc(), name="catalogue_draft_service"),
        ]  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether it may still become something."""
        return self.state in OPEN


class ServiceDraftVersion(SavedVersion):
    """A draft of a sheet as it stood since one save."""

    draft = models.ForeignKey(
        "catalogue.ServiceDraft", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("draft", "-number")
        constraints = [models.UniqueConstraint("draft", "number", name="catalogue_draft_version")]
