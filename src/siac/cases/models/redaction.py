# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class Redaction(models.Model):
    """What of one piece of a case may be handed to others: its text with parts
    blacked out, or a file in its place.

    The original stays as it is. A piece without a row has not been reviewed and is not handed out.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="redactions", db_index=False)
    message = models.ForeignKey(
        "cases.CaseMessage", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The message it is of; None with no file: what was filed."""
    attachment_id = models.BigIntegerField(null=True)
    """The file it is of; None for a text."""
    body = models.TextField(blank=True)
    """The text as it may be handed out."""
    salt = models.CharField(max_length=64, blank=True)
    """Salt of the digest that the journal holds of `body`."""
    replacement_id = models.BigIntegerField(null=True)
    """The file that is handed out instead; None: the original itself."""
    parts = models.PositiveSmallIntegerField(default=0)
    """How many parts were blacked out."""
    grounds = models.CharField(max_length=300, blank=True)
    """The article that lets the body keep them back."""
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(attachment_id__isnull=True, replacement_id__isnull=True)
                | Q(attachment_id__isnull=False, message__isnull=True, body=""),
                name="cases_redaction_text_or_file",
            ),
            models.CheckConstraint(
                condition=Q(parts=0, replacement_id__isnull=True) | ~Q(grounds=""),
                name="cases_redaction_says_why",
            ),
            models.UniqueConstraint(
                "case", name="cases_redaction_of_filed", condition=Q(message=None, attachment_id=None)
            ),
            models.UniqueConstraint(
                "message", name="cases_redaction_of_message", condition=Q(message__isnull=False)
            ),
            models.UniqueConstraint(
                "attachment_id", name="cases_redaction_of_file", condition=Q(attachment_id__isnull=False)
            ),
        ]
        indexes = [models.Index("case", "id", name="cases_redaction_case")]

    def __str__(self) -> str:
        return f"redaction {self.pk} of {self.case_id}"
