# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models

from siac.documents.public import PreparedFile


class AnswerPackage(PreparedFile):
    """The answers of one month to requests that came by the Portal, with their files, as somebody takes them
    there.
    """

    month = models.DateField()
    """Its first day, local."""
    case_ids = ArrayField(models.BigIntegerField(), default=list)
    """The cases of the file, so that the right to each is asked again when it is fetched; empty once it is
    gone.
    """

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("state", "created_at", name="transparency_package_age")]

    def __str__(self) -> str:
        return f"answers of {self.month:%Y-%m}"

    @property
    def stream(self) -> str:
        """The journal stream that tells this package."""
        return f"portal_package:{self.pk}"
