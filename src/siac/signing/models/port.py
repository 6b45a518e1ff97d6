# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.signing.domain.ports import Port, PortTrouble, TicketStep
from siac.signing.texts import PORTS


class SigningPort(models.Model):
    """That a body signs by a program or service outside, and by what that knows it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    port = models.CharField(max_length=12, choices=[(port.value, PORTS[port]) for port in Port])
    is_active = models.BooleanField("usar esta forma de firmar", default=False)
    address = models.CharField("dirección del servicio", max_length=300, blank=True)
    entity = models.CharField("institución", max_length=200, blank=True)
    """As the service calls the body."""
    run = models.CharField("RUN de quien firma", max_length=12, blank=True)
    """National number of who holds the certificate there, without its check digit."""
    purpose = models.CharField("propósito del certificado", max_length=60, blank=True)
    sealed = models.BinaryField(default=b"")
    """What opens the service (JSON: `token_key`, `secret`; of Firma Perú its
    client and secret), sealed with the vault key; empty: none."""
    admission = models.BinaryField(default=b"")
    """What the service last let the body sign with (a token), sealed; empty: none."""
    admission_until = models.DateTimeField(null=True)
    """Until when that holds."""
    trouble = models.CharField(
        max_length=12, blank=True, default="", db_default="",
        choices=[(each.value, each.value) for each in PortTrouble],
    )  # fmt: skip
    """Why the service gave no leave when it was asked last; empty: it did, or was not asked."""
    trouble_at = models.DateTimeField(null=True)
    """When that was."""
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("institution", "port", name="signing_port_of_body")]

    def __str__(self) -> str:
        return PORTS[Port(self.port)]


class PortTicket(models.Model):
    """One step that a program outside may take with a document, once, within a quarter of an hour."""

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    signature = models.ForeignKey("signing.Signature", models.CASCADE, related_name="+")
    port = models.CharField(max_length=12)
    step = models.CharField(max_length=10, choices=[(step.value, step.value) for step in TicketStep])
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of its token, which is told once and kept nowhere."""
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.port} {self.step}"
