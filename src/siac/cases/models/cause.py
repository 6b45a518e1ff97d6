# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.organizations.public import SavedVersion, VersionedRecord


class Cause(VersionedRecord):
    """Why complaints arise, in the body's own words: what is coded when one is
    closed, so that the body can learn.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=120)
    code = models.SlugField("código", max_length=60)
    sort_key = models.CharField(max_length=200, editable=False)
    is_active = models.BooleanField("activa", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [models.UniqueConstraint("institution", "code", name="cases_cause_code")]

    def __str__(self) -> str:
        return self.name


class CauseVersion(SavedVersion):
    """A cause as it stood since one save."""

    cause = models.ForeignKey("cases.Cause", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("cause", "-number")
        constraints = [models.UniqueConstraint("cause", "number", name="cases_cause_version")]
