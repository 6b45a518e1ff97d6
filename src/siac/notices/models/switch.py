# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class ChannelSwitch(models.Model):
    """Whether a body uses a channel that is off until it says so; the journal tells who said it and when."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=10)
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "channel"], name="notices_one_switch_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.channel} of {self.institution_id}"
