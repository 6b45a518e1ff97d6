# SPDX-License-Identifier: EUPL-1.2
"""The register of a charter: each promise with its last periods, what was broken and what that led to."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from siac.charters.commands.freezing import BACK
from siac.charters.models import Charter, CharterEdition, Commitment
from siac.charters.queries import commitments
from siac.charters.register.closed import Closed, Given, Promise, closed_periods
from siac.charters.standings import lineage, things_of
from siac.charters.texts import kept_words
from siac.indicators.public import Frequency
from siac.organizations.public import Institution
from siac.ui.charts import Chart, Mark, Row, Shape

SHOWN = 8
"""Periods of each promise that are drawn."""
COUNTED = 13
"""Periods of each promise that are read: those that are drawn, and all that twelve months may have."""
FEW = 10
"""Cases under which a figure is to be read with care."""
MANY = 10
"""Of more promises those that were missed stand first."""
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise in the register."""

    number: int
    commitment: Commitment
    results: Sequence[Closed]
    """The last periods, the oldest first."""
    given: Given
    """What was broken in the periods of twelve months that are shown."""

    @property
    def chart(self) -> Chart | None:
        """The last periods as columns; put together each time it is asked for."""
        return _chart(self.commitment, self.results) if self.results else None

    @property
    def told(self) -> Hashable:
        """All that is told of it: whoever has drawn what equals it need not draw it again."""
        return (self.number, self.commitment.pk, self.given, *(each.told for each in self.results))

    @property
    def things(self) -> str:
        """What a guarantee counts: «las solicitudes»."""
        return f"las {things_of(self.commitment)}"

    @property
    def last(self) -> Closed | None:
        """The newest period."""
        return self.results[-1] if self.results else None

    @property
    def is_few(self) -> bool:
        """Whether the newest period rests on few cases."""
        return self.last is not None and not self.last.is_hidden and 0 < self.last.result.total < FEW

    @property
    def has_hidden(self) -> bool:
        """Whether a period is not shown."""
        return any(each.is_hidden for each in self.results)


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a charter, of the edition in force or of the last one that was."""

    charter: Charter
    edition: CharterEdition
    lines: Sequence[Kept]
    is_over: bool
    """The charter ended."""

    @property
    def kept(self) -> int:
        """How many promises reached their target in their newest period."""
        return sum(bool(each.last and each.last.is_reached) for each in self.lines)

    @property
    def measured(self) -> int:
        """How many have a newest period with something to tell."""
        return sum(each.last is not None and each.last.is_reached is not None for each in self.lines)

    @property
    def verdict(self) -> str:
        """What the register says, in a sentence."""
        if self.measured:
            return f"Cumplimos {kept_words(self.kept, self.measured)}"
        if any(each.last for each in self.lines):
            return "El último período no tiene cifras que mostrar"
        return "Todavía no hay un período cerrado"

    @property
    def newest(self) -> str:
        """The period that the verdict is about, where it is the same of all; else nothing."""
        periods = {each.last.period for each in self.lines if each.last}
        return periods.pop() if len(periods) == 1 else ""

    @property
    def untold(self) -> int:
        """Of how many promises the newest period is not shown."""
        return sum(each.last is not None and each.last.is_hidden for each in self.lines)

    @property
    def has_hidden(self) -> bool:
        """Whether a period is not shown."""
        return any(each.has_hidden for each in self.lines)

    @property
    def columns(self) -> dict[tuple[date, date], str]:
        """The periods of the table of all results, by their days and in few words, the oldest first: the last
        ones.
        """
        every = {(each.result.first, each.result.last): each for line in self.lines for each in line.results}
        spans = sorted(every, key=lambda span: (span[1], span[0]))[-SHOWN:]
        return {span: _short(every[span]) for span in spans}


def register_of(institution: Institution, charter: Charter, *, today: date) -> Register | None:
    """Return the register of a charter (2 SQL); None where no edition of it is or was in force."""
    closed = closed_periods(institution, charters=[charter.pk], newest=COUNTED)
    return _register(institution, charter, closed, today)


def registers(institution: Institution, charters: Iterable[Charter], *, today: date) -> dict[int, Register]:
    """Return the registers of some charters of a body by their primary key, of its newest years (2 SQL)."""
    chosen = list(charters)
    pks = [each.pk for each in chosen]
    closed = closed_periods(institution, charters=pks, since=today - BACK)
    return registers_from(institution, chosen, closed, today=today)


def registers_from(
    institution: Institution, charters: Iterable[Charter], closed: Sequence[Closed], *, today: date
) -> dict[int, Register]:
    """Return the registers of some charters by their primary key, of closed periods at hand. No SQL when
    warm.
    """
    found = ((each.pk, _register(institution, each, closed, today)) for each in charters)
    return {pk: register for pk, register in found if register is not None}


def _register(
    institution: Institution, charter: Charter, closed: Iterable[Closed], today: date
) -> Register | None:
    current = promises_of(institution, charter.pk, today=today)
    if not current:
        return None
    by_promise: dict[Promise, list[Closed]] = {}
    for each in sorted(closed, key=lambda each: (each.result.last, each.result.first)):
        by_promise.setdefault((each.result.charter_id, each.result.code), []).append(each)
    lines = [_kept(number, each, by_promise, today) for number, each in enumerate(current, start=1)]
    if len(lines) > MANY:
        lines.sort(key=lambda line: line.last is None or line.last.is_reached is not False)
    edition = current[0].edition
    return Register(charter, edition, lines, is_over=not edition.is_in_force(today))


def promises_of(institution: Institution, charter_id: int, *, today: date) -> list[Commitment]:
    """Return the promises of the edition of a charter that is in force on a local day, or else of the last
    one that was. No SQL when warm.
    """
    own = [each for each in commitments(institution).values() if each.edition.charter_id == charter_id]
    begun = [each.edition for each in own if each.edition.since <= today]
    if not begun:
        return []
    chosen = max(begun, key=lambda edition: edition.number)
    return [each for each in own if each.edition_id == chosen.pk]


def _kept(number: int, of: Commitment, by_promise: Mapping[Promise, Sequence[Closed]], today: date) -> Kept:
    every = by_promise.get(lineage(of), ())
    results = every[-SHOWN:]
    given = Given()
    for each in every:
        if each.result.last > today - YEAR:
            given = given.beside(each.given)
    return Kept(number, of, results, given)


def _chart(of: Commitment, results: Sequence[Closed]) -> Chart:
    told = [each for each in results if each.is_reached is not None]
    reached, last = sum(bool(each.is_reached) for each in told), results[-1].result
    none = "sin casos o muy pocos para mostrarlos" if any(each.is_hidden for each in results) else "sin casos"
    return Chart(
        title=f"{reached} de {len(told)} período{'s' if len(told) != 1 else ''} sobre la meta."
        if told
        else "Ningún período con una cifra que mostrar.",
        note=f"Meta: {last.target_words}. Lleno: se cumplió; vacío: no; rayado: {none}.",
        rows=[_row(of, each) for each in results],
        heads=("Período", "Resultado", "De cuántas", "Meta"),
        shape=Shape.COLUMNS,
        top=100 if last.target <= 100 and last.target_words.endswith("%") else None,
        has_table=False,
    )


def _row(of: Commitment, each: Closed) -> Row:
    marks = {True: Mark.REACHED, False: Mark.MISSED, None: Mark.NONE}
    value = None if each.is_hidden else each.result.value
    named, _, under = each.period.partition(" de ")
    tick = named[:3] if of.moment == Frequency.MONTH else named.partition(" ")[0]
    return Row(
        each.period, value, each.words, each.of_words, target=each.result.target, mark=marks[each.is_reached],
        tick=tick, under=under, brief=each.brief[:6],
    )  # fmt: skip


def _short(each: Closed) -> str:
    """Return a period for the head of a narrow column: «sep 2026», «3.er trimestre 2026»."""
    named, _, year = each.period.partition(" de ")
    return f"{named[:3] if each.commitment.moment == Frequency.MONTH else named} {year}".strip()


def newest_told(lines: Collection[Kept], code: str) -> Closed | None:
    """Return the newest period of a promise, by its code, that is shown. No SQL."""
    results = [each for line in lines if line.commitment.code == code for each in line.results]
    return next((each for each in reversed(results) if each.is_reached is not None), None)
