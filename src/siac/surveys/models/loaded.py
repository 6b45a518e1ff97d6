# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class LoadedSheet(models.Model):
    """A sheet of answers gathered elsewhere that was loaded into a survey, once."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="sheets", db_index=False)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    rows = models.PositiveIntegerField()
    loaded_on = models.DateField()
    loaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-loaded_on", "-pk")
        constraints = [models.UniqueConstraint("survey", "digest", name="surveys_loaded_once")]

    def __str__(self) -> str:
        return self.name
