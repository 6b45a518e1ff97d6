# SPDX-License-Identifier: EUPL-1.2
"""Reads the rows of a register for one body: looks up kinds and channels, checks people and terms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from itertools import chain, islice
from typing import Generic, TypeVar

from siac.cases.commands.planning import calendar_of, legal_spec
from siac.cases.imports.known import KnownWords, padded
from siac.cases.imports.layouts import Layout, clean_headers, positions
from siac.cases.imports.old_rows import OldCase, Problem, RowReader
from siac.cases.models import Case, CaseKind
from siac.catalogue.public import topic_code
from siac.clocks.public import book_for, plan_term, versions_for
from siac.infra.tables.reading import Row, too_ragged
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.people.public import PersonData, clean_person
from siac.ui.public import refusal_text

SAMPLE_ROWS = 60
MOST_COLUMNS = 200
"""A register with more is none; each column is a choice in some thirty boxes of one page."""
BLOCK = 1000
_MOST_DAYS = 32_767
VALUE_LIMIT = 80
_UNDATED = frozenset({"row_no_date", "row_bad_date", "row_date_in_future"})
R = TypeVar("R")
_CONTACTS = (("document_number", "document_type"), ("email",), ("phone",))


@dataclass(slots=True)
class ReadCase:
    """A row that may come in: what it says, looked up in the body.

    `due_on` is the legal day of an open case.
    """

    line: int
    old: OldCase
    kind: CaseKind
    person: PersonData | None
    due_on: date | None
    answer_days: int | None
    unit_id: int | None = None
    officer_id: int | None = None
    without: list[Problem] = field(default_factory=list)
    """What was wrong of its document, mail or phone, which it comes in without."""

    @property
    def original_number(self) -> str:
        """Its number in the register it comes from."""
        return self.old.original_number

    @property
    def topic(self) -> str:
        """The topic as the register names it."""
        return self.old.topic

    @property
    def topic_key(self) -> str:
        """The topic as the list of topics tells it from others."""
        return topic_code(self.old.topic)


@dataclass(slots=True)
class BadRow:
    """A row that may not come in, with the reasons."""

    line: int
    cells: list[str]
    problems: list[Problem]


def read_head(rows: Iterator[Row]) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and the first rows.

    Raises:
        Refused: there is no header, or no row below it.
    """
    header = next(rows, None)
    if header is None:
        raise Refused("import_empty")
    headers = clean_headers(header.cells)
    if len(headers) > MOST_COLUMNS:
        raise Refused("import_too_many_columns", count=len(headers), limit=MOST_COLUMNS)
    samples = [[cell[:200] for cell in row.cells] for row in islice(rows, SAMPLE_ROWS)]
    if not samples:
        raise Refused("import_empty")
    return headers, samples


class BlockReader(Generic[R]):
    """Reads one file into one body under a layout; remembers the numbers it has seen.

    Raises (when made):
        Refused: no header.
    """

    def __init__(
        self, institution: Institution, layout: Layout, rows: Iterator[Row], *, now: datetime
    ) -> None:
        self.institution, self.layout, self.rows, self.now = institution, layout, rows, now
        header = next(rows, None)
        if header is None:
            raise Refused("import_empty")
        self.headers = clean_headers(header.cells)
        self._seen: dict[int, int] = {}

    def blocks(self) -> Iterator[list[R | BadRow]]:
        """Yield what the rows say, a thousand at a time.

        Raises:
            Refused: there is no row, or the file breaks off.
        """
        first = next(self.rows, None)
        if first is None:
            raise Refused("import_empty")
        rows: Iterable[Row] = chain([first], self.rows)
        iterator = iter(rows)
        while block := list(islice(iterator, BLOCK)):
            yield [self._ragged(row) or self._read(row) for row in block]

    def _ragged(self, row: Row) -> BadRow | None:
        if not too_ragged(row.cells, len(self.headers)):
            return None
        values = {"found": str(len(row.cells)), "expected": str(len(self.headers))}
        return BadRow(row.line, row.cells, [Problem("row_ragged", values)])

    def _read(self, row: Row) -> R | BadRow:
        """Return what a row says, or why it may not come in."""
        raise NotImplementedError

    def _check_seen(self, number: str, line: int, problems: list[Problem]) -> None:
        # Eight bytes a number: a million rows are remembered in some tens of megabytes.
        key = int.from_bytes(blake2b(number.encode(), digest_size=8).digest(), "big")
        earlier = self._seen.setdefault(key, line)
        if earlier != line:
            values = {"value": number, "line": str(earlier)}
            problems.append(Problem("row_repeated_in_file", values))


