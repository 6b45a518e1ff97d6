# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.offline.domain.record import Sort


class OfflineDevice(models.Model):
    """A browser, on a laptop or a phone, that one officer prepared to register without network.

    What it holds is sealed there under the passphrase of its officer, which never leaves it.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    key = models.UUIDField(unique=True)
    """By which the device names itself."""
    secret = models.BinaryField(max_length=32)
    """SHA-256 of the 256 random bits that the device proves itself with; they are shown once, to it."""
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("nombre", max_length=60)
    prepared_at = models.DateTimeField("preparado")
    seen_at = models.DateTimeField("último envío", null=True)
    revoked_at = models.DateTimeField(null=True)
    """Since when nothing is taken from it: it was lost, or is used no more. It may be let in again."""
    revoked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index("institution", F("id").desc(), name="offline_device_newest"),
            models.Index("officer", name="offline_device_officer"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The journal stream that tells this device."""
        return f"offline_device:{self.pk}"


class RecordState(models.TextChoices):
    """What became of a record that was sent."""

    FILED = "filed", "Ingresada"
    REGISTERED = "registered", "Registrada"
    HELD = "held", "Por revisar"
    DROPPED = "dropped", "Archivada sin ingresar"


class OfflineRecord(models.Model):
    """What was registered on a device without network, as the server took it: once, however often it is
    sent.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    uuid = models.UUIDField()
    """Made by the device when the record was: its idempotency key."""
    device = models.ForeignKey("offline.OfflineDevice", models.PROTECT, related_name="records")
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    sort = models.CharField("qué es", max_length=10, choices=[(each.value, each.value) for each in Sort])
    state = models.CharField("estado", max_length=10, choices=RecordState.choices)
    reason = models.CharField(max_length=40, blank=True)
    """Code of why it is, or was, held."""
    made_at = models.DateTimeField()
    """When it was made, by the clock of the device."""
    received_at = models.DateTimeField("recibida en terreno")
    """When the body received it: `made_at` without the error of that clock (see `domain.clock`)."""
    synced_at = models.DateTimeField("sincronizada")
    """When the server took it, by its own clock."""
    offset_seconds = models.BigIntegerField()
    """How far the server's clock was ahead of the device's when it was sent; negative: behind."""
    print = models.BinaryField(max_length=32, null=True)
    """Keyed digest of all that was sent; goes with the texts of its case at the end of their retention."""
    sealed = models.BinaryField(null=True)
    """What was typed, sealed with the key of the vault and bound to this row; only while it is held."""
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="offline_record")
    interaction = models.OneToOneField(
        "cases.Interaction", models.PROTECT, null=True, related_name="offline_record"
    )
    settled_at = models.DateTimeField(null=True)
    """When somebody decided what became of it, where it was held."""
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    dropped_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("institution", "uuid", name="offline_record_once"),
            models.CheckConstraint(
                condition=(Q(state="held") & Q(sealed__isnull=False) & ~Q(reason=""))
                | (~Q(state="held") & Q(sealed__isnull=True)),
                name="offline_record_held_is_kept",
            ),
            models.CheckConstraint(
                condition=(Q(state="filed") & Q(case__isnull=False))
                | (~Q(state="filed") & Q(case__isnull=True)),
                name="offline_record_filed_has_case",
            ),
            models.CheckConstraint(
                condition=(Q(state="registered") & Q(interaction__isnull=False))
                | (~Q(state="registered") & Q(interaction__isnull=True)),
                name="offline_record_registered_has_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_why=""), name="offline_record_dropped_says_why"
            ),
        ]
        indexes = [
            models.Index(
                "institution", "received_at", "id", name="offline_record_held", condition=Q(state="held")
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def stream(self) -> str:
        """The journal stream that tells this record."""
        return f"offline:{self.pk}"

    @property
    def is_request(self) -> bool:
        """Whether it is a request, and not an attention."""
        return self.sort == Sort.REQUEST

    @property
    def sort_words(self) -> str:
        """What it is of, in words."""
        return "Solicitud" if self.is_request else "Atención"
