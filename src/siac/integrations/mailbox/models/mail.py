# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class MailState(models.TextChoices):
    """What became of a mail."""

    NEW = "new", "Por procesar"
    FILED = "filed", "Ingresado como solicitud"
    ADDED = "added", "Agregado a una solicitud"
    REVIEW = "review", "Por revisar"
    SPAM = "spam", "No deseado"
    LOOP = "loop", "Automático"
    LEFT = "left", "Dejado sin ingresar"


class IncomingMail(models.Model):
    """One mail that reached a mailbox: a row before anything else is done with
    it, so that none is lost or taken twice.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    mailbox = models.ForeignKey("mailbox.Mailbox", models.PROTECT, related_name="mails", db_index=False)
    message_key = models.CharField(max_length=290)
    """What makes it this mail: its message id; the digest of its content where it
    has none or another mail bears the same.
    """
    message_id = models.CharField(max_length=250, blank=True)
    content_digest = models.CharField(max_length=64)
    """SHA-256 of author, date, subject and content, without the trace that servers add on the way."""
    sha256 = models.CharField(max_length=64)
    """SHA-256 of the mail as it was fetched."""
    sender = models.BinaryField(default=bytes)
    """The address it says it is from, sealed with the vault key and bound to
    `mail:<message_key>`; empty without one.
    """
    sender_token = models.BinaryField(max_length=16, default=bytes)
    """Keyed digest of that address: counts and blocks senders without naming them."""
    subject = models.CharField(max_length=250, blank=True)
    received_at = models.DateTimeField()
    """When the mail server of the body received it (INTERNALDATE): terms run
    from here, whenever it is fetched.
    """
    fetched_at = models.DateTimeField()
    size = models.BigIntegerField()
    """Bytes on the server."""
    is_cut = models.BooleanField(default=False)
    """Too large to be fetched whole: its beginning was, with the text."""
    is_unreadable = models.BooleanField(default=False, db_default=False)
    """It could not be read within its limits: nobody tries again, no page and no job."""
    is_late = models.BooleanField(default=False, db_default=False)
    """It came when its sender had sent too many within the hour: those of others are read before it."""
    text_token = models.BinaryField(max_length=16, default=bytes, db_default=b"")
    """Keyed digest of what it says, once read: tells a machine that says the same again and again."""
    state = models.CharField(max_length=6, choices=MailState.choices, default=MailState.NEW)
    reason = models.CharField(max_length=40, blank=True)
    """Code of why it is where it is."""
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    """The request it became or was added to; while under review, the one it speaks of."""
    notice_id = models.BigIntegerField(null=True)
    """The notice of ours that it answers or reports on."""
    left_out = models.JSONField(default=list)
    """Sentences: files that could not be kept, and why."""
    tries = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The officer who decided; None where a rule did."""
    settled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    """When the original was erased at the end of its retention."""

    class Meta:
        constraints = [
            models.UniqueConstraint("mailbox", "message_key", name="mailbox_mail_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("filed", "added")) | Q(case__isnull=False),
                name="mailbox_mail_has_case",
            ),
        ]
        indexes = [
            models.Index("institution", "state", F("id").desc(), name="mailbox_mail_state"),
            models.Index("institution", F("id").desc(), name="mailbox_mail_newest"),
            models.Index("institution", "sender_token", "received_at", name="mailbox_mail_sender"),
            models.Index("institution", "message_id", name="mailbox_mail_id", condition=~Q(message_id="")),
            models.Index("case", "received_at", name="mailbox_mail_case", condition=Q(case__isnull=False)),
            models.Index("id", name="mailbox_mail_new", condition=Q(state="new")),
            models.Index("settled_at", name="mailbox_mail_age", condition=Q(erased_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_key

    @property
    def stream(self) -> str:
        """The journal stream that tells this mail."""
        return f"mail:{self.pk}"


class BlockedSender(models.Model):
    """An address whose mail a body does not want among its requests; it goes to the unwanted ones."""

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    token = models.BinaryField(max_length=16)
    address = models.BinaryField()
    """Sealed with the vault key, bound to `blocked:<institution>`."""
    blocked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    blocked_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint("institution", "token", name="mailbox_blocked_once")]

    def __str__(self) -> str:
        return f"blocked {self.pk}"
