# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class Appeal(models.Model):
    """What a person filed against an answer, a denial or a silence, and the body must now defend or decide.

    Before another authority (amparo ante el Consejo para la Transparencia, arts. 24 and 25 Ley 20.285;
    apelación ante el TTAIP; reclamación ante el CTBG) the body sends its defence and obeys the ruling. Before
    the body itself (reposición, art. 59 Ley 19.880; reconsideración, art. 218 TUO Ley 27444; art. 123 Ley
    39/2015) it decides. Its term is a clock of the subject `appeal`: the request itself may be answered and
    closed long since.
    """

    class Forum(models.TextChoices):
        OTHER = "other", "Otro órgano"
        OWN = "own", "Esta misma institución"

    class State(models.TextChoices):
        PENDING = "pending", "Pendiente"
        DEFENDED = "defended", "Descargos enviados"
        DECIDED = "decided", "Resuelto"

    class Result(models.TextChoices):
        UPHELD = "upheld", "Acogido"
        PARTLY = "partly", "Acogido en parte"
        DISMISSED = "dismissed", "Rechazado"
        INADMISSIBLE = "inadmissible", "Inadmisible"
        WITHDRAWN = "withdrawn", "Desistido"

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="appeals")
    forum = models.CharField(max_length=5, choices=Forum.choices)
    authority = models.CharField(max_length=120)
    """Who decides it, as people call it."""
    reference = models.CharField(max_length=60, blank=True)
    """The number that the authority gave it."""
    notified_on = models.DateField()
    """Local day on which the body was told: its term counts from here."""
    due_on = models.DateField()
    """Local day on which the body must have defended or decided."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    done_at = models.DateTimeField(null=True)
    """When the body sent its defence, or decided."""
    decided_on = models.DateField(null=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    comply_on = models.DateField(null=True)
    """Last local day to do what the ruling orders."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="decided", decided_on__isnull=False) & ~Q(result="")
                | ~Q(state="decided") & Q(decided_on__isnull=True, result=""),
                name="cases_appeal_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="defended") | Q(forum="other"), name="cases_appeal_defends_elsewhere"
            ),
            models.UniqueConstraint(
                "institution",
                "authority",
                "reference",
                name="cases_appeal_reference",
                condition=~Q(reference=""),
            ),
        ]
        indexes = [
            models.Index(
                "institution",
                "due_on",
                "id",
                name="cases_appeal_due",
                condition=Q(state="pending"),
            ),
            models.Index("institution", F("id").desc(), name="cases_appeal_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.reference}".strip()

    @property
    def is_pending(self) -> bool:
        """Whether the body owes its defence, or its decision."""
        return self.state == self.State.PENDING
