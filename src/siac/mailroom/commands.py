# SPDX-License-Identifier: EUPL-1.2
"""The registry of incoming papers: stamp, send to a unit, return, turn into a request."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.cases.public import Case, Channel, Filing, file_case
from siac.documents.public import CheckedFile, Visibility, attach, move_attachments
from siac.infra.idempotency import check_fingerprint, fingerprint
from siac.infra.search import stored_words
from siac.journal.public import record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.mailroom.models import IncomingPaper, PaperState, PaperType
from siac.mailroom.series import PAPERS
from siac.organizations.public import Institution, unit_tree
from siac.people.public import PersonData, reveal, save_person

SUBJECT = "paper"
"""What the scanned files belong to, in `documents`, until the paper becomes a request."""
_NO_IDENTITY = frozenset({"identity_needed", "document_needed"})


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What is known of a paper when it is stamped. `received_at` is now unless it was stamped before."""

    type: PaperType
    summary: str
    sender: PersonData | None = None
    unit_id: int | None = None
    received_at: datetime | None = None
    reference: str = ""
    dated_on: date | None = None
    pages: int | None = None
    annexes: str = ""
    files: Sequence[CheckedFile] = ()
    idempotency_key: str | None = None


def register_paper(
    *, institution: Institution, paper: NewPaper, actor: User | None, now: datetime
) -> IncomingPaper:
    """Give a paper its number and keep it, with its scanned files, in one transaction.

    Sending the same again with the same `idempotency_key` returns the paper it made the first time.

    Raises:
        Refused: the key came before with something else (idempotency_key_reused), no summary, stamped in the
            future, dated after its stamp, or an unknown unit.
    """
    _check(institution, paper, now=now)
    try:
        with transaction.atomic():
            return _registered(institution, paper, actor=actor, now=now)
    except IntegrityError as error:
        if paper.idempotency_key and "cases_paper_idempotency" in str(error):
            first = IncomingPaper.objects.get(institution=institution, idempotency_key=paper.idempotency_key)
            check_fingerprint(first.idempotency_print, _payload(paper))
            return first
        raise


def _payload(paper: NewPaper) -> list[Any]:
    """Return all that was sent."""
    return [asdict(replace(paper, files=(), idempotency_key=None)), [file.sha256 for file in paper.files]]


def _check(institution: Institution, paper: NewPaper, *, now: datetime) -> None:
    received = paper.received_at or now
    if not squeeze(paper.summary):
        raise Refused("paper_summary_missing")
    if received > now:
        raise Refused("received_in_future")
    if paper.dated_on is not None and paper.dated_on > institution.local_date(received):
        raise Refused("paper_dated_after_stamp")
    if paper.unit_id is not None and unit_tree(institution).current(paper.unit_id) is None:
        raise Refused("unit_unknown")


def _registered(
    institution: Institution, paper: NewPaper, *, actor: User | None, now: datetime
) -> IncomingPaper:
    received = paper.received_at or now
    summary, reference = squeeze(paper.summary)[:500], squeeze(paper.reference)[:60]
    row = IncomingPaper(
        institution=institution,
        received_at=received,
        registered_at=now,
        registered_by=actor,
        sender_id=save_person(institution.pk, paper.sender, now) if paper.sender else None,
        unit_id=unit_tree(institution).current(paper.unit_id),
        type=paper.type,
        reference=reference,
        dated_on=paper.dated_on,
        pages=paper.pages,
        annexes=squeeze(paper.annexes)[:200],
        summary=summary,
        idempotency_key=paper.idempotency_key,
        idempotency_print=fingerprint(_payload(paper)) if paper.idempotency_key else None,
        year=institution.local_date(now).year,
    )
    row.search = stored_words(summary, reference, row.annexes)
    # As with folios (docs/decisions/0003) the counter is the last lock, and what follows only inserts.
    row.number = PAPERS.take(institution.pk, row.year)
    row.save(force_insert=True)
    actor_id = actor.pk if actor else None
    attach(
        institution.pk, SUBJECT, row.pk, paper.files, actor_id=actor_id, now=now, visibility=Visibility.PUBLIC
    )
    data = {
        "number": row.code, "type": str(row.type), "sender": row.sender_id, "unit": row.unit_id,
        "received_at": received.isoformat(), "summary": seal(summary).digest, "files": len(paper.files),
    }  # fmt: skip
    record(institution.pk, row.stream, "cases.paper_registered", now, actor_id, data, new_stream=True)
    return row


def _locked(institution: Institution, paper_id: int, version: int | None = None) -> IncomingPaper:
    """Return a paper locked for change; `version` is the one its page showed, None does not ask."""
    row = IncomingPaper.objects.select_for_update(of=("self",)).get(institution=institution, pk=paper_id)
    if row.state in (PaperState.FILED, PaperState.RETURNED):
        raise Refused("paper_finished")
    if version is not None and version != row.version:
        raise Refused("paper_changed")
    row.version += 1
    return row


