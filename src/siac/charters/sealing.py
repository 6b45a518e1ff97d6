# SPDX-License-Identifier: EUPL-1.2
"""What is sealed of an edition when it is approved, and whether it still says so."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q

from siac.charters.domain.commitments import Subject
from siac.charters.domain.states import EditionState
from siac.charters.flowing import frozen
from siac.charters.models import (
    Breach,
    Certification,
    CertificationAudit,
    CharterEdition,
    CharterReport,
    Claim,
    Commitment,
    EditionComment,
    EditionReview,
    GapOverride,
    PeriodResult,
    RecognitionRule,
    Remedy,
)
from siac.journal.public import digest_with, recorded
from siac.kernel.approvals import digest_of

PUBLISHED, WITHDRAWN = "charters.edition_published", "charters.edition_withdrawn"
OVERRIDDEN, FROZEN, EXPLAINED = (
    "charters.gap_overridden", "charters.period_frozen", "charters.result_explained",
)  # fmt: skip
REPORT_MADE, REPORT_SHOWN, REPORT_HIDDEN, REPORT_SENT = (
    "charters.report_made", "charters.report_shown", "charters.report_hidden", "charters.report_sent",
)  # fmt: skip
CERTIFIED, AUDITED, ARCHIVED = "charters.certified", "charters.audited", "charters.edition_archived"
REVIEWED, COMMENTED, COMMENT_ANSWERED = (
    "charters.edition_reviewed", "charters.commented", "charters.comment_answered",
)  # fmt: skip
RECOGNITION_DECLARED, RECOGNITION_ENDED = "charters.recognition_declared", "charters.recognition_ended"
CLAIMED, DECIDED, CLAIM_MOVED = "charters.claim_filed", "charters.claim_decided", "charters.claim_moved"
OPENED, TAKEN_BACK = "charters.breach_opened", "charters.breach_taken_back"
REMEDY_DECIDED, REMEDY_LETTER = "charters.remedy_decided", "charters.remedy_letter"
REMEDY_SETTLED, REMEDY_MOVED = "charters.remedy_settled", "charters.remedy_moved"
FORM = 2
"""How the digest is made; entries of before do not say it, and their digest is of other values."""
_SEALED = (
    "code", "text", "service_id", "sustained_by", "dimension", "form", "kind_id", "amount", "unit",
    "indicator_id", "target", "record", "moment", "responsible_id", "is_controllable", "dependence",
    "remedy_kind", "remedy", "no_remedy_reason", "remedy_days", "level", "position", "attribute",
    "cause_kind", "cause", "plan", "plan_until",
)  # fmt: skip

_SEALED_LATER: dict[str, Any] = {
    "subject": Subject.CASE, "topic_id": None, "channel": "", "service_point_id": None,
    "remedy_when_below": False,
}  # fmt: skip
"""What came later, each with what it is where nothing is said: editions of before keep their digest."""


def sealed(edition: CharterEdition, promised: Sequence[Commitment]) -> str:
    """Return the digest of all that an edition says and promises. No SQL."""
    commitments = [
        {name: _exact(getattr(each, name)) for name in _SEALED} | _later_of(each) for each in promised
    ]
    later = [edition.objectives] if edition.objectives else []  # editions of before have none
    return digest_of(
        edition.number, edition.texts, edition.participation, edition.expectations, edition.service_ids,
        edition.valid_from, edition.revised_by, edition.approved_by, edition.approved_on, edition.frozen,
        commitments, *later,
    )  # fmt: skip


def _later_of(each: Commitment) -> dict[str, Any]:
    """Return what a commitment says in columns that those sealed before them did not have."""
    said = {name: (getattr(each, name), usual) for name, usual in _SEALED_LATER.items()}
    return {name: value for name, (value, usual) in said.items() if value != usual}


def standing(edition: CharterEdition) -> str:
    """Return the digest of all that whoever reviews or approves an edition reads of it: what it says and
    promises, whose norm it follows, what flows into it from elsewhere, and what the authority promises all
    the same (2 SQL when warm).
    """
    charter = edition.charter
    overrides = edition.overrides.order_by("pk").values_list("commitment_id", "version", "reason")
    promised = list(edition.commitments.order_by("position", "pk"))
    return digest_of(charter.norm, frozen(edition), list(overrides), sealed(edition, promised))


def _exact(value: Any) -> Any:
    """Return a value as the database gives it back."""
    return f"{value:.1f}" if isinstance(value, Decimal) else value


def problems(institution_id: int) -> Iterator[str]:
    """Yield what of charters is not as it was when it was written down, as Spanish sentences (33 SQL, and 1
    for each edition): editions, until when they are valid and who keeps their file, what reviewers and
    people said of drafts, what the authority promised all the same, closed periods, reports, certificates
    and their audits, what units are recognised for, claims and decisions on them, what was
    not kept and what is owed for it.
    """
    yield from edition_problems(institution_id)
    yield from _ends(institution_id)
    for sealing in _SEALINGS:
        yield from _unlike(institution_id, sealing)


def edition_problems(institution_id: int) -> Iterator[str]:
    """Yield each edition that does not say what it said when it was approved, and each that the journal knows
    and that is gone, as Spanish sentences (2 SQL, and 1 for each).
    """
    told = {
        entry.data["edition"]: entry.data["digest"]
        for entry in recorded(institution_id, [PUBLISHED])
        if entry.data.get("form") == FORM
    }
    rows = CharterEdition.objects.filter(institution_id=institution_id, state=EditionState.APPROVED)
    for row in rows.select_related("charter").order_by("pk"):
        digest = told.pop(row.pk, None)
        if digest is not None and digest != sealed(row, list(row.commitments.order_by("position", "pk"))):
            yield f"carta «{row.charter.title}», edición {row.number}: no dice lo que se aprobó"
    for pk in sorted(told):
        yield f"edición de carta {pk}: la bitácora la conoce y ya no está aprobada"


def _ends(institution_id: int) -> Iterator[str]:
    """Yield each approved edition that ends on another day than the next one, or its withdrawal, says."""
    said = {
        entry.data["edition"]: date.fromisoformat(entry.data["last_on"])
        for entry in recorded(institution_id, [WITHDRAWN])
    }
    rows = CharterEdition.objects.filter(institution_id=institution_id, state=EditionState.APPROVED)
    next_one: dict[int, date] = {}
    for row in rows.select_related("charter").order_by("-valid_from", "-number"):
        after = next_one.get(row.charter_id)
        ends = [day for day in (said.get(row.pk), after and after - timedelta(days=1)) if day is not None]
        if row.valid_to != min(ends, default=None):
            yield f"carta «{row.charter.title}», edición {row.number}: no termina el día que consta"
        next_one[row.charter_id] = row.since


@dataclass(frozen=True, slots=True)
class _Sealing:
    """Rows whose entries hold a digest of them, under the name `digest`; the newest entry of a row counts."""

    key: str
    """The name of the row's number in the entries."""
    kinds: tuple[str, ...]
    rows: Callable[[int], Iterable[Model]]
    """Given the number of a body, its rows that must have an entry."""
    digest: Callable[[Any], str | None]
    """None: what was sealed is erased by now, or the row was made before it was sealed."""
    words: str
    name: str = "digest"
    """Under which name its entries hold the digest."""
    is_second: bool = False
    """Another one says already which of these rows are unknown or gone."""


