# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class StartMark(models.Model):
    """What somebody said about the start of a body that no row shows: keys kept
    apart, no mailbox wanted, list put away.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    """Code of a step of the list, or `hidden`."""
    marked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ("institution", "code")
        constraints = [models.UniqueConstraint("institution", "code", name="organizations_start_mark")]

    def __str__(self) -> str:
        return self.code
