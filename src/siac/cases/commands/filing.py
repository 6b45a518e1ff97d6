# SPDX-License-Identifier: EUPL-1.2
"""A request comes in: the register's most careful moment. Acknowledged means committed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.cases.commands.drafts import hand_over
from siac.cases.commands.planning import plan_clocks
from siac.cases.commands.terms import set_due
from siac.cases.domain.numbers import cover_codes, new_tracking_code
from siac.cases.domain.offered import suggested
from siac.cases.domain.routing import Effects, Sender, Step, decided
from siac.cases.domain.row_seal import content_text
from siac.cases.domain.states import State
from siac.cases.features import Arrival, router
from siac.cases.models import Case, CaseKind, CaseText, Channel
from siac.cases.queries import kinds
from siac.cases.series import FOLIOS
from siac.catalogue.public import services, topics
from siac.clocks.public import Clock, starting
from siac.documents.public import CheckedFile, Visibility, attach
from siac.infra.idempotency import check_fingerprint, fingerprint
from siac.infra.ready import Part, ReadyInsert, next_keys, send, stored
from siac.infra.search import stored_words
from siac.journal.public import NewEntry, beginning, digest_with, seal
from siac.kernel.errors import Refused
from siac.kernel.questions import check_answers
from siac.kernel.text import TEXT_LIMIT, squeeze
from siac.notices.public import NewNotice, queueing
from siac.organizations.public import Institution, PublicText, text_in_force, unit_tree
from siac.people.public import Person, PersonData, kind_of, new_person

SUBJECT_LIMIT = 160
_CASES, _TEXTS = ReadyInsert(Case), ReadyInsert(CaseText)


@dataclass(frozen=True, slots=True)
class Filing:
    """What is needed to file a request.

    `person` is None when anonymous; `received_at` is the stamp of a paper.
    """

    kind_id: int
    channel: Channel
    body: str
    subject: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    person: PersonData | None = None
    person_id: int | None = None
    """Who is known already: another request of theirs is the reason of this one."""
    topic_id: int | None = None
    unit_id: int | None = None
    service_point_id: int | None = None
    service_id: int | None = None
    """The service it is about: also one that is not given any more, for whoever began before it ended."""
    language: str = ""
    """The language in which its person wants to be told, where it is not Spanish (ISO 639)."""
    received_at: datetime | None = None
    files: Sequence[CheckedFile] = ()
    draft_id: int | None = None
    """The draft whose files, already stored, become the case's."""
    idempotency_key: str | None = None
    is_restricted: bool = False
    """It is closed to named roles whatever its kind."""
    offered: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """What had been suggested while it was written: "topic" or "unit" -> ids."""
    partial: bool = False
    """The kind's required questions may stay unanswered: it came by letter, call or mail."""
    without_receipt: bool = False
    """No receipt goes out: what came asks that no machine answers it."""
    tracking_code: str = ""
    """The code that its person was handed before it came here, without network; empty: a new one."""


def file_case(*, institution: Institution, filing: Filing, actor: User | None, now: datetime) -> Case:
    """Register a request: folio, code, clocks, receipt and journal in one transaction.

    Sending the same again with the same `idempotency_key` returns the case it made the first time.

    Raises:
        Refused: the key came before with something else (idempotency_key_reused), unknown kind, a question
            unanswered, no identity where the kind needs one, an empty or endless text, or a code that is
            another request's (tracking_code_taken).
    """
    kind = kinds(institution).get(filing.kind_id)
    if kind is None or not kind.is_active:
        raise Refused("kind_unknown")
    answers = check_answers(kind.parsed_questions(), filing.answers, partial=filing.partial)
    _check(institution, kind, filing, now=now)
    try:
        with transaction.atomic():
            return _register(institution, kind, filing, answers, actor=actor, now=now)
    except IntegrityError as error:
        if filing.idempotency_key and "cases_case_idempotency" in str(error):
            first = Case.objects.select_related("kind", "text").get(
                institution=institution, idempotency_key=filing.idempotency_key
            )
            check_fingerprint(first.idempotency_print, _payload(filing))
            return first
        if filing.tracking_code and "cases_case_tracking_code" in str(error):
            raise Refused("tracking_code_taken") from None
        raise


