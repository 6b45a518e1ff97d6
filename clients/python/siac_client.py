# SPDX-License-Identifier: EUPL-1.2
"""Client of the SIAC API, in plain Python 3.11, with types. Generated: `make client`, not by hand.

client = Client("https://siac.example", "siac_…")
for case in each(client.list_cases, state="received"):
    ...
"""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NotRequired, TypedDict
from urllib.parse import quote, urlencode, urlsplit


class ApiError(Exception):
    """The API refused: `status` of HTTP, and the `problem` it told (RFC 9457), whose `code` is stable."""

    def __init__(self, status: int, problem: Mapping[str, Any], retry_after: int | None = None) -> None:
        super().__init__(f"{status} {problem.get('code', '')}: {problem.get('detail', '')}")
        self.status, self.problem, self.retry_after = status, dict(problem), retry_after

    @property
    def code(self) -> str:
        """What was wrong, for programs."""
        return str(self.problem.get("code", ""))


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the key goes to the installation and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """Let a redirection be the error that its status tells."""


_OPENER = urllib.request.build_opener(_Stays)


class Caller:
    """Calls an installation with a key; `etag` is the mark of what was read last, for `if_match`.

    Raises:
        ValueError: `base` is not encrypted, and not this very machine: anybody on the way could read the key.
    """

    def __init__(self, base: str, key: str, *, seconds: float = 30.0) -> None:
        parts = urlsplit(base)
        is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or not (parts.scheme == "https" or is_here):
            raise ValueError(f"{base} does not begin with https://")
        self.base, self.key, self.seconds, self.etag = base.rstrip("/") + "/api/v1", key, seconds, ""

    def _bytes(
        self,
        verb: str,
        path: str,
        *,
        query: Mapping[str, Any],
        headers: Mapping[str, Any],
        data: Any = None,
        fields: Mapping[str, str] | None = None,
        files: list[tuple[str, bytes]] | None = None,
    ) -> bytes:
        asked = urlencode({name: _text(value) for name, value in query.items() if value is not None})
        sent = {name: str(value) for name, value in headers.items() if value is not None}
        content, kind = _content(data, fields, files)
        if kind:
            sent["Content-Type"] = kind
        request = urllib.request.Request(
            f"{self.base}{path}{'?' if asked else ''}{asked}",
            data=content,
            headers={**sent, "Authorization": f"Bearer {self.key}", "Accept": "application/json"},
            method=verb,
        )
        try:
            with _OPENER.open(request, timeout=self.seconds) as response:
                self.etag = response.headers.get("ETag", "")
                answer: bytes = response.read()
                return answer
        except urllib.error.HTTPError as error:
            with error:
                wait = error.headers.get("Retry-After")
                raise ApiError(error.code, _problem(error.read()), _seconds(wait)) from None

    def _json(self, verb: str, path: str, **sent: Any) -> Any:
        return json.loads(self._bytes(verb, path, **sent))


def each(listing: Callable[..., Any], *arguments: Any, **filters: Any) -> Iterator[Any]:
    """Yield the rows of all pages of a list."""
    cursor: str | None = ""
    while cursor is not None:
        page = listing(*arguments, cursor=cursor, **filters)
        yield from page["items"]
        cursor = page["next"]


def _quoted(value: Any) -> str:
    return quote(str(value), safe="")


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _seconds(said: str | None) -> int | None:
    """Return the seconds of `Retry-After`; None where none came, or a date, or nothing of this world."""
    return int(said) if said and len(said) <= 9 and said.isascii() and said.isdigit() else None


