# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class ReserveCause(models.TextChoices):
    """Why the law lets an act or document be kept from the public (art. 21 Ley 20.285), by its numeral."""

    FUNCTIONS = "21.1", "Art. 21 N.º 1: afecta el debido cumplimiento de las funciones del organismo"
    PROSECUTION = "21.1a", "Art. 21 N.º 1 a): persecución de un delito o defensa jurídica y judicial"
    DELIBERATION = "21.1b", "Art. 21 N.º 1 b): antecedentes o deliberaciones previas a una decisión"
    BURDEN = (
        "21.1c",
        "Art. 21 N.º 1 c): requerimiento genérico o que distrae indebidamente a los funcionarios",
    )
    PERSONS = "21.2", "Art. 21 N.º 2: afecta los derechos de las personas"
    SECURITY = "21.3", "Art. 21 N.º 3: afecta la seguridad de la Nación"
    NATIONAL = "21.4", "Art. 21 N.º 4: afecta el interés nacional"
    QUORUM = "21.5", "Art. 21 N.º 5: una ley de quórum calificado la declara reservada o secreta"


class ReserveEntry(models.Model):
    """An act or document declared secret or reserved, as the public index of the body lists it (art.

    23 Ley 20.285).

    It names the act, never what is in it nor a person. Nothing is deleted: an entry whose
    reserve ended says who ended it and why.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    act = models.CharField(max_length=300)
    """The name of the act or document; public."""
    dated_on = models.DateField(null=True)
    """Day of the act or document itself."""
    part = models.CharField(max_length=300, blank=True)
    """What of it is reserved; empty: all of it."""
    cause = models.CharField(max_length=6, choices=ReserveCause.choices)
    basis = models.CharField(max_length=300, blank=True)
    """The law it rests on beside the numeral; compulsory for N.º 5, which refers to another law."""
    resolution = models.CharField(max_length=120)
    """The act that declares the reserve."""
    resolved_on = models.DateField()
    """Day of that act."""
    reserved_from = models.DateField()
    reserved_until = models.DateField(null=True)
    """Last local day of the reserve; None where it has no end yet."""
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Who holds the document."""
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="reserve_entries", db_index=False
    )
    """The request whose denial led to it; never public."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved_until=None) | Q(reserved_until__gte=F("reserved_from")),
                name="cases_reserve_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="cases_reserve_end_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(cause="21.5") | ~Q(basis=""), name="cases_reserve_quorum_names_law"
            ),
        ]
        indexes = [
            models.Index("institution", F("id").desc(), name="cases_reserve_newest"),
            models.Index("case", name="cases_reserve_case", condition=Q(case__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.act

    @property
    def stream(self) -> str:
        """The journal stream that tells this entry."""
        return f"reserve:{self.pk}"
