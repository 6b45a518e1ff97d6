# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.surveys.checklists.domain import Section, parse


class ProtocolKind(models.TextChoices):
    """In what role somebody looks."""

    SHOPPER = "shopper", "Cliente incógnito"
    AUDIT = "audit", "Auditoría interna"
    OWN = "own", "Autoevaluación"


class VisitState(models.TextChoices):
    ASSIGNED = "assigned", "Por hacer"
    BEGUN = "begun", "Comenzada"
    DONE = "done", "Enviada"
    WITHDRAWN = "withdrawn", "Retirada"


OPEN = (VisitState.ASSIGNED, VisitState.BEGUN)
"""States of a visit that somebody still has to make."""


class VisitChannel(models.TextChoices):
    """By which way the service is looked at."""

    COUNTER = "counter", "Presencial"
    PHONE = "phone", "Teléfono"
    WEB = "web", "Sitio web"
    MAIL = "mail", "Correo"
    PAPERS = "papers", "Documentos y registros"


class Protocol(VersionedRecord):
    """What is looked at in a visit, and what each thing weighs."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("nombre", max_length=150)
    kind = models.CharField("tipo", max_length=8, choices=ProtocolKind.choices)
    intro = models.CharField("instrucciones", max_length=2000, blank=True)
    items = models.JSONField("qué se mira")
    """As `domain.parse` reads it."""
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint("institution", "name", name="surveys_protocol_name")]

    def __str__(self) -> str:
        return self.name


class ProtocolVersion(SavedVersion):
    """A protocol as it stood since one save; visits name the version that they go by."""

    protocol = models.ForeignKey("surveys.Protocol", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("protocol", "-number")
        constraints = [models.UniqueConstraint("protocol", "number", name="surveys_protocol_version")]

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is looked at by this version."""
        return parse(self.fields["items"])


class Visit(models.Model):
    """Somebody is asked to look at how a unit serves, goes there, and says what they found."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    protocol = models.ForeignKey("surveys.Protocol", models.PROTECT, related_name="visits")
    version = models.PositiveIntegerField(null=True)
    """The version of the protocol that it began with, and ends with; null: not begun."""
    kind = models.CharField(max_length=8, choices=ProtocolKind.choices)
    """That of its protocol when somebody was asked."""
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+", verbose_name="unidad")
    point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, null=True, related_name="+",
        verbose_name="punto de atención",
    )  # fmt: skip
    channel = models.CharField("canal", max_length=8, choices=VisitChannel.choices)
    assignee = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    due_on = models.DateField("plazo")
    told = models.CharField("encargo", max_length=1000, blank=True)
    """What whoever goes is told: what to ask for, as whom."""
    assigned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=VisitState.choices, default=VisitState.ASSIGNED)
    visited_on = models.DateField("día de la visita", null=True)
    begun_time = models.TimeField("desde", null=True)
    ended_time = models.TimeField("hasta", null=True)
    summary = models.CharField("lo principal", max_length=2000, blank=True)
    saves = models.PositiveIntegerField(default=0)
    """Raised by every save, so that none overwrites another unseen."""
    sent_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    """In hundredths; null: not sent, or nothing applied."""
    criticals = models.PositiveSmallIntegerField(default=0)
    """How many critical items failed."""
    revision = models.PositiveSmallIntegerField(default=0)
    """How often what it says was fixed: 1 when it was sent, more where it was corrected."""
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-assigned_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", sent_at__isnull=False, visited_on__isnull=False, revision__gte=1)
                | ~Q(state="done") & Q(sent_at=None, revision=0),
                name="surveys_visit_sent",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="surveys_visit_score"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_why=""), name="surveys_visit_says_why"
            ),
        ]
        indexes = [
            models.Index("institution", F("assigned_at").desc(), F("id").desc(), name="surveys_visit_newest"),
            models.Index(
                "institution", "assignee", "due_on", name="surveys_visit_to_make",
                condition=Q(state__in=("assigned", "begun")),
            ),
            models.Index(
                "institution", "protocol", "unit", "visited_on", name="surveys_visit_before",
                condition=Q(state="done"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"visit:{self.pk}"

    @property
    def stream(self) -> str:
        """The journal stream that tells of it."""
        return f"visit:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to make it."""
        return self.state in OPEN

    @property
    def is_done(self) -> bool:
        """Whether what it found is fixed."""
        return self.state == VisitState.DONE


class VisitMark(models.Model):
    """What was marked of one item in a visit, as it stands now."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    visit = models.ForeignKey("surveys.Visit", models.PROTECT, related_name="marks", db_index=False)
    code = models.CharField(max_length=60)
    mark = models.CharField(max_length=3, blank=True)
    """Empty: a note or a file only."""
    note = models.CharField(max_length=1000, blank=True)
    finding = models.ForeignKey("findings.Finding", models.PROTECT, null=True, related_name="+")
    """What was opened because of it."""

    class Meta:
        ordering = ("visit", "pk")
        constraints = [models.UniqueConstraint("visit", "code", name="surveys_visit_mark")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.code}"


class VisitRevision(models.Model):
    """What a visit said when it was sent, or corrected. Rows are never rewritten: a trigger forbids it."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    visit = models.ForeignKey("surveys.Visit", models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    said = models.JSONField()
    """Day, times, version, marks and notes by code, and the summary."""
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    criticals = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    """Why it was corrected; empty for the first."""
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("visit", "-number")
        constraints = [models.UniqueConstraint("visit", "number", name="surveys_visit_revision")]

    def __str__(self) -> str:
        return f"{self.visit_id} r{self.number}"


class VisitFact(models.Model):
    """What is counted of a visit that was sent, written anew when something happens to it; 0 means none."""

    visit = models.OneToOneField("surveys.Visit", models.CASCADE, primary_key=True, related_name="+")
    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    visited_on = models.DateField()
    unit_id = models.BigIntegerField()
    point_id = models.BigIntegerField(default=0)
    protocol_id = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    score = models.SmallIntegerField(null=True)
    """In hundredths without decimals; null: nothing applied."""
    is_critical = models.BooleanField()
    """A critical item failed."""

    class Meta:
        indexes = [models.Index("institution", "visited_on", name="surveys_visit_counted")]

    def __str__(self) -> str:
        return f"visit:{self.visit_id}"