def _problem(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _content(
    data: Any, fields: Mapping[str, str] | None, files: list[tuple[str, bytes]] | None
) -> tuple[bytes | None, str]:
    if fields is None:
        return (None, "") if data is None else (json.dumps(data).encode(), "application/json")
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, content in files or ():
        safe = name.replace('"', "").replace("\r", "").replace("\n", "")
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{safe}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


Channel = Literal["web", "counter", "phone", "letter", "email", "api", "import", "platform"]


MessageKind = Literal[
    "note",
    "ask",
    "information",
    "answer",
    "contest",
    "extension",
    "rating",
    "transfer",
    "dismissal",
    "lapse",
    "withdrawal",
    "hearing",
    "objection",
    "delay_report",
    "reopening",
    "message",
    "merger",
    "duplicate",
    "reply",
    "appeal",
    "defence",
    "ruling",
    "measures",
    "reasons",
    "taken_back",
]


Nature = Literal[
    "enquiry",
    "complaint",
    "suggestion",
    "compliment",
    "wrongdoing",
    "information_request",
    "petition",
    "data_right",
    "incident",
]


Outcome = Literal["upheld", "partly", "denied", "informed"]


PersonKind = Literal["natural", "legal"]


QuestionType = Literal["line", "text", "choice", "date"]


State = Literal["received", "with_unit", "waiting", "answered", "closed"]


StateLabel = Literal["received", "with_unit", "waiting", "answered", "closed"]


class Added(TypedDict):
    """Added"""

    folio: str
    state: State
    due_on: str | None
    version: int


class AnswerCount(TypedDict):
    """An answer and how many gave it."""

    label: str
    n: int
    share: str | None


class AnswerIn(TypedDict):
    """The answer of the body, as it is sent to the person."""

    body: str
    outcome: Outcome
    measures: NotRequired[str]
    ground: NotRequired[str]
    reasons: NotRequired[str]
    idempotency_key: NotRequired[str | None]


class AskedQuestion(TypedDict):
    """A question with what was answered; `is_hidden`: by so few that nothing is told, not even how many."""

    code: str
    label: str
    kind: str
    n: int | None
    answers: list[AnswerCount]
    satisfaction: SatisfactionOut | None
    is_hidden: bool


class CaseIn(TypedDict):
    """A request to file."""

    kind: str
    body: str
    subject: NotRequired[str]
    answers: NotRequired[dict[str, str]]
    place: NotRequired[str]
    person: NotRequired[PersonIn | None]
    topic: NotRequired[int | None]
    unit: NotRequired[int | None]
    idempotency_key: NotRequired[str | None]


class CaseList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[CaseRow]
    next: str | None


class CaseOut(TypedDict):
    """A case whole; `person` only for those whose roles let them read identities, null when anonymous."""

    folio: str
    kind: str
    nature: Nature
    state: State
    channel: Channel
    subject: str
    topic: Named | None
    unit: Named | None
    filed_at: str
    due_on: str | None
    legal_due_on: str | None
    answered_at: str | None
    closed_at: str | None
    outcome: Outcome | None
    outcome_words: str
    ground: str | None
    ground_words: str
    is_restricted: bool
    body: str
    place: str
    answers: dict[str, str]
    version: int
    clocks: list[ClockOut]
    messages: list[MessageOut]
    person: PersonOut | None


class CaseRow(TypedDict):
    """A case as lists show it: no identity."""

    folio: str
    kind: str
    nature: Nature
    state: State
    channel: Channel
    subject: str
    topic: Named | None
    unit: Named | None
    filed_at: str
    due_on: str | None
    legal_due_on: str | None
    answered_at: str | None
    closed_at: str | None
    outcome: Outcome | None
    outcome_words: str
    ground: str | None
    ground_words: str
    is_restricted: bool


class CharterList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[CharterOut]
    next: str | None


class CharterOut(TypedDict):
    """A charter with its edition in force."""

    code: str
    title: str
    edition: int
    valid_from: str
    commitments: list[CommitmentOut]


class ClockOut(TypedDict):
    """A term that runs on the case, and why it ends when it ends."""

    kind: str
    label: str
    state: str
    due_on: str
    explanation: list[str]


class CommitmentOut(TypedDict):
    """A promise of the edition in force; `code` is the same in all editions."""

    code: str
    text: str
    form: str
    term: str
    target: str
    remedy: str
    indicator: str | None


class ComplianceList(TypedDict):
    """One page, oldest period first; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ComplianceOut]
    next: str | None


class ComplianceOut(TypedDict):
    """How a promise was kept in a closed period. Of so few that somebody could be known, `is_hidden` is true and there is no figure."""

    code: str
    edition: int
    first: str
    last: str
    value: str | None
    target: str
    met: int | None
    total: int | None
    is_reached: bool | None
    words: str
    explanation: str
    given: GivenOut | None
    is_hidden: bool


class FileOut(TypedDict):
    """A file of a case that its person may have too; `of`: what it came with."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    annulled_on: str | None
    of: str
    at: str
    link: str


class Filed(TypedDict):
    """The receipt: keep `tracking_code`, it is the citizen's key."""

    folio: str
    tracking_code: str
    kind: str
    state: State
    filed_at: str
    due_on: str | None
    legal_due_on: str | None
    links: Links


class FrequentQuestion(TypedDict):
    """FrequentQuestion"""

    question: str
    answer: str


class GivenOut(TypedDict):
    """What became of the promises to one person that were broken in the period."""

    breaches: int
    delivered: int
    owed: int
    refused: int


class IndicatorList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[IndicatorOut]
    next: str | None


class IndicatorOut(TypedDict):
    """A figure that the body follows."""

    code: str
    name: str
    definition: str
    statistic: str
    better: str
    target: str
    frequency: str
    since: str | None
    version: int


class InformationIn(TypedDict):
    """What a program adds to a case for the citizen."""

    body: str
    idempotency_key: NotRequired[str | None]


class KindOut(TypedDict):
    """A kind of request that may be filed, with what it asks."""

    code: str
    nature: Nature
    name: str
    need: str
    hint: str
    rule: str
    allows_anonymous: bool
    requires_document: bool
    on_portal: bool
    questions: list[QuestionOut]


class Links(TypedDict):
    """Links"""

    self: str
    tracking: str


class ListQuery(TypedDict):
    """Filters of the work list; all that are given must hold."""

    q: NotRequired[str]
    view: NotRequired[str]
    kind: NotRequired[str]
    state: NotRequired[StateLabel | None]
    channel: NotRequired[Channel | None]
    topic: NotRequired[int | None]
    unit: NotRequired[int | None]
    assignee: NotRequired[int | None]
    filed_from: NotRequired[str | None]
    filed_until: NotRequired[str | None]
    since: NotRequired[str | None]
    cursor: NotRequired[str]
    limit: NotRequired[int]


class MessageOut(TypedDict):
    """Something written between citizen and body; internal notes are not here."""

    kind: MessageKind
    at: str
    body: str


class Named(TypedDict):
    """Named"""

    id: int
    name: str


class NoteIn(TypedDict):
    """A note that only the house sees."""

    body: str
    idempotency_key: NotRequired[str | None]


class PersonIn(TypedDict):
    """Who files; everything is optional except what the kind requires."""

    kind: NotRequired[PersonKind]
    given_names: NotRequired[str]
    family_names: NotRequired[str]
    document_type: NotRequired[
        Literal["rut", "passport", "other", "dni_pe", "ruc", "ce", "dni_es", "nie", "nif_legal"] | None
    ]
    document_number: NotRequired[str]
    email: NotRequired[str]
    phone: NotRequired[str]
    address: NotRequired[str]


class PersonOut(TypedDict):
    """PersonOut"""

    kind: PersonKind
    given_names: str
    family_names: str
    document_type: str
    document_number: str
    email: str
    phone: str
    address: str
    agent: NotRequired[str]


class PlaceList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[PlaceOut]
    next: str | None


class PlaceOut(TypedDict):
    """A place or channel where people are attended."""

    code: str
    name: str
    kind: str
    address: str
    directions: str
    latitude: float | None
    longitude: float | None
    phone: str
    email: str
    website: str
    channels: list[str]
    access: list[str]
    hours: str
    is_open: bool | None
    changes_at: str | None
    services: list[str]


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: NotRequired[list[dict[str, str]]]


class QuestionOut(TypedDict):
    """QuestionOut"""

    code: str
    label: str
    type: QuestionType
    required: bool
    hint: str
    options: list[str]


class ResultsOut(TypedDict):
    """What was answered in a period, of all versions of the questionnaire. `n` null: of so few nothing is told."""

    period: str
    first: str
    last: str
    n: int | None
    questions: list[AskedQuestion]


class SatisfactionOut(TypedDict):
    """What the marks of a question come to, in percent but for the mean."""

    n: int
    net: str
    margin: str
    mean: str | None
    top_two: str | None


class ServiceList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ServiceRow]
    next: str | None