def override_digest(row: GapOverride) -> str:
    """Return the digest of what the authority promises all the same. No SQL."""
    return digest_of(row.edition_id, row.commitment_id, row.version, row.reason, row.level, row.said_by_id)


def result_digest(row: PeriodResult) -> str:
    """Return the digest of a closed period. No SQL."""
    names = ("charter_id", "code", "commitment_id", "first", "last", "met", "total", "is_reached")
    exact = [None if value is None else f"{value:.1f}" for value in (row.value, row.target)]
    told = [row.words, row.target_words, row.of_words]
    return digest_of([getattr(row, name) for name in names], exact, told)


def explanation_digest(row: PeriodResult) -> str:
    """Return the digest of what is said in public of a miss. No SQL."""
    return digest_of(row.explanation, row.explained_by_id)


def report_digest(row: CharterReport) -> str:
    """Return the digest of what was reported of a charter, of its paper, and whether everybody reads it. No
    SQL.
    """
    paper = hashlib.sha256(bytes(row.paper)).hexdigest()
    of = [row.charter_id, row.norm, row.first, row.last, row.number, row.made_by_id]
    told: list[Any] = [of, row.content, paper, row.shown_at is not None, row.shown_by_id]
    if row.shown_content is not None:
        shown = hashlib.sha256(bytes(row.shown_paper or b"")).hexdigest()
        told += [row.shown_content, shown]
    if row.sent_on is not None:
        told += [row.sent_on, row.sent_how, row.sent_proof, row.sent_by_id]
    return digest_of(*told)  # those of before were neither masked nor sent


