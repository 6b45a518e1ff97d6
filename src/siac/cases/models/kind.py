# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.accounts.public import Role
from siac.cases.domain.checklist import Item, parse_checklist
from siac.catalogue.public import Approver
from siac.clocks.public import Step, default_ladder, parse_ladder
from siac.kernel.questions import Question, parse_questions
from siac.organizations.public import SavedVersion, VersionedRecord

DAYS_LIMIT = 250
"""Business days: about a year.

A longer term soon leaves the years that calendars cover, and nothing could be filed.
"""


class Nature(models.TextChoices):
    """What a kind of request is, whatever the body calls it; figures are told apart by it."""

    ENQUIRY = "enquiry", "Consulta"
    COMPLAINT = "complaint", "Reclamo o queja"
    SUGGESTION = "suggestion", "Sugerencia"
    COMPLIMENT = "compliment", "Felicitación"
    WRONGDOING = "wrongdoing", "Denuncia"
    INFORMATION_REQUEST = "information_request", "Acceso a la información"
    PETITION = "petition", "Solicitud o trámite"
    DATA_RIGHT = "data_right", "Derechos sobre datos personales"
    INCIDENT = "incident", "Aviso o incidencia"


class Reader(models.TextChoices):
    """Roles to which a kind may be closed: those that read cases at all."""

    FRONT_DESK = Role.FRONT_DESK.value, "Atención de público"
    UNIT_OFFICER = Role.UNIT_OFFICER.value, "Profesional de la unidad"
    HEAD_OF_UNIT = Role.HEAD_OF_UNIT.value, "Jefatura de la unidad"
    QUALITY_MANAGER = Role.QUALITY_MANAGER.value, "Encargada de calidad"
    AUTHORITY = Role.AUTHORITY.value, "Autoridad"
    AUDITOR = Role.AUDITOR.value, "Auditoría"


