# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.infra.models import LongWork


class PracticeRun(LongWork):
    """The opening of a practice body beside a body: how far it is, who asked for it, what stopped it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    """The body that is copied."""
    practice = models.OneToOneField(
        "organizations.Institution", models.PROTECT, null=True, related_name="practice_run"
    )
    """The body that it became, once its configuration is there; open to people only when all of it is
    done.
    """
    trouble = models.CharField(max_length=500, blank=True)
    """What stopped it, in words; empty where nobody thought of it."""
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    """Also the moment up to which the invented cases go, however often the work is taken up again."""

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                "institution",
                name="organizations_one_practice_run",
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.state}"
