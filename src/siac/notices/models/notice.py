# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.notices.domain.outbox import State


class Notice(models.Model):
    """Something to be told to someone: written in the transaction of what it tells, sent afterwards."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=60)
    """Registered kind: `cases.receipt`."""
    recipient = models.CharField(max_length=60)
    """Who, by id: `person:12`, `user:3`. The address is looked up when sending."""
    channel = models.CharField(max_length=10)
    """Code of a registered channel; that of the one that stepped in, where one did."""
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    context = models.JSONField(default=dict)
    """Ids and codes for the text; no personal data."""
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    message_id = models.CharField(max_length=120, unique=True)
    """Fixed before the first attempt, so that mail programs show a notice sent twice once."""
    legal_effect_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    open_since = models.DateTimeField()
    """Tried for three days from here: creation, or the last time staff sent it again."""
    due_at = models.DateTimeField()
    """Not to be tried before."""
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    """When the receiving server reported that it could not deliver what ours had accepted."""
    bounce = models.CharField(max_length=500, blank=True)
    """What that server said."""
    erased_at = models.DateTimeField(null=True)
    subject_line = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    """As it was sent; erased with the person's data."""
    salt = models.CharField(max_length=32, blank=True)
    given_id = models.CharField(max_length=100, blank=True, default="", db_default="")
    """By which the gateway that took it knows it."""
    delivered_at = models.DateTimeField(null=True)
    """When the gateway reported that it had reached the telephone."""
    parts = models.PositiveSmallIntegerField(null=True)
    """In how many parts a text message went out; null where nothing is paid by the part."""
    cost = models.PositiveIntegerField(null=True)
    """Thousandths of `currency` for all the times it was handed over."""
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    proof = models.CharField(max_length=200, blank=True)
    """Post receipt or what staff noted when marking it as sent."""

    class Meta:
        indexes = [
            models.Index(fields=["institution", "-created_at", "-id"], name="notices_newest"),
            models.Index(fields=["institution", "state", "-created_at", "-id"], name="notices_by_state"),
            models.Index(fields=["institution", "subject_type", "subject_id"], name="notices_of_subject"),
            models.Index(
                fields=["due_at"], name="notices_due", condition=Q(state__in=["pending", "sending"])
            ),
            models.Index(
                fields=["created_at", "institution"], name="notices_texts", condition=Q(channel="sms")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"
