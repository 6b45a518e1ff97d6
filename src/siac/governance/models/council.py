# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import Q

from siac.governance.domain.deciding import Majority, Quorum
from siac.organizations.public import SavedVersion, VersionedRecord


class CouncilKind(models.TextChoices):
    """What sort of body it is; those that the source documents name, and any other."""

    QUALITY_COMMITTEE = "quality", "Comité de calidad"
    CIVIL_SOCIETY = "civil_society", "Consejo de la sociedad civil"
    LOCAL_COMMITTEE = "local", "Comité directivo local"
    SCHOOL_COUNCIL = "school", "Consejo escolar"
    LOCAL_EDUCATION = "local_education", "Consejo local de educación"
    USERS = "users", "Consejo de usuarios"
    OTHER = "other", "Otro órgano"


class QuorumLabel(models.TextChoices):
    MAJORITY = Quorum.MAJORITY.value, "Más de la mitad"
    THIRD = Quorum.THIRD.value, "Un tercio"
    TWO_THIRDS = Quorum.TWO_THIRDS.value, "Dos tercios"
    NUMBER = Quorum.NUMBER.value, "Un número fijo"


class MajorityLabel(models.TextChoices):
    SIMPLE = Majority.SIMPLE.value, "Más votos a favor que en contra"
    ABSOLUTE = Majority.ABSOLUTE.value, "Más de la mitad de quienes integran"
    TWO_THIRDS = Majority.TWO_THIRDS.value, "Dos tercios de quienes asisten"


class Council(VersionedRecord):
    """A collegiate body (*órgano colegiado*): a committee or council, and by what rules it decides."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=150)
    kind = models.CharField("qué es", max_length=16, choices=CouncilKind.choices)
    mandate = models.CharField("acto que lo crea", max_length=300, blank=True)
    quorum = models.CharField("quórum", max_length=12, choices=QuorumLabel.choices, default=Quorum.MAJORITY)
    quorum_number = models.PositiveSmallIntegerField("cuántas personas", null=True, blank=True)
    """Only of a quorum that is a number."""
    majority = models.CharField(
        "mayoría", max_length=12, choices=MajorityLabel.choices, default=Majority.SIMPLE
    )
    chair_breaks_ties = models.BooleanField("quien preside dirime los empates", default=False)
    publishes = models.BooleanField("publica sus acuerdos", default=False)
    """Those of sessions whose minutes were approved are read on the portal."""
    is_active = models.BooleanField("vigente", default=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("institution", "name", name="governance_council_name"),
            models.CheckConstraint(
                condition=~Q(quorum=Quorum.NUMBER) | Q(quorum_number__gte=1), name="governance_quorum_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CouncilVersion(SavedVersion):
    """A body as it stood since one save."""

    council = models.ForeignKey("governance.Council", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("council", "-number")
        constraints = [models.UniqueConstraint("council", "number", name="governance_council_version")]


class SeatRole(models.TextChoices):
    CHAIR = "chair", "Preside"
    SECRETARY = "secretary", "Secretaría"
    MEMBER = "member", "Integrante"
    ALTERNATE = "alternate", "Suplente"
    ADVISER = "adviser", "Con voz, sin voto"


VOTERS = (SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER)
"""Who votes of their own right."""


class Seat(VersionedRecord):
    """Somebody's place in a body, from one local day to another."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    council = models.ForeignKey("governance.Council", models.PROTECT, related_name="seats")
    name = models.CharField("nombre", max_length=150)
    represents = models.CharField("a quiénes representa", max_length=150, blank=True)
    role = models.CharField("papel", max_length=9, choices=SeatRole.choices, default=SeatRole.MEMBER)
    stands_for = models.ForeignKey(
        "governance.Seat", models.PROTECT, null=True, blank=True, related_name="alternates",
        verbose_name="a quién suple",
    )  # fmt: skip
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cuenta"
    )
    """With one they read what their body decides, are told of sessions and vote by themselves."""
    since = models.DateField("desde")
    until = models.DateField("hasta", null=True, blank=True)

    class Meta:
        ordering = ("council", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="governance_seat_days"
            ),
            models.CheckConstraint(
                condition=Q(role="alternate", stands_for__isnull=False)
                | (~Q(role="alternate") & Q(stands_for=None)),
                name="governance_alternate_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def sits_on(self, day: date) -> bool:
        """Return whether the mandate holds on a local day."""
        return self.since <= day and (self.until is None or day <= self.until)


class SeatVersion(SavedVersion):
    """A seat as it stood since one save."""

    seat = models.ForeignKey("governance.Seat", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("seat", "-number")
        constraints = [models.UniqueConstraint("seat", "number", name="governance_seat_version")]
