# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from siac.mailroom.domain import paper_number


class PaperState(models.TextChoices):
    """Where a paper is."""

    REGISTERED = "registered", "Registrado"
    SENT = "sent", "Enviado a la unidad"
    FILED = "filed", "Ingresado como solicitud"
    RETURNED = "returned", "Devuelto"


class PaperType(models.TextChoices):
    """What a paper is."""

    LETTER = "letter", "Carta"
    FORM = "form", "Formulario o solicitud"
    OFFICIAL = "official", "Oficio de otro organismo"
    RULING = "ruling", "Notificación o resolución"
    INVOICE = "invoice", "Factura o boleta"
    PARCEL = "parcel", "Encomienda o sobre cerrado"
    OTHER = "other", "Otro"


class IncomingPaper(models.Model):
    """A paper handed in at the body's registry (Oficina de Partes): stamped
    with a number and the moment of receipt.

    The number is the body's own, by local year, without gaps. Who sent it is in `people`; what was scanned,
    in `documents` under `paper` until it becomes a request, which then has the files.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    received_at = models.DateTimeField("recibido")
    """The moment on the stamp: terms run from here."""
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    sender = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    """None where the paper does not say who sent it."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """To whom it is addressed."""
    type = models.CharField("tipo de documento", max_length=10, choices=PaperType.choices)
    reference = models.CharField("número propio", max_length=60, blank=True)
    """The number its sender gave it."""
    dated_on = models.DateField("fecha del documento", null=True)
    pages = models.PositiveSmallIntegerField("hojas", null=True)
    annexes = models.CharField("anexos", max_length=200, blank=True)
    summary = models.CharField("materia", max_length=500)
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.REGISTERED)
    reason = models.CharField(max_length=300, blank=True)
    """Why it was returned."""
    unfiled = models.CharField(max_length=40, blank=True)
    """Code of why it could not become a request when somebody tried; empty otherwise."""
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="paper")
    """The request it became."""
    version = models.PositiveIntegerField(default=0)
    idempotency_key = models.CharField(max_length=64, null=True)
    idempotency_print = models.BinaryField(max_length=32, null=True)
    """Keyed digest of all that came with the key."""
    search = SearchVectorField(null=True)

    class Meta:
        db_table = "cases_incomingpaper"  # its place before papers had a context of their own
        constraints = [
            models.UniqueConstraint("institution", "year", "number", name="cases_paper_number"),
            models.UniqueConstraint(
                "institution",
                "idempotency_key",
                name="cases_paper_idempotency",
                condition=Q(idempotency_key__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(state="filed", case__isnull=False) | (~Q(state="filed") & Q(case__isnull=True)),
                name="cases_paper_filed_has_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="cases_paper_returned_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(unit__isnull=False), name="cases_paper_sent_somewhere"
            ),
        ]
        indexes = [
            models.Index("institution", F("id").desc(), name="cases_paper_newest"),
            models.Index("institution", "state", F("id").desc(), name="cases_paper_state"),
            models.Index("institution", "unit", F("id").desc(), name="cases_paper_unit"),
            models.Index(
                "institution", "sender", name="cases_paper_sender", condition=Q(sender__isnull=False)
            ),
            GinIndex("search", name="cases_paper_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The number as it is on the label: OP-2026-000123."""
        return paper_number(self.year, self.number)

    @property
    def stream(self) -> str:
        """The journal stream that tells this paper."""
        return f"paper:{self.pk}"


class PaperCounter(models.Model):
    """The last number the registry of a body gave in a year; locked last in a
    transaction, so numbers have no gaps.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "cases_papercounter"
        constraints = [models.UniqueConstraint("institution", "year", name="cases_paper_counter")]

    def __str__(self) -> str:
        return paper_number(self.year, self.last)
