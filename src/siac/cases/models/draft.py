# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class FilingDraft(models.Model):
    """A request that a citizen has typed; kept sealed for a day so that nothing has to be typed twice.

    Once sent it is empty and only names the case, so that sending again gives
    the same receipt, to the same browser.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    kind = models.ForeignKey("cases.CaseKind", models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=43, unique=True)
    """Random; in the address of the page where the citizen checks the answers."""
    browser = models.CharField(max_length=64)
    """SHA-256, in hexadecimal, of the secret of the browser that wrote it: it opens in no other."""
    sealed = models.BinaryField()
    """What was typed; empty once it was sent."""
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="+", db_index=False)
    """What it became, from the moment it was sent."""
    created_at = models.DateTimeField()
    """When it was begun, and once sent, when that was: a day from here on it is forgotten."""

    class Meta:
        indexes = [models.Index("created_at", name="cases_draft_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class FormFact(models.Model):
    """A form of the portal that somebody filled in as far as the page where it is checked. Written when the
    draft is forgotten, a day after; nothing in it tells whose it was.
    """

    id = models.BigAutoField(primary_key=True)
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    begun_on = models.DateField()
    """Local day on which it was begun; of one that was sent, when that was."""
    kind_id = models.BigIntegerField()
    is_sent = models.BooleanField()
    counted_on = models.DateField(null=True)
    """Its day, once figures count it."""

    class Meta:
        indexes = [
            models.Index("institution", "counted_on", name="cases_forms_counted"),
            models.Index("institution", "id", name="cases_forms_new", condition=Q(counted_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"form of {self.begun_on}"