def certificate_digest(row: Certification) -> str:
    """Return the digest of a certificate and of the day on which it was taken away. No SQL."""
    told = [row.charter_id, row.certifier, row.norm, row.number, row.scope]
    return digest_of(told, row.valid_from, row.valid_to, row.ended_on, row.saved_by_id)


def audit_digest(row: CertificationAudit) -> str:
    """Return the digest of what a follow-up audit said. No SQL."""
    return digest_of(row.certification_id, row.held_on, row.result, row.words, row.noted_by_id)


def custody_digest(row: CharterEdition) -> str:
    """Return the digest of who keeps the file of an edition, where, and until when. No SQL."""
    return digest_of(row.custodian_id, row.file_code, row.kept_until)


def review_digest(row: EditionReview) -> str:
    """Return the digest of what a reviewer said. No SQL."""
    return digest_of(row.edition_id, row.round, row.aspect, row.is_favourable, row.words, row.said_by_id)


def comment_words(row: EditionComment) -> str:
    """Return what is sealed, under the salt of the row, of what somebody said of a draft. No SQL."""
    told = [row.edition_id, row.capacity, row.organisation, row.text, row.verdict, row.answer]
    return digest_of(told, row.is_shown, row.answered_by_id)


def claim_words(row: Claim) -> str:
    """Return what is sealed, under the salt of the row, of the words of a claim and of its answer. No SQL."""
    return digest_of(row.words, row.answer)


def _salted(words: Callable[[Any], str]) -> Callable[[Any], str | None]:
    return lambda row: digest_with(words(row), row.salt) if row.salt else None


def recognition_digest(row: RecognitionRule) -> str:
    """Return the digest of what units are recognised for. No SQL."""
    return digest_of(row.title, row.periods, row.least, row.declared_on, row.declared_by_id, row.ended_on)


def claim_digest(row: Claim) -> str:
    """Return the digest of a claim and what was decided; not of its words, which are erased in time. No
    SQL.
    """
    return digest_of(row.case_id, row.commitment_id, row.due_on, row.state, row.decided_by_id)


def breach_digest(row: Breach) -> str:
    """Return the digest of what was not kept, on what, how that was found and whether it stands. Its day is
    that of its term, which moves with the calendar. No SQL.
    """
    of = [row.commitment_id, row.subject_type, row.subject_id]
    return digest_of(of, row.cause, row.clock_id, row.taken_back_at is not None)


def remedy_digest(row: Remedy) -> str:
    """Return the digest of what is owed and how it stands; not of what was written, which is erased in
    time. No SQL.
    """
    return digest_of(
        row.breach_id, row.text, row.kind, row.state, row.due_on, row.decided_by_id, row.notice_id,
        row.settled_by_id,
    )  # fmt: skip


def _told_by_number(institution_id: int, kind: str, key: str) -> set[int]:
    return {entry.data[key] for entry in recorded(institution_id, [kind]) if key in entry.data}


def _reviews_with_entries(institution_id: int) -> Iterable[EditionReview]:
    """Return the reviews that must have an entry: all from the first one on whose entry names it."""
    told = _told_by_number(institution_id, REVIEWED, "review")
    rows = EditionReview.objects.filter(institution=institution_id)
    return rows.filter(pk__gte=min(told)) if told else rows.none()


_OF_REMEDIES = (OPENED, TAKEN_BACK, REMEDY_DECIDED, REMEDY_LETTER, REMEDY_SETTLED, REMEDY_MOVED)


