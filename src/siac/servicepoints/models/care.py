# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.servicepoints.domain.types import channels


class CareProtocol(VersionedRecord):
    """How people are attended by a channel, or by all of them: what is done, and their rights and duties."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    channel = models.CharField("canal", max_length=12, blank=True)
    """A code of `domain.types.channels`; empty: by whichever."""
    steps = models.JSONField("qué hacemos al atender", default=list, blank=True)
    """Lines, in order."""
    rights = models.JSONField("derechos", default=list, blank=True)
    duties = models.JSONField("deberes", default=list, blank=True)
    is_active = models.BooleanField("publicado", default=True)

    class Meta:
        ordering = ("channel", "pk")
        constraints = [models.UniqueConstraint("institution", "channel", name="servicepoints_care_channel")]

    def __str__(self) -> str:
        return self.channel_name

    @property
    def channel_name(self) -> str:
        """Its channel in words."""
        return channels().get(self.channel, "Todos los canales")


class CareProtocolVersion(SavedVersion):
    """A care protocol as it stood since one save."""

    protocol = models.ForeignKey(
        "servicepoints.CareProtocol", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("protocol", "-number")
        constraints = [models.UniqueConstraint("protocol", "number", name="servicepoints_care_version")]
