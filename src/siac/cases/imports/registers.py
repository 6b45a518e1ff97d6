# SPDX-License-Identifier: EUPL-1.2
"""The sorts of registers that the wizard brings in: requests, and what features and higher contexts add.

The wizard receives files, has columns chosen, checks every row and starts the load; a register says which
fields it has, reads its rows and writes them.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from siac.cases.imports.column_texts import FIELD_NAMES, REASONS, ROW_PROBLEMS
from siac.cases.imports.layouts import Layout, Shape, parse_layout
from siac.cases.imports.old_rows import Problem
from siac.cases.models import ImportBatch
from siac.infra.longwork import Step, TimeSource
from siac.infra.tables.reading import Row
from siac.organizations.public import Access, Institution


class ReadRow(Protocol):
    """A row that may come in."""

    @property
    def line(self) -> int:
        """Line of the file."""

    @property
    def original_number(self) -> str:
        """Its number in the register; a row of a number that is there already is not loaded again."""

    @property
    def topic(self) -> str:
        """The topic as the register names it, where it is made with the load; else empty."""

    @property
    def topic_key(self) -> str:
        """The same as the list of topics tells it from others."""

    @property
    def without(self) -> Sequence[Problem]:
        """What was wrong and it comes in without."""


class Blocks(Protocol):
    """Reads the rows of one file."""

    def blocks(self) -> Iterator[Sequence[Any]]:
        """Yield rows, some at a time, each a `ReadRow` or a `reader.BadRow`."""


Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One sort of register. `open` reads the rows of a file; `known` says which numbers the body holds;
    `loading` writes a checked batch, as a long work; `listed` gives the address of what came in (empty: not
    for whoever asks).
    """

    code: str
    title: str
    """As the wizard offers it."""
    many: str
    """What its rows become: «solicitudes»."""
    shape: Shape
    open: Callable[[ImportBatch, Iterator[Row], datetime], Blocks]
    known: Callable[[int, Sequence[str]], set[str]]
    loading: Callable[[ImportBatch, TimeSource, Iterator[Row]], Generator[Step[ImportBatch], Any, None]]
    meanings: Callable[[Institution], Mapping[str, Options]]
    """What a word of each field may stand for: (value kept, Spanish name)."""
    listed: Callable[[Access, ImportBatch], str]
    heads: tuple[str, ...]
    cells: Callable[[Any], Sequence[str]]
    """How the first rows are shown before they are loaded."""
    fixed: Callable[[Institution], Mapping[str, tuple[str, Options]]] = lambda institution: {}
    """Fields that may be the same for all rows: what the choice is called, and the choices."""
    several: Mapping[str, int] = field(default_factory=dict)
    """How many columns may make up a field."""
    arrange: Callable[[Iterator[Row]], Iterator[Row]] = lambda rows: rows
    """Gives the rows of a file, the header first, in the shape in which it is read."""
    updates: bool = False
    """Rows that came in before may bring what is there up to date."""
    without: bool = False
    """Rows with a wrong document, mail or phone may come in without it."""


_REGISTERS: dict[str, Register] = {}


def register_register_words(
    *, names: Mapping[str, str], problems: Mapping[str, str], reasons: Mapping[str, str]
) -> None:
    """Give the wizard the words of a register: of its fields, of what is wrong with a row, and of the same
    said of many rows.

    Raises:
        ValueError: one of them has another word already.
    """
    for known, new in ((FIELD_NAMES, names), (ROW_PROBLEMS, problems), (REASONS, reasons)):
        for code, words in new.items():
            if known.setdefault(code, words) != words:
                raise ValueError(f"{code} has other words already")


def register_register(register: Register) -> None:
    """Let the wizard bring in a sort of register; called from `AppConfig.ready`.

    Raises:
        ValueError: its code is taken.
    """
    if register.code in _REGISTERS:
        raise ValueError(f"register {register.code} is registered twice")
    _REGISTERS[register.code] = register


def registers() -> list[Register]:
    """Return all sorts of registers, in the order in which they came."""
    return list(_REGISTERS.values())


def register_of(batch: ImportBatch) -> Register:
    """Return what sort of register a batch is."""
    return _REGISTERS[batch.register]


def named(code: str) -> Register:
    """Return a sort of register by its code; KeyError where there is none."""
    return _REGISTERS[code]


def layout_of(batch: ImportBatch) -> Layout:
    """Return the layout chosen for a batch; empty before one was."""
    return parse_layout(batch.mapping, register_of(batch).shape) if batch.mapping else {}
