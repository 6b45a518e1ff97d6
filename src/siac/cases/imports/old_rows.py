# SPDX-License-Identifier: EUPL-1.2
"""One row of an old register becomes the fields of a case, or the reasons why it cannot."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from siac.cases.imports.layouts import Layout, Reading
from siac.cases.imports.old_dates import read_moment, tells_hour
from siac.kernel.text import TEXT_LIMIT, fold, legible, squeeze

NUMBER_LIMIT = 60
PERSON_FIELDS = (
    "given_names",
    "family_names",
    "email",
    "phone",
    "address",
    "document_type",
    "document_number",
)
STATES: Mapping[str, str] = {
    word: state
    for state, words in {
        "open": "abierta abierto pendiente ingresada ingresado recibida recibido "
        "open received|en estudio|en tramite|en curso|en proceso|"
        "en ejecucion|derivada|derivado|asignada|asignado|en analisis|with_unit|nueva|nuevo",
        "answered": (
            "respondida respondido contestada contestado resuelta resuelto answered atendida atendido"
        ),
        "closed": (
            "cerrada cerrado closed terminada terminado finalizada "
            "finalizado archivada archivado cancelado cancelada|fin de tramite"
        ),
    }.items()
    for part in words.split("|")
    for word in ([part] if part.startswith(("en ", "fin ")) else part.split())
}
"""What the usual words for a state mean: still open, answered, closed. Keys folded."""
OUTCOMES: Mapping[str, str] = {
    word: outcome
    for outcome, words in {
        "upheld": "upheld aceptado aceptada acogido acogida fundado fundada",
        "partly": "partly parcial acogida_en_parte",
        "denied": "denied denegado denegada infundado infundada rechazado rechazada",
        "informed": "informed informado informada",
    }.items()
    for word in words.split()
}
"""What the usual words for a decision mean. Keys folded."""
_TOTALS = frozenset({"total", "totales", "total general", "subtotal", "suma"})
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$")
_UNREADABLE = "\ufffd"
YES = frozenset({"si", "s", "1", "true", "verdadero", "x", "yes"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot come in: a code worded in `texts`, and its values."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class OldCase:
    """What a row says of a case; codes as the register's mapping gives them, not yet looked up in the
    body.
    """

    original_number: str
    filed_at: datetime
    kind: str
    topic: str
    channel: str
    subject: str
    body: str
    place: str
    state: str
    answered_at: datetime | None
    closed_at: datetime | None
    is_restricted: bool
    person: dict[str, str]
    outcome: str = ""
    """How it was decided: upheld, partly, denied or informed; empty where the register does not say."""
    answer: str = ""
    """The text of the answer, where the register has it."""
    unit: str = ""
    officer: str = ""
    """Who answers or answered, as the register names unit and officer."""


class FieldReader:
    """Reads the fields of the rows of one file.

    `places` are the columns of each field; `headers` names them for labelled texts.
    """

    needed_day = "filed_at"
    """The field without whose day a row is none."""
    numbered: tuple[str, ...] = ("original_number", "document_number", "phone")
    """Fields whose numbers a program may have cut short."""

    def __init__(
        self, layout: Layout, places: Mapping[str, Sequence[int]], headers: Sequence[str], zone: ZoneInfo
    ) -> None:
        self.layout, self.places, self.headers, self.zone = layout, places, headers, zone

    def _check_signs(self, cells: Sequence[str]) -> list[Problem]:
        """Return what a program lost before the file was saved: letters that
        cannot be read, numbers cut to six figures.
        """
        found = [Problem("row_unreadable")] if any(_UNREADABLE in cell for cell in cells) else []
        for name in self.numbered:
            value = squeeze(self._text(name, cells)) if name in self.layout else ""
            if _SCIENTIFIC.match(value):
                found.append(Problem("row_scientific", {"value": value}))
        return found

    def _cells(self, name: str, cells: Sequence[str]) -> list[str]:
        return [legible(cells[place]).strip() for place in self.places.get(name, ()) if place < len(cells)]

    def _text(self, name: str, cells: Sequence[str]) -> str:
        """Return the value of a field: fixed, or its filled columns joined and
        looked up in the table of values.
        """
        reading = self.layout.get(name)
        if reading is None:
            return ""
        if reading.value:
            return reading.value
        text = _joined(reading, self._cells(name, cells))
        if reading.values:
            key = fold(squeeze(text))
            return reading.values.get(key, reading.values.get("*", text if text else reading.default))
        return text or reading.default

    def _moment(
        self, name: str, cells: Sequence[str], problems: list[Problem], now: datetime
    ) -> datetime | None:
        text = self._text(name, cells)
        if not text:
            if name == self.needed_day:
                problems.append(Problem("row_no_date"))
            return None
        moment = read_moment(text, self.layout[name].format, self.zone)
        if moment is None:
            problems.append(Problem("row_bad_date", {"value": text[:40]}))
            return None
        is_today = moment.astimezone(self.zone).date() == now.astimezone(self.zone).date()
        return now if is_today and moment > now and not tells_hour(text) else moment


class RowReader(FieldReader):
    """Reads the rows of a register of requests."""

    def read(self, cells: Sequence[str], *, now: datetime) -> tuple[OldCase, list[Problem]]:
        """Return what a row tells, and every problem it has: a row with problems is not loaded.

        `filed_at` is `now` where the row tells no day that exists; it has that problem then.
        """
        if self.is_totals(cells):
            problems = [Problem("row_totals")]
            return self._case(cells, now, None, None, "open", ""), problems
        problems = self._check_signs(cells)
        number = squeeze(self._text("original_number", cells))
        if not number:
            problems.append(Problem("row_no_number"))
        if len(number) > NUMBER_LIMIT:
            problems.append(Problem("row_number_too_long", {"limit": str(NUMBER_LIMIT)}))
        filed_at = self._moment("filed_at", cells, problems, now)
        answered_at = self._moment("answered_at", cells, problems, now)
        closed_at = self._moment("closed_at", cells, problems, now)
        _check_moments(filed_at, answered_at, closed_at, now, problems)
        body = self._body(cells)
        if not body:
            problems.append(Problem("row_no_text"))
        if len(body) > TEXT_LIMIT:
            problems.append(Problem("row_text_too_long", {"limit": str(TEXT_LIMIT)}))
        state = self._state(cells, answered_at, closed_at, problems)
        outcome = self._outcome(cells, problems)
        return self._case(cells, filed_at or now, answered_at, closed_at, state, outcome), problems

    def is_totals(self, cells: Sequence[str]) -> bool:
        """Return whether a row adds up the others: it begins with «Total» and has no text."""
        first = next((cell for cell in cells if cell.strip()), "")
        return fold(squeeze(first)).rstrip(":") in _TOTALS and not self._body(cells)

    def _case(
        self,
        cells: Sequence[str],
        filed_at: datetime,
        answered_at: datetime | None,
        closed_at: datetime | None,
        state: str,
        outcome: str,
    ) -> OldCase:
        return OldCase(
            original_number=squeeze(self._text("original_number", cells)),
            filed_at=filed_at,
            kind=squeeze(self._text("kind", cells)),
            topic=squeeze(self._text("topic", cells))[:120],
            channel=squeeze(self._text("channel", cells)) or "import",
            subject=squeeze(self._text("subject", cells)),
            body=self._body(cells),
            place=squeeze(self._text("place", cells))[:200],
            state=state,
            answered_at=answered_at if state != "open" else None,
            closed_at=closed_at if state != "open" else None,
            is_restricted=fold(squeeze(self._text("restricted", cells))) in YES,
            outcome=outcome,
            answer=self._text("answer", cells)[:TEXT_LIMIT],
            unit=squeeze(self._text("unit", cells)),
            officer=squeeze(self._text("officer", cells)),
            person={name: squeeze(self._text(name, cells)) for name in PERSON_FIELDS if name in self.layout},
        )

    def _body(self, cells: Sequence[str]) -> str:
        reading = self.layout["body"]
        if not reading.labelled:
            return self._text("body", cells)
        values = zip(self.places["body"], self._cells("body", cells), strict=False)
        lines = [f"{self.headers[place]}: {value}" for place, value in values if value]
        return "\n".join(lines) or reading.default

    def _outcome(self, cells: Sequence[str], problems: list[Problem]) -> str:
        text = fold(squeeze(self._text("outcome", cells)))
        outcome = OUTCOMES.get(text, text)
        if outcome and outcome not in OUTCOMES.values():
            problems.append(Problem("row_unknown_outcome", {"value": text[:40]}))
        return outcome

    def _state(
        self,
        cells: Sequence[str],
        answered_at: datetime | None,
        closed_at: datetime | None,
        problems: list[Problem],
    ) -> str:
        text = fold(squeeze(self._text("state", cells)))
        if not text:
            if closed_at is not None:
                return "closed"
            return "answered" if answered_at is not None else "open"
        state = STATES.get(text, text)
        if state not in {"open", "answered", "closed"}:
            problems.append(Problem("row_unknown_state", {"value": text[:40]}))
        return state


def _joined(reading: Reading, values: Sequence[str]) -> str:
    return reading.join.join(value for value in values if value)


def _check_moments(
    filed_at: datetime | None,
    answered_at: datetime | None,
    closed_at: datetime | None,
    now: datetime,
    problems: list[Problem],
) -> None:
    moments = [moment for moment in (filed_at, answered_at, closed_at) if moment is not None]
    if any(moment > now for moment in moments):
        problems.append(Problem("row_date_in_future"))
    if filed_at is not None and any(moment.date() < filed_at.date() for moment in moments):
        problems.append(Problem("row_ends_before_it_begins"))
