# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from siac.cases.decisions import ground_words, outcomes_of
from siac.cases.domain.endings import Ending
from siac.cases.domain.numbers import folio, show_code
from siac.cases.domain.row_seal import COLUMNS, LATER, row_digest
from siac.cases.domain.states import OPEN, State

if TYPE_CHECKING:
    from siac.cases.models.answer import AnswerDraft
    from siac.cases.models.undo import Undoable
    from siac.cases.protection.models import CaseHold


class Channel(models.TextChoices):
    """How a request came in."""

    WEB = "web", "Sitio web"
    COUNTER = "counter", "Presencial"
    PHONE = "phone", "Teléfono"
    LETTER = "letter", "Carta"
    EMAIL = "email", "Correo electrónico"
    API = "api", "Otro sistema"
    IMPORT = "import", "Registro anterior"
    PLATFORM = "platform", "Plataforma nacional"


class Outcome(models.TextChoices):
    """How the body decided."""

    UPHELD = "upheld", "Acogida"
    PARTLY = "partly", "Acogida en parte"
    DENIED = "denied", "Denegada"
    INFORMED = "informed", "Informada"


def words_of_outcome(rule_id: str, outcome: str) -> str:
    """Return a decision in the words of the law of its kind (Peru's book:
    Aceptado, Denegado); empty where there is none.
    """
    words = outcomes_of(rule_id) or {}
    return words.get(outcome) or (Outcome(outcome).label if outcome else "")


class EndingLabel(models.TextChoices):
    """Words for the ways in which a case ends without an answer."""

    WITHDRAWN = Ending.WITHDRAWN.value, "Desistida por la persona"
    LAPSED = Ending.LAPSED.value, "Desistida por no completarse"
    ARCHIVED = Ending.ARCHIVED.value, "Archivada por no completarse"
    NOT_FILED = Ending.NOT_FILED.value, "Tenida por no presentada"
    TRANSFERRED = Ending.TRANSFERRED.value, "Derivada a otro organismo"
    DISMISSED = Ending.DISMISSED.value, "Inadmisible"
    MERGED = Ending.MERGED.value, "Acumulada a otra"
    DUPLICATE = Ending.DUPLICATE.value, "Archivada por repetida"


class StateLabel(models.TextChoices):
    """Words for the states, as staff see them."""

    RECEIVED = State.RECEIVED.value, "Ingresada"
    WITH_UNIT = State.WITH_UNIT.value, "En la unidad"
    WAITING = State.WAITING.value, "Espera a la persona"
    ANSWERED = State.ANSWERED.value, "Respondida"
    CLOSED = State.CLOSED.value, "Cerrada"


