# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.organizations.public import SavedVersion, VersionedRecord


class CharterTeam(VersionedRecord):
    """Who makes a charter and by which decision: the act, who leads it politically, the team with its
    mandate, and how it was trained.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    charter = models.OneToOneField("charters.Charter", models.PROTECT, related_name="team")
    act = models.CharField("acto que la decide", max_length=150, blank=True)
    decided_on = models.DateField("fecha del acto", null=True, blank=True)
    decision = models.CharField("qué se decidió", max_length=500, blank=True)
    lead = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="responsable político",
    )  # fmt: skip
    lead_office = models.CharField("cargo del responsable político", max_length=150, blank=True)
    """The office without a person's name: papers print it."""
    mandate = models.TextField("mandato del equipo", blank=True)
    members = models.JSONField("equipo", default=list, blank=True)
    """Rows {user_id, role, office}: accounts of the body; papers print the office only."""
    training = models.JSONField("capacitación", default=list, blank=True)
    """Rows {who, what, on, hours}: a day in ISO form, whole hours; papers leave out who."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act="") | Q(decided_on__isnull=False), name="charters_team_act"
            ),
            models.CheckConstraint(
                condition=Q(lead=None) | ~Q(lead_office=""), name="charters_team_lead_office"
            ),
        ]

    def __str__(self) -> str:
        return f"team:{self.charter_id}"


class TeamVersion(SavedVersion):
    """The team of a charter as it stood since one save."""

    team = models.ForeignKey("charters.CharterTeam", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("team", "-number")
        constraints = [models.UniqueConstraint("team", "number", name="charters_team_version")]
