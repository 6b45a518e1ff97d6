# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class Undoable(models.Model):
    """The last thing that was sent about a case, and what the case was before:
    for some seconds it can be taken back.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="undoable")
    move = models.CharField(max_length=10)
    """Which: `domain.states.Move`."""
    version = models.PositiveIntegerField()
    """The version of the case that it made; once the case changes again nothing can be taken back."""
    until = models.DateTimeField()
    """The notice does not go out before, and it is not taken back after."""
    actor = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    """Who did it; nobody else takes it back."""
    message_id = models.BigIntegerField()
    """What it wrote; 0: nothing."""
    notices = models.JSONField(default=list)
    before = models.JSONField()
    """Columns of the case as they were."""
    clocks = models.JSONField()
    """Its clocks as they were (`clocks.public.remember`)."""
    submitted_at = models.DateTimeField(null=True)
    """Since when an answer waited to be approved that it made a draft again; None: none did."""

    def __str__(self) -> str:
        return f"{self.move} of {self.case_id}"
