# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class ActionFact(models.Model):
    """An action as figures count it, written anew whenever it changes; dropped ones have none."""

    action = models.OneToOneField("improvement.Action", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    is_in_time = models.BooleanField()
    unit_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index("institution", "due_on", name="improvement_actions_due")]

    def __str__(self) -> str:
        return f"action:{self.pk}"


class FindingFact(models.Model):
    """A finding with a term as figures count it, written anew whenever it changes; dismissed ones have
    none.
    """

    finding = models.OneToOneField("findings.Finding", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    is_in_time = models.BooleanField()
    unit_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index("institution", "due_on", name="improvement_findings_due")]

    def __str__(self) -> str:
        return f"finding:{self.pk}"
