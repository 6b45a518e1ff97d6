# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class NoticeFact(models.Model):
    """What is counted of a notice whose end is known. Written anew whenever it changes, never edited."""

    notice = models.OneToOneField("notices.Notice", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    created_on = models.DateField()
    """Local day on which it was written."""
    channel = models.CharField(max_length=10)
    is_failed = models.BooleanField()
    """It could not be delivered, or came back."""
    is_returned = models.BooleanField(default=False, db_default=False)
    """The post brought it back at least once, whatever was tried afterwards."""

    class Meta:
        indexes = [models.Index("institution", "created_on", name="notices_counted")]

    def __str__(self) -> str:
        return f"notice:{self.pk}"