class ServiceOut(TypedDict):
    """A service whole, as its page tells it."""

    code: str
    name: str
    offering: str
    audience: str
    summary: str
    time: str
    cost: str
    topic: str | None
    ends_on: str | None
    entitled: str
    requirements: list[str]
    steps: list[str]
    channels: list[str]
    legal: list[str]
    responsible: str
    questions: list[FrequentQuestion]
    version: int


class ServiceRow(TypedDict):
    """A service that is given, as lists show it."""

    code: str
    name: str
    offering: str
    audience: str
    summary: str
    time: str
    cost: str
    topic: str | None
    ends_on: str | None


class SurveyList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[SurveyOut]
    next: str | None


class SurveyOut(TypedDict):
    """A survey of the people that the body serves."""

    id: int
    name: str
    title: str
    is_active: bool
    least: int
    version: int


class TopicList(TypedDict):
    """One page; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[TopicOut]
    next: str | None


class TopicOut(TypedDict):
    """What a request may be about; `parent` is the code of the topic it lies under."""

    id: int
    code: str
    name: str
    parent: str | None


class ValueList(TypedDict):
    """One page, oldest period first; ask for the next with `cursor` = `next`, until `next` is null."""

    items: list[ValueOut]
    next: str | None


class ValueOut(TypedDict):
    """What an indicator said of a period, its last revision. Of so few that somebody could be known, `is_hidden` is true and there is no figure."""

    first: str
    last: str
    revision: int
    value: str | None
    total: int | None
    target: str | None
    words: str
    standing: str
    is_earlier: bool
    is_hidden: bool


class Client(Caller):
    """What the API offers, a method for each operation."""

    def list_kinds(self, *, institution: str | None = None) -> list[KindOut]:
        """Return the kinds that may be filed, with their questions."""
        answer: list[KindOut] = self._json("GET", "/kinds", query={"institution": institution}, headers={})
        return answer

    def file_case(
        self, data: CaseIn, *, institution: str | None = None, idempotency_key: str | None = None
    ) -> Filed:
        """File a request: 201, or 200 when the same key filed it before. Acknowledged means committed."""
        answer: Filed = self._json(
            "POST",
            "/cases",
            query={"institution": institution},
            headers={"Idempotency-Key": idempotency_key},
            data=data,
        )
        return answer

    def list_cases(
        self,
        *,
        q: str | None = None,
        view: str | None = None,
        kind: str | None = None,
        state: StateLabel | None = None,
        channel: Channel | None = None,
        topic: int | None = None,
        unit: int | None = None,
        assignee: int | None = None,
        filed_from: str | None = None,
        filed_until: str | None = None,
        since: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        institution: str | None = None,
    ) -> CaseList:
        """Return one page of the cases that the user may see, newest first or by due day as the view says. Who controls reads of every page that told something: whose key it was, by what it was narrowed, how many."""
        answer: CaseList = self._json(
            "GET",
            "/cases",
            query={
                "q": q,
                "view": view,
                "kind": kind,
                "state": state,
                "channel": channel,
                "topic": topic,
                "unit": unit,
                "assignee": assignee,
                "filed_from": filed_from,
                "filed_until": filed_until,
                "since": since,
                "cursor": cursor,
                "limit": limit,
                "institution": institution,
            },
            headers={},
        )
        return answer

    def read_case(self, folio: str, *, institution: str | None = None) -> CaseOut:
        """Return a case with its clocks and what was written to and by the citizen, tracking codes covered."""
        answer: CaseOut = self._json(
            "GET", f"/cases/{_quoted(folio)}", query={"institution": institution}, headers={}
        )
        return answer

    def add_information(
        self,
        folio: str,
        data: InformationIn,
        *,
        institution: str | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Added:
        """Add information for the citizen; a term that waited for it runs again."""
        answer: Added = self._json(
            "POST",
            f"/cases/{_quoted(folio)}/information",
            query={"institution": institution},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            data=data,
        )
        return answer

    def list_files(self, folio: str, *, institution: str | None = None) -> list[FileOut]:
        """Return the files that came with the request and with what was written to and by its person."""
        answer: list[FileOut] = self._json(
            "GET", f"/cases/{_quoted(folio)}/files", query={"institution": institution}, headers={}
        )
        return answer

    def add_files(
        self,
        folio: str,
        body: str,
        files: list[tuple[str, bytes]],
        *,
        institution: str | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Added:
        """Add files for the citizen, with what they are (multipart/form-data); all are checked before any is kept."""
        answer: Added = self._json(
            "POST",
            f"/cases/{_quoted(folio)}/files",
            query={"institution": institution},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            fields={"body": body},
            files=files,
        )
        return answer

    def read_file(self, folio: str, file_id: int, *, institution: str | None = None) -> bytes:
        """Return a file of a case as it is; one that waits for the scanner is given to nobody (409)."""
        answer: bytes = self._bytes(
            "GET",
            f"/cases/{_quoted(folio)}/files/{_quoted(file_id)}",
            query={"institution": institution},
            headers={},
        )
        return answer

    def add_note(
        self,
        folio: str,
        data: NoteIn,
        *,
        institution: str | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Added:
        """Write a note that only the house sees; whoever is only here to control writes none, as on the page."""
        answer: Added = self._json(
            "POST",
            f"/cases/{_quoted(folio)}/notes",
            query={"institution": institution},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            data=data,
        )
        return answer

    def answer_case(
        self,
        folio: str,
        data: AnswerIn,
        *,
        institution: str | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Added:
        """Send the answer of the body. What a kind wants approved is refused (409 `approval_needed`): people approve."""
        answer: Added = self._json(
            "POST",
            f"/cases/{_quoted(folio)}/answer",
            query={"institution": institution},
            headers={"Idempotency-Key": idempotency_key, "If-Match": if_match},
            data=data,
        )
        return answer

    def list_topics(
        self, *, institution: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> TopicList:
        """Return one page of the topics in use, by code."""
        answer: TopicList = self._json(
            "GET", "/topics", query={"institution": institution, "cursor": cursor, "limit": limit}, headers={}
        )
        return answer

    def list_services(
        self, *, institution: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> ServiceList:
        """Return one page of the services that are given, by code."""
        answer: ServiceList = self._json(
            "GET",
            "/services",
            query={"institution": institution, "cursor": cursor, "limit": limit},
            headers={},
        )
        return answer

    def read_service(self, code: str, *, institution: str | None = None) -> ServiceOut:
        """Return a service that is given, whole."""
        answer: ServiceOut = self._json(
            "GET", f"/services/{_quoted(code)}", query={"institution": institution}, headers={}
        )
        return answer

    def list_places(
        self, *, institution: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> PlaceList:
        """Return one page of the places in use, by code, each with whether it is open now by its own clock."""
        answer: PlaceList = self._json(
            "GET", "/places", query={"institution": institution, "cursor": cursor, "limit": limit}, headers={}
        )
        return answer

    def list_indicators(
        self, *, institution: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> IndicatorList:
        """Return one page of the indicators that the body follows, by code."""
        answer: IndicatorList = self._json(
            "GET",
            "/indicators",
            query={"institution": institution, "cursor": cursor, "limit": limit},
            headers={},
        )
        return answer

    def list_values(
        self,
        code: str,
        *,
        institution: str | None = None,
        first_from: str | None = None,
        last_until: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> ValueList:
        """Return one page of what an indicator said of the periods that begin on `first_from` or later and end on `last_until` or before."""
        answer: ValueList = self._json(
            "GET",
            f"/indicators/{_quoted(code)}/values",
            query={
                "institution": institution,
                "first_from": first_from,
                "last_until": last_until,
                "cursor": cursor,
                "limit": limit,
            },
            headers={},
        )
        return answer

    def list_charters(
        self, *, institution: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> CharterList:
        """Return one page of the charters in force today, by code, with what they promise."""
        answer: CharterList = self._json(
            "GET",
            "/charters",
            query={"institution": institution, "cursor": cursor, "limit": limit},
            headers={},
        )
        return answer

    def list_compliance(
        self,
        code: str,
        *,
        institution: str | None = None,
        since: str | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> ComplianceList:
        """Return one page of the closed periods of a charter, of all its promises, that began on `since` or later."""
        answer: ComplianceList = self._json(
            "GET",
            f"/charters/{_quoted(code)}/compliance",
            query={"institution": institution, "since": since, "cursor": cursor, "limit": limit},
            headers={},
        )
        return answer

    def list_surveys(
        self, *, institution: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> SurveyList:
        """Return one page of the surveys, by id; those that are asked of the staff are not among them."""
        answer: SurveyList = self._json(
            "GET",
            "/surveys",
            query={"institution": institution, "cursor": cursor, "limit": limit},
            headers={},
        )
        return answer

    def read_results(self, survey_id: int, period: str, *, institution: str | None = None) -> ResultsOut:
        """Return what was answered in a whole period; by no way nor place, and no open text."""
        answer: ResultsOut = self._json(
            "GET",
            f"/surveys/{_quoted(survey_id)}/results",
            query={"period": period, "institution": institution},
            headers={},
        )
        return answer
