# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class RegistryOffice(models.Model):
    """The registry office and the unit by which other offices know a body (DIR3), and what a request that
    comes from them is here. Without one, nothing is exchanged.
    """

    institution = models.OneToOneField("organizations.Institution", models.PROTECT, related_name="+")
    office_code = models.CharField("código de la oficina de registro (DIR3)", max_length=21)
    office_name = models.CharField("nombre de la oficina", max_length=80)
    unit_code = models.CharField("código de la unidad (DIR3)", max_length=21)
    kind = models.ForeignKey("cases.CaseKind", models.PROTECT, related_name="+", db_index=False)
    """What an entry becomes unless whoever makes the request of it chooses otherwise."""
    sent_year = models.PositiveSmallIntegerField(default=0)
    sent_number = models.PositiveIntegerField(default=0)
    """The last exchange begun here in `sent_year` (local), no lower than the half seconds that had passed in
    it; the row is locked by whoever takes the next.
    """

    class Meta:
        app_label = "sicres"

    def __str__(self) -> str:
        return self.office_code


class EntryState(models.TextChoices):
    """What became of an entry that another office sent."""

    WAITING = "waiting", "Por decidir"
    FILED = "filed", "Ingresada"
    REJECTED = "rejected", "Rechazada"
    REFUSED = "refused", "No se pudo leer"


_OVER = ["refused", "rejected"]
"""States after which an exchange may come again: its origin corrects it and sends it under its identifier."""


class RegistryEntry(models.Model):
    """A file of exchange that another registry office sent, as it was brought here. Whom it names is in the
    file alone, kept in `documents` under `sicres_entry`.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    identifier = models.CharField(max_length=33, blank=True)
    """`Identificador_Intercambio`; empty where the file could not be read so far."""
    origin_code = models.CharField(max_length=21, blank=True)
    origin_name = models.CharField(max_length=80, blank=True)
    origin_number = models.CharField(max_length=20, blank=True)
    entered_at = models.DateTimeField(null=True)
    """When it was entered at its origin, by the clock of the peninsula: terms run from here."""
    is_test = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.WAITING)
    troubles = models.JSONField(default=list)
    """What was wrong with the file: lists of a code, where, and whether it kept it out."""
    reason = models.CharField(max_length=80, blank=True)
    """Why it was rejected; what the norm has room for."""
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    brought_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    brought_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    """When its file was erased."""

    class Meta:
        app_label = "sicres"
        constraints = [
            models.UniqueConstraint(
                "institution", "identifier", name="sicres_entry_once", condition=~Q(state__in=_OVER)
            ),
            models.CheckConstraint(
                condition=Q(state="filed", case__isnull=False) | (~Q(state="filed") & Q(case__isnull=True)),
                name="sicres_entry_filed_has_case",
            ),
        ]
        indexes = [models.Index("institution", F("id").desc(), name="sicres_entry_newest")]

    def __str__(self) -> str:
        return self.identifier or f"entry {self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells this entry."""
        return f"sicres_entry:{self.pk}"


class DispatchState(models.TextChoices):
    """What another office said of a request that was sent to it."""

    SENT = "sent", "Enviada, sin respuesta"
    RECEIVED = "received", "Recibida, sin decidir"
    ACCEPTED = "accepted", "Aceptada"
    REJECTED = "rejected", "Rechazada"
    FAILED = "failed", "Con error"


class Dispatch(models.Model):
    """A request that was put into a file of exchange for another registry office, and what that office said.
    The file is kept in `documents` under `sicres_dispatch`.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    identifier = models.CharField(max_length=33)
    destination_code = models.CharField(max_length=21)
    destination_name = models.CharField(max_length=80)
    destination_unit = models.CharField(max_length=21, blank=True)
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.SENT)
    number = models.CharField(max_length=20, blank=True)
    """The number of its entry at the destination, once accepted."""
    told = models.CharField(max_length=300, blank=True)
    """What the destination said: why it was rejected, or what was wrong."""
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    """When what the destination said was brought here."""

    class Meta:
        app_label = "sicres"
        constraints = [
            models.UniqueConstraint("institution", "identifier", name="sicres_dispatch_once"),
        ]
        indexes = [
            models.Index("institution", F("id").desc(), name="sicres_dispatch_newest"),
            models.Index("case", "id", name="sicres_dispatch_of_case"),
        ]

    def __str__(self) -> str:
        return self.identifier
