# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from siac.integrations.webhooks.domain.trying import Outcome, State
from siac.integrations.webhooks.texts import OUTCOMES, PAUSES, STATES


class Webhook(models.Model):
    """An address of a program that is told of what happens in a body, and the secret its messages are signed
    with.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=80)
    url = models.CharField("dirección", max_length=500)
    events = ArrayField(models.CharField(max_length=60))
    """Types of the registry (`journal.outside`)."""
    secret = models.BinaryField()
    """Sealed with the vault key, bound to this row's body and address."""
    old_secret = models.BinaryField(default=b"")
    """The one before, which also signs until `old_until`; empty: none."""
    old_until = models.DateTimeField(null=True)
    pause = models.CharField(max_length=8, blank=True, default="", choices=list(PAUSES.items()))
    """Why nothing is sent: `asked` by an administrator, `dead` target, `removed` and being forgotten;
    empty: it is sent.
    """
    paused_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    """When the first of the tries failed since which none was taken; null: the last one was taken."""
    not_before = models.DateTimeField()
    """Nothing is tried before: a target that fails holds up its own messages only. Of those whose time has
    come the earliest is told first, so that each has its turn.
    """
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "url"], condition=~Q(pause="removed"), name="webhooks_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        """Whether it is sent what happens."""
        return not self.pause


class Delivery(models.Model):
    """An event to be told to a webhook: written once for each, tried until it is taken or given up."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    message_id = models.CharField(max_length=60)
    """The same at every try: by it a program knows what it has already."""
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    happened_at = models.DateTimeField()
    data = models.JSONField(default=dict)
    """Ids, codes and links; no personal data."""
    state = models.CharField(
        max_length=8, choices=[(each.value, STATES[each]) for each in State], default=State.PENDING.value
    )
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    """Not to be tried before; while `sending`, since when."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("webhook", "message_id", name="webhooks_told_once")]
        indexes = [
            models.Index(
                "due_at", "id", name="webhooks_due",
                condition=Q(state__in=[State.PENDING.value, State.SENDING.value]),
            ),
            models.Index(
                "webhook", "due_at", "id", name="webhooks_next",
                condition=Q(state__in=[State.PENDING.value, State.SENDING.value]),
            ),
            models.Index("webhook", F("id").desc(), name="webhooks_newest"),
            models.Index("created_at", name="webhooks_age"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class DeliveryTry(models.Model):
    """One try of a delivery, written before the target is spoken to."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(each.value, OUTCOMES[each]) for each in Outcome]
    )
    """Empty while under way."""
    status = models.PositiveSmallIntegerField(null=True)
    """The status of HTTP that was answered; null: none came."""

    def __str__(self) -> str:
        return f"try of {self.delivery_id}"