def _payload(filing: Filing) -> list[Any]:
    """Return all that was sent, so that a key never gives one person's answer to what another one sends.

    The files of a draft are not in it: a draft that was sent is another one as
    soon as anything of it changes.
    """
    said = asdict(replace(filing, files=(), offered={}, idempotency_key=None, body=filing.body.strip()))
    if not filing.tracking_code:
        del said["tracking_code"]  # what was sent before there was such a thing is still the same
    if filing.person is not None and not filing.person.verified_by:
        said["person"] = {
            name: value for name, value in said["person"].items() if not name.startswith("verified_")
        }
    said |= {"language": filing.language} if said.pop("language") else {}
    said |= {} if said.pop("service_id") is None else {"service_id": filing.service_id}
    return [said, [file.sha256 for file in filing.files]]


def _check(institution: Institution, kind: CaseKind, filing: Filing, *, now: datetime) -> None:
    body = filing.body.strip()
    if not body:
        raise Refused("text_missing")
    if len(body) > TEXT_LIMIT:
        raise Refused("text_too_long", length=len(body), limit=TEXT_LIMIT)
    if filing.person is None and filing.person_id is None and not kind.allows_anonymous:
        raise Refused("identity_needed")
    if kind.requires_document and filing.person is not None and not filing.person.document_number:
        raise Refused("document_needed")
    if filing.received_at is not None and filing.received_at > now:
        raise Refused("received_in_future")
    _check_about(institution, filing)
    if filing.unit_id is not None and unit_tree(institution).current(filing.unit_id) is None:
        raise Refused("unit_unknown")


def _check_about(institution: Institution, filing: Filing) -> None:
    if filing.topic_id is not None and filing.topic_id not in topics(institution):
        raise Refused("topic_unknown")
    if filing.service_id is not None and filing.service_id not in services(institution):
        raise Refused("about_unknown")


def _register(
    institution: Institution,
    kind: CaseKind,
    filing: Filing,
    answers: dict[str, str],
    *,
    actor: User | None,
    now: datetime,
) -> Case:
    new_id, case_id = next_keys(Person, Case)
    person_id = new_id if filing.person else filing.person_id
    said = Effects(filing.topic_id, filing.unit_id, restrict=kind.is_restricted or filing.is_restricted)
    arrival = Arrival(
        kind, filing.channel, _sender(filing), said, filing.subject, filing.body, filing.place, answers
    )
    steps = router().arrived(institution, arrival)
    case = _new_case(institution, kind, filing, case_id, person_id, decided(steps), actor=actor, now=now)
    clocks = plan_clocks(institution, kind, case)
    set_due(case, clocks)
    text = _text(case, filing, answers)
    sealed = seal(text.body)
    text.salt = sealed.salt
    files = _take_files(case, filing, actor=actor, now=now)
    before = [_TEXTS([text]), starting(clocks, subject_id=case_id)]
    if filing.person:
        before = [*new_person(institution.pk, new_id, filing.person, now), *before]
    _take_number(case, before, steps, now=now)
    data = _filed_data(case, filing, clocks, digest=sealed.digest, files=files)
    if person_id is not None:
        data["privacy"] = privacy_version(institution, now)
    data["form"] = digest_with(form_text(text), sealed.salt)
    filed = NewEntry(case.stream, "cases.filed", data, actor.pk if actor else None)
    entries = beginning(institution.pk, [filed, *router().entries(case, steps)], now)
    send([_CASES([case]), entries, *_receipt(case, filing, now=now)])
    stored(case, text)
    return case


def _take_files(case: Case, filing: Filing, *, actor: User | None, now: datetime) -> int:
    """Store what came with it and take over what its draft holds; return how many files."""
    if filing.files:
        attach(
            case.institution_id,
            "case",
            case.pk,
            filing.files,
            actor_id=actor.pk if actor else None,
            now=now,
            visibility=Visibility.PUBLIC,
        )
    handed = hand_over(filing.draft_id, case, now=now) if filing.draft_id is not None else 0
    return len(filing.files) + handed


def _take_number(case: Case, before: Sequence[Part], steps: Sequence[Step], *, now: datetime) -> None:
    """Write what must be there before, and give the case its folio (1 SQL; 2 where rules route it).

    The folio is the last lock taken, and all that follows is inserts: numbers have no gaps and nobody waits
    long (docs/decisions/0003).
    """
    case.year = case.institution.local_date(now).year
    if steps:
        send(before)
        router().take_numbers(case, steps, now=now)
    else:
        case.number = FOLIOS.take_after(before, case.institution_id, case.year)


