# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord

WORDS_LIMIT = 600


class Panel(VersionedRecord):
    """The opinion panel of a body: whether people may join it, and the words that they agree to."""

    institution = models.OneToOneField("organizations.Institution", models.PROTECT, related_name="+")
    words = models.CharField("con qué palabras se acepta", max_length=WORDS_LIMIT)
    is_open = models.BooleanField("recibe personas", default=True)

    def __str__(self) -> str:
        return f"panel:{self.institution_id}"


class PanelVersion(SavedVersion):
    """The panel of a body as it stood since one save."""

    panel = models.ForeignKey("surveys.Panel", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("panel", "-number")
        constraints = [models.UniqueConstraint("panel", "number", name="surveys_panel_version")]


class PanelMember(models.Model):
    """Somebody who agreed to be asked again, when, and with which words. Nothing leads from here to an
    answer: the day is that of the agreement, which anybody may give, having answered or not.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)
    """What in their mail lets them in and out."""
    words = models.CharField(max_length=WORDS_LIMIT)
    asked_on = models.DateField()
    """When they were last written to, to confirm."""
    agreed_on = models.DateField(null=True)
    """Null: they have not confirmed yet, and are asked nothing."""
    is_brought = models.BooleanField(default=False)
    """They agreed elsewhere, and a list of the body says so."""

    class Meta:
        indexes = [models.Index("institution", "agreed_on", name="surveys_panel_agreed")]

    def __str__(self) -> str:
        return f"person:{self.person_id}"
