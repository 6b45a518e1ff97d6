# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.documents.domain.files import VIEWABLE, ScanState, Visibility


class Attachment(models.Model):
    """A file that someone handed in or the body made, checked before it was stored."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    """What it belongs to, `case` 12 say; empty until linked."""
    name = models.CharField("nombre", max_length=130)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=80, unique=True)
    """Random; says nothing of the content."""
    visibility = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Visibility])
    scan_state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ScanState])
    scan_after = models.DateTimeField(null=True)
    """Before that moment (UTC) the scanner is not asked, and later after those that it was never asked about:
    it gave no answer, or the file could not be read. Empty: it is asked at once."""
    uploaded_by_id = models.BigIntegerField(null=True)
    """User; empty for a citizen."""
    uploaded_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    annulled_on = models.DateField(null=True)
    """The day of the body from which on it does not count any more, though it stays; empty: it counts."""
    salt = models.CharField(max_length=64, blank=True)
    """Salt of the digest that the journal holds of this file; erased with it.

    Empty on files older than their seals.
    """

    class Meta:
        indexes = [
            models.Index(fields=["institution", "subject_type", "subject_id"], name="documents_of_subject"),
            models.Index(
                "institution",
                models.F("scan_after").asc(nulls_first=True),
                models.F("id").desc(),
                name="documents_scan_waiting",
                condition=Q(scan_state="pending", erased_at=None),
            ),
        ]

    @property
    def stream(self) -> str:
        """The journal stream of this file."""
        return f"file:{self.pk}"

    @property
    def is_viewable(self) -> bool:
        """Whether browsers show it by themselves and safely: a picture or a PDF
        by its content, and no virus known in it.
        """
        return self.media_type in VIEWABLE and self.scan_state != ScanState.INFECTED

    @property
    def said_name(self) -> str:
        """Its name as lists on paper say it: that it was annulled with it."""
        since = f" (anulada el {self.annulled_on:%d-%m-%Y})" if self.annulled_on and self.name else ""
        return f"{self.name}{since}"

    def __str__(self) -> str:
        return self.name