class Case(models.Model):
    """A request, complaint, suggestion or the like that someone filed and the body must answer.

    The row is narrow: ids, dates and codes. Texts are in `CaseText` and `CaseMessage`, identity in `people`.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    """Local year of filing; with `number` it makes the folio."""
    number = models.PositiveIntegerField()
    tracking_code = models.CharField(max_length=12)
    kind = models.ForeignKey("cases.CaseKind", models.PROTECT, related_name="+", db_index=False)
    kind_version = models.PositiveIntegerField(null=True)
    """The version of the kind it was filed, or last classified, with; None for an earlier register."""
    state = models.CharField(max_length=10, choices=StateLabel.choices, default=State.RECEIVED.value)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    topic = models.ForeignKey("catalogue.Topic", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    """None when anonymous."""
    service_point = models.ForeignKey(
        "servicepoints.ServicePoint", models.PROTECT, null=True, related_name="+", db_index=False
    )
    service = models.ForeignKey(
        "catalogue.Service", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The service or procedure that it is about, where whoever filed it began there."""
    language = models.CharField(max_length=3, blank=True, default="", db_default="")
    """ISO 639 code of the language, other than Spanish, in which its person had the page: in it they are told
    what happens. Empty: Spanish, or nobody knows.
    """
    filed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    """The officer who filed it for someone; None when the citizen did."""
    filed_at = models.DateTimeField()
    """When the body received it; for paper, the moment on the stamp."""
    due_on = models.DateField(null=True)
    """Local day of the next clock that ends; None while nothing runs."""
    legal_due_on = models.DateField(null=True)
    """Local day on which the answer is due by the legal clock."""
    answered_at = models.DateTimeField(null=True)
    """When the body first answered."""
    answer_days = models.PositiveSmallIntegerField(null=True)
    """Business days the body used to answer, pauses left out; kept here so that
    figures are one grouped query.
    """
    closed_at = models.DateTimeField(null=True)
    contest_until = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ground = models.CharField(max_length=40, blank=True, default="", db_default="")
    """Id of the ground on which the law let the body deny, wholly or in part,
    or not admit it; empty otherwise.
    """
    reserve_entry = models.ForeignKey(
        "cases.ReserveEntry", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The entry of the index of reserved acts on which a denial rests, where its ground reserves a
    document.
    """
    ending = models.CharField(max_length=12, choices=EndingLabel.choices, blank=True)
    """Why it was closed without an answer; empty otherwise."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)
    """The case that answers this one too."""
    silence_certified_at = models.DateTimeField(null=True)
    """When it was certified that the legal term ended without an answer."""
    cause = models.ForeignKey("cases.Cause", models.PROTECT, null=True, related_name="+", db_index=False)
    """Why it arose, as coded when it was answered or closed."""
    reviews = models.PositiveSmallIntegerField(default=0)
    """How often the citizen contested the answer."""
    rating = models.PositiveSmallIntegerField(null=True)
    """The citizen's mark of the answer, 1 to 5."""
    replied_at = models.DateTimeField(null=True)
    """When the person last wrote about the answer without contesting it, while
    no officer noted that it was read.
    """
    is_restricted = models.BooleanField(default=False)
    snoozed_until = models.DateField(null=True)
    """Local day until which its assignee does not want to see it in «Mías»; None: it was not put off."""
    snoozed_version = models.PositiveIntegerField(null=True)
    """The version at which it was put off until anything happens; None where only the day counts."""
    erased_at = models.DateTimeField(null=True)
    """When what its kind says was erased at the end of its retention; figures and history stay."""
    version = models.PositiveIntegerField(default=1)
    """Raised by every change; a form sent for an older version is refused."""
    idempotency_key = models.CharField(max_length=64, null=True)
    idempotency_print = models.BinaryField(max_length=32, null=True)
    """Keyed digest of all that came with the key; goes with the texts at the end of their retention."""
    batch = models.ForeignKey(
        "cases.ImportBatch", models.PROTECT, null=True, related_name="+", db_index=False
    )
    original_number = models.CharField(max_length=60, blank=True)
    """The number it had in the register it was imported from."""

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("institution", "year", "number", name="cases_case_folio"),
            models.CheckConstraint(
                condition=Q(ground="") | Q(outcome__in=["denied", "partly"]) | Q(ending="dismissed"),
                name="cases_case_ground_denies",
            ),
            models.CheckConstraint(
                condition=Q(reserve_entry=None) | ~Q(ground=""), name="cases_case_reserve_has_ground"
            ),
            models.UniqueConstraint("tracking_code", name="cases_case_tracking_code"),
            models.UniqueConstraint(
                "institution",
                "idempotency_key",
                name="cases_case_idempotency",
                condition=Q(idempotency_key__isnull=False),
            ),
            models.UniqueConstraint(
                "institution", "original_number", name="cases_case_original", condition=~Q(original_number="")
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5)), name="cases_case_rating"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("answered", "closed"))
                | Q(answered_at__isnull=False)
                | Q(closed_at__isnull=False)
                | Q(batch__isnull=False),  # an earlier register may not know when
                name="cases_case_answered_has_date",
            ),
            models.CheckConstraint(
                condition=Q(ending="") | Q(state="closed"), name="cases_case_ending_closed"
            ),
            models.CheckConstraint(
                condition=Q(ending="merged", merged_into__isnull=False)
                | (~Q(ending="merged") & Q(merged_into__isnull=True)),
                name="cases_case_merged_into",
            ),
        ]
        indexes = [
            models.Index(
                "institution", "due_on", "id", name="cases_open_due", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", "unit", "due_on", "id",
                name="cases_open_unit", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", "assignee", "due_on", "id",
                name="cases_open_assignee", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", "year", "number", "id",
                name="cases_open_folio", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", F("id").desc(),
                name="cases_open_waiting",
                condition=Q(state__in=sorted(OPEN)) & (Q(due_on__isnull=True) | Q(state="waiting")),
            ),
            models.Index(
                "institution", "channel", "due_on", "id",
                name="cases_open_channel", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", "kind", "due_on", "id",
                name="cases_open_kind", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", "topic", "due_on", "id",
                name="cases_open_topic", condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(
                "institution", "assignee", name="cases_snoozed", condition=Q(snoozed_until__isnull=False),
            ),
            models.Index("institution", F("id").desc(), name="cases_newest"),
            models.Index(
                "institution", F("id").desc(), name="cases_replied", condition=Q(replied_at__isnull=False),
            ),
            models.Index("institution", "state", F("id").desc(), name="cases_state"),
            models.Index("institution", "person", name="cases_person", condition=Q(person__isnull=False)),
            models.Index("institution", "topic", F("id").desc(), name="cases_topic"),
            models.Index("institution", "channel", F("id").desc(), name="cases_channel"),
            models.Index(
                "institution", "service", F("id").desc(),
                name="cases_service", condition=Q(service__isnull=False),
            ),
            models.Index(
                "institution", "assignee", F("id").desc(),
                name="cases_assignee", condition=Q(assignee__isnull=False),
            ),
            models.Index("institution", "kind", "channel", F("id").desc(), name="cases_kind_channel"),
            models.Index("institution", "unit", "topic", F("id").desc(), name="cases_unit_topic"),
            models.Index("batch", F("id").desc(), name="cases_batch", condition=Q(batch__isnull=False)),
            models.Index("institution", "filed_at", name="cases_filed"),
            # Holds all that says who sees a case: those of a cause are counted from it alone.
            models.Index(
                "institution", "cause", "filed_at",
                name="cases_by_cause",
                condition=Q(cause__isnull=False),
                include=("kind", "state", "is_restricted", "unit", "assignee", "filed_by"),
            ),
            models.Index(
                "institution", "kind", "filed_at",
                name="cases_uncoded", condition=Q(cause__isnull=True, state__in=("answered", "closed")),
            ),
            models.Index(
                "institution", "kind", "closed_at", "id",
                name="cases_retention", condition=Q(closed_at__isnull=False, erased_at__isnull=True),
            ),
            models.Index("merged_into", name="cases_merged", condition=Q(merged_into__isnull=False)),
            models.Index(
                "institution", "answered_at", name="cases_answered", condition=Q(answered_at__isnull=False),
            ),
            models.Index(
                "institution", "closed_at", name="cases_closed", condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                "institution", "kind", "answered_at", "id",
                name="cases_kind_answered", condition=Q(answered_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.folio

    @property
    def folio(self) -> str:
        return folio(self.year, self.number)

    @property
    def code(self) -> str:
        """The tracking code as it is shown."""
        return show_code(self.tracking_code)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def row_seal(self) -> str:
        """The digest of this row as the journal keeps it; take it once all columns are what will be
        stored.
        """
        return row_digest({name: getattr(self, name) for name in (*COLUMNS, *LATER)})

    @property
    def stream(self) -> str:
        """The journal stream that tells this case."""
        return f"case:{self.pk}"

    @property
    def draft(self) -> "AnswerDraft | None":
        """The answer that is being written, if any; no SQL where it was read along."""
        return getattr(self, "answer_draft", None)

    @property
    def undo_offer(self) -> "Undoable | None":
        """What was last sent about it and might be taken back, if anything; no SQL where it was read
        along.
        """
        return getattr(self, "undoable", None)

    @property
    def outcome_words(self) -> str:
        """How the body decided, in the words of its kind; empty while it did not."""
        return words_of_outcome(self.kind.rule_id, self.outcome)

    @property
    def ground_words(self) -> str:
        """On which ground it was denied, with its article; empty where it was not."""
        return ground_words(self.ground)

    def is_snoozed(self, today: date) -> bool:
        """Return whether it is hidden from «Mías» on the local day; `queries.awake` says the same in SQL."""
        if not self.is_open or self.snoozed_until is None or self.due_on is None:
            return False
        untouched = self.snoozed_version in (None, self.version)
        return untouched and self.snoozed_until > today and self.due_on > today

    @property
    def keeping(self) -> "CaseHold | None":
        """Why it is kept beyond its retention, if it is; no SQL where it was read along."""
        return getattr(self, "hold", None)

    def is_overdue(self, today: date) -> bool:
        """Return whether the answer is owed and its day has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today


class FolioCounter(models.Model):
    """The last folio number a body gave in a year; locked last in a transaction, so numbers have no gaps."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "year", name="cases_folio_counter")]

    def __str__(self) -> str:
        return folio(self.year, self.last)
