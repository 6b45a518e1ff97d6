# SPDX-License-Identifier: EUPL-1.2
"""Reads the rows of a register for one body: looks up kinds and channels, checks people and terms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from importlib import import_module
from itertools import chain, islice
from typing import IO

from siac.cases.commands.planning import calendar_of, legal_spec
from siac.cases.domain.layouts import Layout, clean_headers, positions
from siac.cases.domain.old_rows import OldCase, Problem, RowReader
from siac.cases.imports.reading import Row, csv_rows, is_workbook, too_ragged
from siac.cases.models import Case, CaseKind, Channel
from siac.cases.queries import kinds
from siac.clocks.public import book_for, plan_term, versions_for
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.organizations.public import Institution
from siac.people.public import BY_JURISDICTION, DOCUMENT_TYPES, PersonData, clean_person
from siac.ui.public import refusal_text

SAMPLE_ROWS = 8
MOST_COLUMNS = 200
"""A register with more is none; each column is a choice in some thirty boxes of one page."""
BLOCK = 1000
_MOST_DAYS = 32_767
_CHANNEL_WORDS = {
    "presencial": Channel.COUNTER, "oficina": Channel.COUNTER, "mostrador": Channel.COUNTER, "web": Channel.WEB,
    "internet": Channel.WEB, "telefonico": Channel.PHONE, "telefonica": Channel.PHONE, "llamada": Channel.PHONE,
    "plataforma": Channel.PLATFORM, "correo": Channel.EMAIL, "mail": Channel.EMAIL, "e-mail": Channel.EMAIL, "email": Channel.EMAIL, "postal": Channel.LETTER,
}  # fmt: skip


@dataclass(slots=True)
class ReadCase:
    """A row that may come in: what it says, looked up in the body. `due_on` is the legal day of an open case."""

    line: int
    old: OldCase
    kind: CaseKind
    person: PersonData | None
    due_on: date | None
    answer_days: int | None


@dataclass(slots=True)
class BadRow:
    """A row that may not come in, with the reasons."""

    line: int
    cells: list[str]
    problems: list[Problem]


def rows_of(file: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of a CSV or XLSX file; raises Refused as `csv_rows` and `workbook_rows`."""
    file.seek(0)
    if is_workbook(file.read(4)):
        # openpyxl is heavy: only who reads a workbook loads it.
        rows: Iterator[Row] = import_module("siac.cases.imports.spreadsheet").workbook_rows(file)
        return rows
    return csv_rows(file)


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


class RegisterReader:
    """Reads one register into one body under a layout; remembers the numbers it has seen.

    Raises (when made):
        Refused: no header, a column is missing, or the fixed kind does not exist in the body.
    """

    def __init__(
        self, institution: Institution, layout: Layout, rows: Iterator[Row], *, now: datetime
    ) -> None:
        self.institution, self.layout, self.rows, self.now = institution, layout, rows, now
        header = next(rows, None)
        if header is None:
            raise Refused("import_empty")
        self.headers = clean_headers(header.cells)
        self._reader = RowReader(layout, positions(layout, self.headers), self.headers, institution.zone)
        active = [kind for kind in kinds(institution).values() if kind.is_active]
        self._kinds = {fold(kind.name): kind for kind in active} | {kind.code: kind for kind in active}
        fixed = layout["kind"].value
        if fixed and fixed not in self._kinds:
            raise Refused("import_kind_missing", kind=fixed)
        labels = {fold(channel.label): channel for channel in Channel}
        self._channels: Mapping[str, Channel] = {**_CHANNEL_WORDS, **labels, **{c.value: c for c in Channel}}
        self._seen: dict[int, int] = {}

    def blocks(self) -> Iterator[list[ReadCase | BadRow]]:
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
            yield [self._read(row) for row in block]

    def _read(self, row: Row) -> ReadCase | BadRow:
        if too_ragged(row.cells, len(self.headers)):
            values = {"found": str(len(row.cells)), "expected": str(len(self.headers))}
            return BadRow(row.line, row.cells, [Problem("row_ragged", values)])
        old, problems = self._reader.read(row.cells, now=self.now)
        if old is None:
            return BadRow(row.line, row.cells, problems)
        kind = self._kinds.get(old.kind) or self._kinds.get(fold(old.kind))
        channel = self._channels.get(fold(old.channel))
        if kind is None:
            problems.append(Problem("row_unknown_kind", {"value": old.kind[:40]}))
        if channel is None:
            problems.append(Problem("row_unknown_channel", {"value": old.channel[:40]}))
        person = self._person(old.person, problems)
        self._check_seen(old, row.line, problems)
        if kind is None or channel is None or problems:
            return BadRow(row.line, row.cells, problems)
        old.channel = channel.value
        return self._timed(row, old, kind, person)

    def _check_seen(self, old: OldCase, line: int, problems: list[Problem]) -> None:
        # Eight bytes a number: a million rows are remembered in some tens of megabytes.
        key = int.from_bytes(blake2b(old.original_number.encode(), digest_size=8).digest(), "big")
        earlier = self._seen.setdefault(key, line)
        if earlier != line:
            values = {"value": old.original_number, "line": str(earlier)}
            problems.append(Problem("row_repeated_in_file", values))

    def _person(self, values: Mapping[str, str], problems: list[Problem]) -> PersonData | None:
        if not any(values.values()):
            return None
        given = {name: value for name, value in values.items() if name != "document_type"}
        kind = self._document_type(values.get("document_type", "")) if values.get("document_number") else ""
        try:
            return clean_person(PersonData(**given, document_type=kind))  # type: ignore[arg-type]
        except Refused as refused:
            problems.append(Problem("row_bad_person", {"why": refusal_text(refused)}))
            return None

    def _document_type(self, text: str) -> str:
        types = BY_JURISDICTION[self.institution.jurisdiction]
        named = {fold(DOCUMENT_TYPES[code]): code.value for code in types} | {c.value: c.value for c in types}
        return named.get(fold(text), types[0].value)

    def _timed(self, row: Row, old: OldCase, kind: CaseKind, person: PersonData | None) -> ReadCase | BadRow:
        """Compute the legal term: it runs for an open case, and tells how long an answered one took."""
        read = ReadCase(row.line, old, kind, person, None, None)
        if old.state != "open" and old.answered_at is None:
            return read
        spec = legal_spec(self.institution, kind, channel=old.channel, unit_id=None, filed_at=old.filed_at)
        try:
            term = plan_term(spec, versions=versions_for(self.institution), book=book_for(self.institution))
            if old.answered_at is None:
                read.due_on = term.due_on
            else:
                read.answer_days = self._days_used(term.start.day0, old.answered_at)
        except Refused as refused:
            if old.answered_at is None:
                problem = Problem("row_no_clock", {"why": refusal_text(refused)})
                return BadRow(row.line, row.cells, [problem])
        return read

    def _days_used(self, day0: date, answered_at: datetime) -> int:
        answered = max(self.institution.local_date(answered_at), day0)
        return min(calendar_of(self.institution).business_between(day0, answered), _MOST_DAYS)


def known_numbers(institution_id: int, numbers: Sequence[str]) -> set[str]:
    """Return which original numbers the body's register holds already (1 SQL)."""
    rows = Case.objects.filter(institution_id=institution_id, original_number__in=list(numbers))
    return set(rows.values_list("original_number", flat=True))