class CaseKind(VersionedRecord):
    """A kind of request that a body receives: what it is called, what it asks, which clock it starts.

    A case keeps the version it was filed with.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="case_kinds")
    code = models.SlugField("código", max_length=40)
    nature = models.CharField("naturaleza", max_length=24, choices=Nature.choices)
    name = models.CharField("nombre", max_length=80)
    need = models.CharField("necesidad", max_length=160)
    """How a citizen would say it: «Quiero reclamar por una mala atención»."""
    hint = models.CharField("explicación", max_length=300, blank=True)
    rule_id = models.CharField("regla del plazo legal", max_length=60)
    """Rule of `clocks` that gives the term of the answer, for instance CL.SAIP, or the body's own
    within one.
    """
    standard_days = models.PositiveSmallIntegerField(
        "plazo comprometido por la institución", null=True, blank=True
    )
    """Business days the body gives itself, where it promises less than the rule."""
    standard_rule = models.CharField("regla propia del plazo comprometido", max_length=60, blank=True)
    """A rule the body gave itself (`clocks.OwnRule`), in the place of `standard_days`."""
    unit_days = models.PositiveSmallIntegerField("plazo interno de la unidad", null=True, blank=True)
    """Business days that a unit has from the day a case is referred to it; empty where it has none."""
    contest_days = models.PositiveSmallIntegerField("días para pedir revisión", default=10)
    """Business days after the answer in which the citizen may contest it here; 0 where it may not be."""
    review_days = models.PositiveSmallIntegerField("días para responder la revisión", default=10)
    """Business days of the clock that a contested answer starts."""
    allows_anonymous = models.BooleanField("admite anónimas", default=False)
    requires_document = models.BooleanField("exige documento de identidad", default=False)
    is_restricted = models.BooleanField("reservada", default=False)
    """Only roles with the right to restricted cases read it, and each reading is journaled."""
    readers = models.JSONField("roles que la leen", default=list, blank=True)
    """Roles that alone may see its cases, over their units; with none and nobody
    named, whoever may read restricted ones.
    """
    named_readers = models.JSONField("personas que la leen", default=list, blank=True)
    """Ids of users who see all its cases, whatever their roles."""
    on_portal = models.BooleanField("se ofrece en el portal", default=True)
    questions = models.JSONField("preguntas", default=list, blank=True)
    ladder = models.JSONField("avisos por plazo", default=default_ladder, blank=True)
    """Who is told so many business days before or after the last day (see `domain.ladder`)."""
    appeal_ladder = models.JSONField("avisos por recursos", default=default_ladder, blank=True)
    """The same before and after the last day to defend or decide an appeal against an answer of this kind."""
    checklist = models.JSONField("lista de control", default=list, blank=True)
    """What is to be checked on each of its cases (see `domain.checklist`)."""
    approver = models.CharField(
        "quién aprueba la respuesta", max_length=20, choices=Approver.choices, blank=True
    )
    """Empty: whoever writes an answer sends it."""
    retention_months = models.PositiveSmallIntegerField("meses que se conserva", null=True, blank=True)
    """Months after closing; empty: for ever."""
    retention_erases = models.JSONField("qué se borra después", default=list, blank=True)
    """Codes of `Erases`."""
    unit = models.ForeignKey(
        "organizations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unidad que la recibe",
    )
    position = models.PositiveSmallIntegerField("orden", default=100)
    is_active = models.BooleanField("activo", default=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="cases_kind_code"),
            models.CheckConstraint(
                condition=Q(standard_rule="") | Q(standard_days=None),
                name="cases_kind_one_standard",
                violation_error_message=(
                    "Indique los días del plazo comprometido o una regla propia, no ambos."
                ),
            ),
            models.CheckConstraint(
                condition=Q(contest_days=0) | Q(review_days__gt=0),
                name="cases_kind_review_has_days",
                violation_error_message="Si admite pedir revisión, indique en cuántos días se responde.",
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=False) | Q(approver__in=("", Approver.HEAD_OF_UNIT.value)),
                name="cases_kind_approver_reads",
                violation_error_message=(
                    "Las solicitudes reservadas solo las puede aprobar la jefatura de la unidad."
                ),
            ),
            models.CheckConstraint(
                condition=Q(retention_months__isnull=True, retention_erases=[])
                | (
                    Q(retention_months__isnull=False, retention_months__gt=0, retention_months__lte=600)
                    & ~Q(retention_erases=[])
                ),
                name="cases_kind_retention_whole",
                violation_error_message=(
                    "Indique los meses que se conserva (de 1 a 600) "
                    "y qué se borra después, o nada de las dos cosas."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=True) | Q(readers=[], named_readers=[]),
                name="cases_kind_closed_is_restricted",
                violation_error_message="Para cerrarla a roles o personas, márquela como reservada.",
            ),
            models.CheckConstraint(
                condition=Q(
                    standard_days__isnull=True, contest_days__lte=DAYS_LIMIT, review_days__lte=DAYS_LIMIT
                )
                | Q(standard_days__lte=DAYS_LIMIT, contest_days__lte=DAYS_LIMIT, review_days__lte=DAYS_LIMIT),
                name="cases_kind_days_limit",
                violation_error_message=f"Ningún plazo puede pasar de {DAYS_LIMIT} días hábiles.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether only named roles or persons see its cases."""
        return bool(self.readers or self.named_readers)

    def parsed_questions(self) -> tuple[Question, ...]:
        """Return the questions of this kind as values."""
        return parse_questions(self.questions)

    def checklist_items(self) -> tuple[Item, ...]:
        """Return what is to be checked as values."""
        return parse_checklist(self.checklist)

    def steps(self) -> tuple[Step, ...]:
        """Return the ladder of this kind as values, the earliest step first."""
        return parse_ladder(self.ladder)

    def appeal_steps(self) -> tuple[Step, ...]:
        """Return the ladder of the appeals as values, the earliest step first."""
        return parse_ladder(self.appeal_ladder)


class KindVersion(SavedVersion):
    """A kind as it stood since one save."""

    kind = models.ForeignKey("cases.CaseKind", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("kind", "-number")
        constraints = [models.UniqueConstraint("kind", "number", name="cases_kind_version")]