def _keep(
    row: IncomingPaper,
    kind: str,
    fields: tuple[str, ...],
    *,
    actor: User | None,
    now: datetime,
    data: dict[str, Any],
) -> None:
    row.save(update_fields=[*fields, "version"])
    record(row.institution_id, row.stream, kind, now, actor.pk if actor else None, data)


@transaction.atomic
def send_paper(
    *,
    institution: Institution,
    paper_id: int,
    version: int | None = None,
    unit_id: int,
    actor: User | None,
    now: datetime,
) -> IncomingPaper:
    """Note that the paper went to a unit.

    Raises:
        Refused: the unit is unknown or inactive, the paper became a request or was returned, or changed since
            `version` (paper_changed).
    """
    row = _locked(institution, paper_id, version)
    node = unit_tree(institution).nodes.get(unit_id)
    if node is None or not node.is_active:
        raise Refused("unit_unknown")
    row.unit_id, row.state = unit_id, PaperState.SENT
    _keep(row, "cases.paper_sent", ("unit", "state"), actor=actor, now=now, data={"unit": unit_id})
    return row


@transaction.atomic
def return_paper(
    *,
    institution: Institution,
    paper_id: int,
    version: int | None = None,
    reason: str,
    actor: User | None,
    now: datetime,
) -> IncomingPaper:
    """Note that the paper went back to whoever sent it, and why; its number stays.

    Raises:
        Refused: no reason, the paper became a request or was returned already, or changed since `version`.
    """
    row = _locked(institution, paper_id, version)
    row.reason, row.state = squeeze(reason)[:300], PaperState.RETURNED
    if not row.reason:
        raise Refused("paper_reason_missing")
    _keep(row, "cases.paper_returned", ("reason", "state"), actor=actor, now=now, data={})
    return row


@dataclass(frozen=True, slots=True)
class PaperFiling:
    """What a paper becomes; the rest is on the paper."""

    kind_id: int
    body: str
    topic_id: int | None = None
    unit_id: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


def file_paper(
    *,
    institution: Institution,
    paper_id: int,
    version: int | None = None,
    filing: PaperFiling,
    actor: User | None,
    now: datetime,
) -> Case:
    """Turn a paper into a request by letter, received when it was stamped, with its sender and its files.

    A paper that does not say who sent it becomes an anonymous request only where the kind admits those; else
    it stays in the register, marked with why.

    Raises:
        Refused: it became a request or was returned already, changed since `version`, or as `file_case`.
    """
    try:
        with transaction.atomic():
            return _filed(institution, paper_id, version, filing, actor=actor, now=now)
    except Refused as refused:
        if refused.code in _NO_IDENTITY:
            _note_unfiled(institution, paper_id, refused.code, actor=actor, now=now)
        raise


@transaction.atomic
def _note_unfiled(
    institution: Institution, paper_id: int, code: str, *, actor: User | None, now: datetime
) -> None:
    row = _locked(institution, paper_id)
    if row.unfiled != code:
        row.unfiled = code
        _keep(row, "cases.paper_unfiled", ("unfiled",), actor=actor, now=now, data={"code": code})


def _filed(
    institution: Institution,
    paper_id: int,
    version: int | None,
    filing: PaperFiling,
    *,
    actor: User | None,
    now: datetime,
) -> Case:
    row = _locked(institution, paper_id, version)
    known = [row.sender_id] if row.sender_id else []
    people = reveal(institution.pk, known, actor_id=None, reason="", now=now)
    case = file_case(
        institution=institution,
        filing=Filing(
            kind_id=filing.kind_id,
            channel=Channel.LETTER,
            subject=row.summary,
            body=filing.body,
            answers=filing.answers,
            person=people.get(row.sender_id or 0),
            topic_id=filing.topic_id,
            unit_id=filing.unit_id or unit_tree(institution).current(row.unit_id),
            received_at=row.received_at,
            idempotency_key=f"paper:{row.pk}",
            partial=True,
        ),
        actor=actor,
        now=now,
    )
    files = move_attachments(institution.pk, (SUBJECT, row.pk), ("case", case.pk), now=now)
    row.case, row.state, row.unfiled = case, PaperState.FILED, ""
    data = {"paper": row.pk, "number": row.code, "files": files}
    record(institution.pk, case.stream, "cases.paper_linked", now, actor.pk if actor else None, data)
    fields = ("case", "state", "unfiled")
    _keep(row, "cases.paper_filed", fields, actor=actor, now=now, data={"case": case.pk, "folio": case.folio})
    return case


def erase_texts(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Erase what was written of the papers that became cases at the end of their retention; the number of
    each stays, and that it came.
    """
    rows = IncomingPaper.objects.filter(institution_id=institution_id, case__in=list(case_ids))
    rows.update(summary="", reference="", annexes="", search=None)
