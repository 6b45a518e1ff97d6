# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class PaperEntry(models.Model):
    """A paper that was entered once and waits to be entered again. It goes when both say the same: from what
    is counted nothing leads to who entered it, or to the number of the sheet.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=32, unique=True)
    """Of the page it was entered on: sent twice, it is there once."""
    mark = models.CharField("número de la hoja", max_length=40, blank=True)
    point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_on = models.DateField()

    class Meta:
        ordering = ("entered_on", "pk")

    def __str__(self) -> str:
        return self.mark or f"paper:{self.pk}"
