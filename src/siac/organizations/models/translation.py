# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.versioned import SavedVersion, VersionedRecord


class RecordTranslation(VersionedRecord):
    """What a body wrote in a record (a service, a point, a kind of request), in one more language."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    record = models.SlugField("registro", max_length=60)
    """The sort of record, as it was registered: "catalogue-service"."""
    record_id = models.BigIntegerField("número del registro")
    language = models.CharField("idioma", max_length=3)
    """ISO 639 code."""
    texts = models.JSONField("textos", default=dict)
    """Field -> {"of": the Spanish text that was translated, "said": its translation}. Where the Spanish text
    is another one since, the translation is out of date and no page shows it.
    """

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "institution", "record", "record_id", "language", name="organizations_record_translation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.record_id} ({self.language})"


class RecordTranslationVersion(SavedVersion):
    """A translation as it stood since one save."""

    translation = models.ForeignKey(
        "organizations.RecordTranslation", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("translation", "-number")
        constraints = [
            models.UniqueConstraint("translation", "number", name="organizations_translation_version")
        ]
