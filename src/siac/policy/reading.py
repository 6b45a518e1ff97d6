# SPDX-License-Identifier: EUPL-1.2
"""An edition of the policy as it is read: sections in words, matrices as they are drawn, lines with their
progress; the same for the house, the portal and the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from siac.organizations.public import Institution
from siac.policy.domain.blocks import Block, blocks
from siac.policy.domain.matrices import Grid, grid
from siac.policy.domain.sections import (
    BY_CODE,
    INSTRUMENTS,
    LINES,
    NAME,
    PARTICIPATION,
    PRINCIPLES,
    SAYS,
    SECTIONS,
    Column,
    Kind,
    Section,
    is_empty,
    tables,
)
from siac.policy.models import PolicyEdition, PolicySection
from siac.policy.options import WORDS, options_of
from siac.policy.progress import Asking, Progress, told
from siac.policy.queries import editions_of, links_of, sections_of
from siac.ui.public import long_date

_SAID_APART = (NAME, SAYS)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says in a column, and where that leads (empty: nowhere)."""

    label: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row in words: its name, what it says, and the rest of its columns."""

    code: str
    name: str
    says: str
    cells: tuple[Cell, ...]
    instruments: tuple["RowTold", ...] = ()
    """Of a principle: by what it is put in practice."""
    progress: tuple[Progress, ...] = ()
    """Of a line of action: what the system knows of it."""

    @property
    def url(self) -> str:
        """Where its columns lead; empty where nowhere."""
        return next((cell.url for cell in self.cells if cell.url), "")


@dataclass(frozen=True, slots=True)
class SectionTold:
    """A section in words."""

    section: Section
    number: int
    blocks: tuple[Block, ...]
    tables: tuple[tuple[str, tuple[RowTold, ...]], ...]
    grid: Grid | None
    version: int
    """0: nobody wrote it."""
    is_empty: bool

    @property
    def code(self) -> str:
        """The code of the section: its place on the page."""
        return self.section.code

    @property
    def title(self) -> str:
        """What it is called."""
        return self.section.title

    @property
    def headers(self) -> list[str]:
        """What heads the columns of its tables, that by which they are grouped left out."""
        return [each.label for each in self.section.columns if each.name != self.section.groups_by]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """With what the rows of a section are put in words."""

    asking: Asking
    options: Mapping[str, Mapping[str, str]]
    instruments: Mapping[str, Sequence[RowTold]]
    progress: Mapping[str, Sequence[Progress]]


def read(
    edition: PolicyEdition,
    sections: Mapping[str, PolicySection],
    asking: Asking,
    *,
    with_progress: bool = True,
) -> list[SectionTold]:
    """Return the sections of an edition in words, in their order; lines of action with what `asking` may see
    of their progress (2 SQL, and what the sources of progress cost); without, where `with_progress`
    is off.
    """
    institution = asking.institution
    found: list[SectionTold] = []
    # Of a section without rows nothing is chosen: what it offers is not read.
    offered = {
        each.code: options_of(institution, each, sections, asking.today)
        for each in SECTIONS
        if sections[each.code].rows
    }
    instruments = _instruments(asking, sections, offered.get(INSTRUMENTS, {}))
    progress = _progress(edition, sections, asking) if with_progress else {}
    for section in SECTIONS:
        if section.code == INSTRUMENTS and asking.access is None:
            continue  # they stand under their principles
        row = sections[section.code]
        rows = () if section.matrix else row.rows
        with_ = _Drawing(asking, offered.get(section.code, {}), instruments, progress)
        drawn = tuple(
            (title, tuple(_row(with_, section, each) for each in of)) for title, of in tables(section, rows)
        )
        found.append(
            SectionTold(
                section, len(found) + 1, tuple(blocks(row.text)), drawn, matrix_of(section, sections),
                row.version if row.pk else 0, is_empty(section, row.text, row.rows),
            )
        )  # fmt: skip
    return found


def matrix_of(section: Section, sections: Mapping[str, PolicySection]) -> Grid | None:
    """Return the matrix of a section as it is drawn; None of one that has none. No SQL."""
    if section.matrix is None:
        return None
    of = section.matrix
    return grid(of, sections[of.rows].rows, sections[of.columns].rows, sections[section.code].rows)


def _row(drawing: _Drawing, section: Section, row: Mapping[str, Any]) -> RowTold:
    code = str(row["code"])
    cells = tuple(
        _cell(drawing, column, row.get(column.name, ""))
        for column in section.columns
        if column.name not in _SAID_APART and column.name != section.groups_by
    )
    return RowTold(
        code, str(row.get(NAME, "")), str(row.get(SAYS, "")), cells,
        tuple(drawing.instruments.get(code, ())) if section.code == PRINCIPLES else (),
        tuple(drawing.progress.get(code, ())) if section.code == LINES else (),
    )  # fmt: skip


def _cell(drawing: _Drawing, column: Column, value: Any) -> Cell:
    if column.kind is Kind.DAY:
        return Cell(column.label, long_date(date.fromisoformat(value)) if value else "")
    if column.kind is Kind.ADDRESS:
        return Cell(column.label, str(value), str(value))
    if column.kind is Kind.CHOICE:
        offered = drawing.options[column.options]
        words = offered.get(str(value), str(value))
        return Cell(column.label, words, _url(drawing.asking, column, str(value), offered))
    return Cell(column.label, str(value))


def _url(asking: Asking, column: Column, value: str, offered: Mapping[str, str]) -> str:
    """Return where a choice leads: a charter to its page, a document to itself; empty where nowhere."""
    slug = asking.institution.slug
    if value not in offered:
        return ""
    if column.options == "charters":
        return reverse("portal:charters:charter", args=[slug, value])
    if column.options == "files":
        return reverse(f"{'workspace' if asking.access else 'portal'}:policy:document", args=[slug, value])
    return ""


def _instruments(
    asking: Asking, sections: Mapping[str, PolicySection], options: Mapping[str, Mapping[str, str]]
) -> dict[str, list[RowTold]]:
    """Return the instruments of each principle, by its code."""
    found: dict[str, list[RowTold]] = {}
    section, drawing = BY_CODE[INSTRUMENTS], _Drawing(asking, options, {}, {})
    for row in sections[INSTRUMENTS].rows:
        found.setdefault(str(row["principle"]), []).append(_row(drawing, section, row))
    return found


def _progress(
    edition: PolicyEdition, sections: Mapping[str, PolicySection], asking: Asking
) -> dict[str, list[Progress]]:
    """Return what the system knows of each line of action, by its code."""
    codes = {str(row["code"]) for row in sections[LINES].rows}
    links = {line: rows for line, rows in links_of(edition.policy).items() if line in codes}
    wanted: dict[str, list[int]] = {}
    for rows in links.values():
        for each in rows:
            wanted.setdefault(each.kind, []).append(each.number)
    known = told(asking, wanted)
    return {
        line: [known[each.kind, each.number] for each in rows if (each.kind, each.number) in known]
        for line, rows in links.items()
    }


def warnings(sections: Mapping[str, PolicySection]) -> list[str]:
    """Return what of an edition deserves a look before it is proposed, in words: rows and columns of matrices
    without any link. No SQL.
    """
    found = []
    for section in SECTIONS:
        drawn = matrix_of(section, sections)
        if drawn is None:
            continue
        found += [f"{section.thing} sin vínculo: «{name}» ({section.title})." for name in drawn.loose_rows]
        found += [
            f"Objetivo estratégico sin vínculo: «{name}» ({section.title})." for name in drawn.loose_columns
        ]
    return found


@dataclass(frozen=True, slots=True)
class Participation:
    """That a group took part in writing a policy: which, how, on what local day, and how many people."""

    group: str
    how: str
    on: date
    people: int


def participation_of(institution: Institution) -> list[Participation]:
    """Return who took part in the newest edition that everybody can read, the first first (3 SQL)."""
    edition = next((row for row in editions_of(institution) if row.approved_at is not None), None)
    if edition is None:
        return []
    section = sections_of(edition).get(PARTICIPATION)
    groups, ways = WORDS["groups"], WORDS["ways"]
    found = [
        Participation(
            groups.get(row["group"], row["group"]), ways.get(row["how"], row["how"]),
            date.fromisoformat(row["on"]), int(row["people"] or 0),
        )
        for row in (section.rows if section else [])
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.on)