class RegisterReader(BlockReader[ReadCase]):
    """Reads a register of requests.

    Raises (when made):
        Refused: no header, a column is missing, or the fixed kind does not exist in the body.
    """

    def __init__(
        self,
        institution: Institution,
        layout: Layout,
        rows: Iterator[Row],
        *,
        now: datetime,
        without: bool = False,
    ) -> None:
        """`without`: a document, mail or phone that is wrong is left out, and the row comes in without it."""
        super().__init__(institution, layout, rows, now=now)
        self._reader = RowReader(layout, positions(layout, self.headers), self.headers, institution.zone)
        self._known = KnownWords(institution)
        fixed = layout["kind"].value
        if fixed and self._known.kind(fixed) is None:
            raise Refused("import_kind_missing", kind=fixed)
        self._without = without

    def _read(self, row: Row) -> ReadCase | BadRow:
        old, problems = self._reader.read(row.cells, now=self.now)
        if any(problem.code == "row_totals" for problem in problems):
            return BadRow(row.line, row.cells, problems)
        without: list[Problem] = []
        kind, channel = self._known.kind(old.kind), self._known.channel(old.channel)
        unit_id = self._known.unit(old.unit, is_open=old.state == "open")
        officer_id = self._known.officer(old.officer)
        found = {"kind": kind, "channel": channel, "unit": unit_id, "officer": officer_id}
        problems += _unknown(old, found)
        person = self._person(old.person, without if self._without else problems, problems)
        self._check_seen(old.original_number, row.line, problems)
        if kind is None or channel is None or _UNDATED & {problem.code for problem in problems}:
            return BadRow(row.line, row.cells, problems)
        old.channel = channel.value
        read = ReadCase(row.line, old, kind, person, None, None, unit_id, officer_id, without)
        problems += self._timed(read)
        return BadRow(row.line, row.cells, problems) if problems else read

    def _person(
        self, values: Mapping[str, str], slight: list[Problem], problems: list[Problem]
    ) -> PersonData | None:
        """Return who filed it; what is wrong of the document, mail and phone goes to `slight`, all at
        once.
        """
        if not any(values.values()):
            return None
        given = {name: value for name, value in values.items() if name != "document_type"}
        if given.get("document_number"):
            word = values.get("document_type", "")
            kind = self._known.document_type(word)
            if kind is None:
                slight.append(Problem("row_unknown_document_type", {"value": word[:VALUE_LIMIT]}))
                given["document_number"] = ""
            given["document_type"] = kind or ""
            given["document_number"] = padded(kind or "", given["document_number"])
        try:
            return clean_person(PersonData(**given))  # type: ignore[arg-type]
        except Refused:
            return self._without_what_is_wrong(given, slight, problems)

    def _without_what_is_wrong(
        self, given: dict[str, str], slight: list[Problem], problems: list[Problem]
    ) -> PersonData | None:
        for names in _CONTACTS:
            part = {name: given[name] for name in names if given.get(name)}
            try:
                clean_person(PersonData(**part))  # type: ignore[arg-type]
            except Refused as refused:
                slight.append(Problem(f"row_bad_{names[0]}", {"why": refusal_text(refused)}))
                given = given | dict.fromkeys(names, "")
        try:
            return clean_person(PersonData(**given))  # type: ignore[arg-type]
        except Refused as refused:
            problems.append(Problem("row_bad_person", {"why": refusal_text(refused)}))
            return None

    def _timed(self, read: ReadCase) -> list[Problem]:
        """Compute the legal term: it runs for an open case, and tells how long an answered one took."""
        old = read.old
        if old.state != "open" and old.answered_at is None:
            return []
        spec = legal_spec(
            self.institution, read.kind, channel=old.channel, unit_id=read.unit_id, filed_at=old.filed_at
        )
        try:
            term = plan_term(spec, versions=versions_for(self.institution), book=book_for(self.institution))
            if old.answered_at is None:
                read.due_on = term.due_on
            else:
                read.answer_days = self._days_used(term.start.day0, old.answered_at)
        except Refused as refused:
            if old.answered_at is None:
                return [Problem("row_no_clock", {"why": refusal_text(refused)})]
        return []

    def _days_used(self, day0: date, answered_at: datetime) -> int:
        answered = max(self.institution.local_date(answered_at), day0)
        return min(calendar_of(self.institution).business_between(day0, answered), _MOST_DAYS)


def _unknown(old: OldCase, found: Mapping[str, object]) -> list[Problem]:
    """Return the words of a row that mean nothing in the body; a row need not name a unit or an officer."""
    said = {name: getattr(old, name) for name in found}
    missing = [name for name in found if found[name] is None and (said[name] or name in {"kind", "channel"})]
    return [Problem(f"row_unknown_{name}", {"value": said[name][:VALUE_LIMIT]}) for name in missing]


def known_numbers(institution_id: int, numbers: Sequence[str]) -> set[str]:
    """Return which original numbers the body's register holds already (1 SQL)."""
    rows = Case.objects.filter(institution_id=institution_id, original_number__in=list(numbers))
    return set(rows.values_list("original_number", flat=True))
