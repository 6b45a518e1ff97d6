# SPDX-License-Identifier: EUPL-1.2
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Security(models.TextChoices):
    """How the connection to the server is protected."""

    TLS = "tls", "TLS desde el inicio (puerto 993)"
    STARTTLS = "starttls", "STARTTLS (puerto 143)"
    NONE = "none", "Sin cifrar, solo un servidor en esta misma máquina"


class Mailbox(models.Model):
    """A mailbox of a body whose new mail becomes requests: where it is, how to enter, what its mail
    becomes.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=80)
    address = models.EmailField("dirección de correo", max_length=254)
    """Where people write to; answers to our notices come back to it."""
    host = models.CharField("servidor IMAP", max_length=200)
    port = models.PositiveIntegerField(
        "puerto", default=993, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    security = models.CharField("conexión", max_length=8, choices=Security.choices, default=Security.TLS)
    username = models.CharField("usuario", max_length=200)
    password = models.BinaryField()
    """Sealed with the vault key, bound to this row."""
    folder = models.CharField("carpeta", max_length=200, default="INBOX")
    done_folder = models.CharField("carpeta para lo ya recibido", max_length=200, blank=True)
    """Where mail is moved once it is kept here; without one it stays and is marked as read."""
    kind = models.ForeignKey(
        "cases.CaseKind", models.PROTECT, related_name="+", verbose_name="tipo de solicitud"
    )
    unit = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad que la recibe",
    )
    since = models.DateField("recibir los correos llegados desde")
    """Local day of the server's date; earlier mail stays where it is and is not looked at."""
    checking_server = models.CharField("servidor que comprueba quién escribe", max_length=200, blank=True)
    """Its name as it writes it first in `Authentication-Results`; without one no mail proves who wrote it."""
    relaying_senders = models.TextField(
        "formularios que escriben por las personas", blank=True, max_length=2000
    )
    """Addresses, one a line, whose mail is of whom its Reply-To names: the form of a web page, a scanner."""
    is_active = models.BooleanField("activa", default=True)
    uid_validity = models.BigIntegerField(null=True)
    """The server's number for this numbering of the folder; when it changes,
    the folder is read from its beginning.
    """
    last_uid = models.BigIntegerField(default=0)
    """The last mail of the folder that is kept here."""
    last_success_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    """Code of what went wrong last; empty while all is well."""
    last_error_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    """Failed connections in a row."""
    probe_asked_at = models.DateTimeField(null=True)
    """When somebody last asked to test the connection; a job does it."""
    probed_at = models.DateTimeField(null=True)
    """When that test ended; before `probe_asked_at` while one is under way."""
    probe_trouble = models.CharField(max_length=40, blank=True)
    """Code of what the test found wrong; empty where it went well."""
    probe_messages = models.PositiveBigIntegerField(null=True)
    """Mails in the folder, as the test found it."""
    next_fetch_at = models.DateTimeField()
    """Not to be asked before."""
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("institution", "host", "username", "folder", name="mailbox_once"),
            models.CheckConstraint(
                condition=models.Q(port__gte=1, port__lte=65535), name="mailbox_port_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_being_probed(self) -> bool:
        """Whether a test of the connection was asked for and has not ended."""
        if self.probe_asked_at is None:
            return False
        return self.probed_at is None or self.probed_at < self.probe_asked_at

    @property
    def relaying(self) -> frozenset[str]:
        """The addresses that pass on what people write, in small letters."""
        return frozenset(
            line.strip().casefold() for line in self.relaying_senders.splitlines() if line.strip()
        )
