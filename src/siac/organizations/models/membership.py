# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.accounts.public import Role


class Membership(models.Model):
    """A role that a user holds in a body, in the whole of it or in one unit and
    those below it; perhaps only until a day.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="memberships")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField("rol", max_length=20, choices=[(r.value, r.value) for r in Role])
    until = models.DateField("hasta", null=True, blank=True)
    """The last day on which it opens anything, in the body's time zone; None: until somebody takes it
    away.
    """

    since = models.DateTimeField(null=True)
    """When it was given; null: before that was written down."""

    class Meta:
        ordering = ("institution", "user", "pk")
        constraints = [
            models.UniqueConstraint(
                "user",
                "institution",
                "unit",
                "role",
                name="organizations_membership_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
