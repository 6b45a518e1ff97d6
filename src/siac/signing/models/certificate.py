# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q


class SigningCertificate(models.Model):
    """A certificate by which a body signs its documents, and its key; once it is withdrawn or another one
    took its place, only what it says of itself stays.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    serial = models.CharField(max_length=64)
    """Hexadecimal."""
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the certificate, hexadecimal."""
    since = models.DateTimeField()
    until = models.DateTimeField()
    certificate = models.BinaryField()
    """DER (X.509)."""
    sealed = models.BinaryField()
    """The key and the certificates above it, sealed with the vault key; empty once it is over."""
    told_days = models.PositiveSmallIntegerField(null=True)
    """The last reminder that was sent: so many days before its end."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """When it was withdrawn, or another one took its place."""

    class Meta:
        ordering = ("-added_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                "institution", name="signing_certificate_in_force", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(sealed=b""), name="signing_no_key_after_the_end"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class SigningSetup(models.Model):
    """How a body signs: by whom its signatures are stamped with the time, and what it signs by itself."""

    institution = models.OneToOneField("organizations.Institution", models.PROTECT, related_name="+")
    stamps = models.CharField("autoridad de sellado de tiempo", max_length=300, blank=True)
    """Address of an authority of time stamps (RFC 3161); empty: that of the installation, if it has one."""
    signs_answers = models.BooleanField("responder con carta firmada", default=False)
    """Whether the letter of every answer is signed with the certificate by itself."""

    def __str__(self) -> str:
        return f"signing of {self.institution_id}"