def _kept_with_entries(institution_id: int) -> Iterable[Remedy]:
    """Return the remedies that must have an entry: all but those whose breach was written down before
    entries named what is owed for it, and of which nothing was written down since.
    """
    before, told = [], []
    for entry in recorded(institution_id, _OF_REMEDIES):
        if entry.kind == OPENED and "remedy" not in entry.data:
            before.append(entry.data["breach"])
        elif entry.data.get("remedy") is not None:
            told.append(entry.data["remedy"])
    return Remedy.objects.filter(institution=institution_id).exclude(~Q(pk__in=told), breach__in=before)


_SEALINGS = (
    _Sealing(
        "override", (OVERRIDDEN,), lambda pk: GapOverride.objects.filter(institution=pk), override_digest,
        "lo que la autoridad prometió sin llegar",
    ),
    _Sealing(
        "result", (FROZEN,), lambda pk: PeriodResult.objects.filter(institution=pk), result_digest,
        "el período cerrado de un compromiso",
    ),
    _Sealing(
        "result", (EXPLAINED,),
        lambda pk: PeriodResult.objects.filter(institution=pk).exclude(explanation=""), explanation_digest,
        "lo que se explicó de un período",
    ),
    _Sealing(
        "report", (REPORT_MADE, REPORT_SHOWN, REPORT_HIDDEN, REPORT_SENT),
        lambda pk: CharterReport.objects.filter(institution=pk).iterator(chunk_size=20), report_digest,
        "el informe de una carta",
    ),
    _Sealing(
        "recognition", (RECOGNITION_DECLARED, RECOGNITION_ENDED),
        lambda pk: RecognitionRule.objects.filter(institution=pk), recognition_digest,
        "el criterio de reconocimiento",
    ),
    _Sealing(
        "claim", (CLAIMED, DECIDED, CLAIM_MOVED), lambda pk: Claim.objects.filter(institution=pk),
        claim_digest, "la medida pedida",
    ),
    _Sealing(
        "claim", (CLAIMED, DECIDED), lambda pk: Claim.objects.filter(institution=pk),
        _salted(claim_words), "lo que se dijo de la medida pedida", "sealed", is_second=True,
    ),
    _Sealing(
        "certificate", (CERTIFIED, AUDITED), lambda pk: Certification.objects.filter(institution=pk),
        certificate_digest, "el certificado de una carta", "certificate_digest",
    ),
    _Sealing(
        "audit", (AUDITED,),
        lambda pk: CertificationAudit.objects.filter(institution=pk, held_on__isnull=False), audit_digest,
        "la auditoría de un certificado",
    ),
    _Sealing(
        "edition", (ARCHIVED,),
        lambda pk: CharterEdition.objects.filter(institution=pk, custodian__isnull=False), custody_digest,
        "el archivo de una edición",
    ),
    _Sealing("review", (REVIEWED,), _reviews_with_entries, review_digest, "la revisión de una edición"),
    _Sealing(
        "comment", (COMMENTED, COMMENT_ANSWERED),
        lambda pk: EditionComment.objects.filter(institution=pk), _salted(comment_words),
        "el comentario a un borrador", "sealed",
    ),
    _Sealing(
        "breach", (OPENED, TAKEN_BACK), lambda pk: Breach.ever.filter(institution=pk), breach_digest,
        "el incumplimiento", "stands",
    ),
    _Sealing(
        "remedy", _OF_REMEDIES, _kept_with_entries, remedy_digest, "la medida de subsanación",
    ),
)  # fmt: skip


def _unlike(institution_id: int, sealing: _Sealing) -> Iterator[str]:
    """Yield each row that is not what its newest entry says, has none, or is gone (2 SQL)."""
    told: dict[int, str | None] = {}
    for entry in recorded(institution_id, sealing.kinds):
        if entry.data.get(sealing.key) is None:
            continue  # a promise that owes none
        told[entry.data[sealing.key]] = entry.data.get(sealing.name)
    for row in sealing.rows(institution_id):
        if row.pk not in told:
            if sealing.is_second:
                continue
            yield f"{sealing.words} {row.pk}: la bitácora no lo conoce"
            continue
        digest, stands = told.pop(row.pk), sealing.digest(row)
        if None not in (digest, stands) and digest != stands:  # entries of before have none
            yield f"{sealing.words} {row.pk}: no dice lo que consta en la bitácora"
    for pk in () if sealing.is_second else sorted(told):
        yield f"{sealing.words} {pk}: la bitácora lo conoce y ya no está"