def _receipt(case: Case, filing: Filing, *, now: datetime) -> list[Part]:
    """Return the parts that tell the person that it came in; none for whoever gets no receipt."""
    if case.person_id is None or filing.without_receipt:
        return []
    told = NewNotice(
        "cases.receipt", f"person:{case.person_id}", "email", "case", case.pk, {"folio": case.folio}
    )
    return queueing(case.institution_id, [told], now)


def privacy_version(institution: Institution, now: datetime) -> int | None:
    """Return the number of the privacy notice that held when a person's data
    were given; None: none was published.
    """
    text = text_in_force(institution, PublicText.PRIVACY, institution.local_date(now))
    return text.number if text else None


def _sender(filing: Filing) -> Sender:
    """Return who sends it; a person known already costs 1 SQL."""
    if filing.person is not None:
        return Sender(filing.person.kind.value)
    if filing.person_id is None:
        return Sender.ANONYMOUS
    return Sender(kind_of(filing.person_id).value)


def _new_case(
    institution: Institution,
    kind: CaseKind,
    filing: Filing,
    case_id: int,
    person_id: int | None,
    routed: Effects,
    *,
    actor: User | None,
    now: datetime,
) -> Case:
    topic_id = filing.topic_id or routed.topic_id
    topic = topics(institution).get(topic_id) if topic_id else None
    tree = unit_tree(institution)  # a closed unit takes nothing new: its successor does, or nobody yet
    wanted = (filing.unit_id, routed.unit_id, topic.unit_id if topic else None, kind.unit_id)
    unit_id = next((unit for unit in map(tree.current, wanted) if unit is not None), None)
    return Case(
        pk=case_id,
        institution=institution,
        kind=kind,
        kind_version=kind.version,
        tracking_code=filing.tracking_code or new_tracking_code(),
        state=State.WITH_UNIT if unit_id else State.RECEIVED,
        channel=filing.channel,
        topic_id=topic_id,
        unit_id=unit_id,
        person_id=person_id,
        service_point_id=filing.service_point_id,
        service_id=filing.service_id,
        language=filing.language,
        filed_by=actor,
        filed_at=filing.received_at or now,
        is_restricted=kind.is_restricted or filing.is_restricted or routed.restrict,
        idempotency_key=filing.idempotency_key,
        idempotency_print=fingerprint(_payload(filing)) if filing.idempotency_key else None,
    )


def _text(case: Case, filing: Filing, answers: dict[str, str]) -> CaseText:
    # Lists and titles show it to staff, who are not to see a key that its person quotes.
    subject = cover_codes(squeeze(filing.subject) or _first_words(cover_codes(filing.body)))
    text = CaseText(
        case=case,
        institution_id=case.institution_id,
        subject=subject[:SUBJECT_LIMIT],
        body=filing.body.strip(),
        answers=answers,
        place=squeeze(filing.place)[:200],
    )
    text.search = stored_words(subject, filing.body, text.place, *answers.values())
    return text


def form_text(text: CaseText) -> str:
    """Return what is sealed of a request beside its body: subject, answers and place."""
    return content_text([text.subject, text.answers, text.place])


def _first_words(body: str, limit: int = 80) -> str:
    line = squeeze(body)
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + "…"


def _filed_data(
    case: Case, filing: Filing, clocks: Sequence[Clock], *, digest: str, files: int
) -> dict[str, Any]:
    chosen = {"topic": filing.topic_id, "unit": filing.unit_id}
    told = {target: suggested(filing.offered.get(target, ()), pk) for target, pk in chosen.items()}
    return {
        **{f"{key}_{target}": value for target, found in told.items() for key, value in found.items()},
        "folio": case.folio,
        "row": case.row_seal,
        "kind": case.kind_id,
        "channel": case.channel,
        "unit": case.unit_id,
        "topic": case.topic_id,
        "person": case.person_id,
        **({"verified": True} if filing.person is not None and filing.person.verified_by else {}),
        "text": digest,
        "files": files,
        "clocks": [
            {"kind": clock.kind, "rule": clock.rule_id, "due_on": clock.due_on.isoformat()}
            for clock in clocks
        ],
    }
