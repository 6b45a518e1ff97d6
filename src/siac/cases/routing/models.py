# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from siac.cases.domain.routing import Event, Outcome
from siac.organizations.public import SavedVersion, VersionedRecord


class RoutingRule(VersionedRecord):
    """A body's rule that says where requests of some sort go: asked of every one
    that comes in, in the order of `position`.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=100)
    position = models.PositiveIntegerField()
    is_active = models.BooleanField("en uso", default=True)
    on_classified = models.BooleanField("también al clasificar", default=False)
    """Asked too when an officer changes what a request is about."""
    kinds = ArrayField(models.BigIntegerField(), default=list, verbose_name="tipos")
    channels = ArrayField(models.CharField(max_length=8), default=list, verbose_name="canales")
    topics = ArrayField(models.BigIntegerField(), default=list, verbose_name="temas")
    senders = ArrayField(models.CharField(max_length=10), default=list, verbose_name="quién escribe")
    words = models.TextField("palabras del texto", blank=True)
    """Alternatives, one a line, as typed."""
    places = models.TextField("palabras del lugar", blank=True)
    answers = models.TextField("respuestas", blank=True)
    """One a line: label of the question | words of the answer."""
    restricted = models.BooleanField("reserva", null=True)
    """None: it does not matter."""
    set_topic = models.ForeignKey(
        "catalogue.Topic",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="pone el tema",
    )
    set_unit = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="deriva a",
    )
    set_assignee = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="responsable",
    )
    in_turn = models.BooleanField("asigna por turno", default=False)
    set_restricted = models.BooleanField("la hace reservada", default=False)
    turn = models.PositiveIntegerField(default=0)
    """How many requests it has assigned in turn."""

    unversioned = VersionedRecord.unversioned | {"position", "turn"}

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("institution", "name", name="cases_routing_name"),
            models.CheckConstraint(
                condition=Q(set_topic__isnull=False)
                | Q(set_unit__isnull=False)
                | Q(set_assignee__isnull=False)
                | Q(set_restricted=True),
                name="cases_routing_does_something",
            ),
            models.CheckConstraint(
                condition=Q(set_restricted=False) | Q(set_unit__isnull=False) | Q(set_assignee__isnull=False),
                name="cases_routing_restricted_is_seen",
            ),
            models.CheckConstraint(
                condition=Q(in_turn=False) | Q(set_unit__isnull=False, set_assignee__isnull=True),
                name="cases_routing_turn_of_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoutingVersion(SavedVersion):
    """A rule as it stood since one save; a run keeps the number of the one it followed."""

    rule = models.ForeignKey("cases.RoutingRule", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("rule", "-number")
        constraints = [models.UniqueConstraint("rule", "number", name="cases_routing_version")]


class OutcomeLabel(models.TextChoices):
    """Words for what became of a rule that matched."""

    APPLIED = Outcome.APPLIED.value, "Se aplicó"
    SETTLED = Outcome.SETTLED.value, "Ya estaba decidido antes"
    GONE = Outcome.GONE.value, "No se aplicó: lo que indica ya no está en uso"
    LIMIT = Outcome.LIMIT.value, "No se derivó: llegó al límite de derivaciones automáticas"


class RoutingRun(models.Model):
    """A rule that matched a case, and what it did; a rule acts once on a case for one event."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey("cases.RoutingRule", models.PROTECT, related_name="+", db_index=False)
    rule_version = models.PositiveIntegerField()
    event = models.CharField(max_length=10, choices=[(event.value, event.value) for event in Event])
    case_version = models.PositiveIntegerField()
    """Version of the case with which the event left it: with `event` it names the event."""
    outcome = models.CharField(max_length=8, choices=OutcomeLabel.choices)
    topic = models.ForeignKey("catalogue.Topic", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    restricted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "case", "event", "case_version", "rule", name="cases_routing_once_an_event"
            )
        ]
        indexes = [models.Index("rule", F("id").desc(), name="cases_routing_runs")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rule_id} {self.outcome}"
