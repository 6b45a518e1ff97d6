# SPDX-License-Identifier: EUPL-1.2
"""An edition as people read it, whatever it is read on: web page, paper, leaflet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from siac.charters.domain.parts import PARTS, Part
from siac.charters.flowing import Flowing, flowing
from siac.charters.models import CharterEdition, Commitment
from siac.charters.objectives import Objective, objectives_of
from siac.charters.standings import target_words
from siac.charters.texts import GroupLabel, RemedyKind, VerdictLabel
from siac.clocks.public import amount_text
from siac.ui.public import long_date

_PARAGRAPH = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"^\s*[-•]\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list where `items` are given."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the charter as it is read."""

    part: Part
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as it is read: what is promised, within how long, in how many of a hundred, and what
    happens if it is not kept.
    """

    commitment: Commitment
    number: int
    text: str
    term: str
    target: str
    measured: str
    remedy: str
    """Empty where there is none: then `no_remedy` says why."""
    no_remedy: str
    all_the_same: str = ""
    """Where the authority promises what was not reached yet: how it was kept then, and why it is promised."""


@dataclass(frozen=True, slots=True)
class TookPart:
    """Somebody who took part in writing it: who, how and when, what they proposed and what became of it."""

    who: str
    how: str
    proposed: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Paper:
    """An edition as it is read."""

    edition: CharterEdition
    flowing: Flowing
    sections: tuple[Section, ...]
    promises: tuple[Promise, ...]
    participants: tuple[TookPart, ...] = ()
    objectives: tuple[Objective, ...] = ()

    @property
    def title(self) -> str:
        """What the charter is called."""
        return self.flowing.title

    @property
    def before(self) -> list[Section]:
        """The sections that stand before the promises."""
        return [each for each in self.sections if each.part.code not in _AFTER]

    @property
    def after(self) -> list[Section]:
        """The sections that follow them."""
        return [each for each in self.sections if each.part.code in _AFTER]


_AFTER = {"redress", "complaints", "participation", "improvement", "studies", "management", "complementary"}


def composed(edition: CharterEdition) -> Paper:
    """Return an edition as people read it (2 SQL, and 2 where indicators tell its objectives)."""
    made = edition.overrides.select_related("commitment")
    overridden = {row.commitment_id: f"{row.level}. {row.reason}" for row in made if row.holds}
    rows = edition.commitments.select_related("indicator", "responsible").order_by("position", "pk")
    return Paper(
        edition,
        flowing(edition),
        tuple(
            Section(part, tuple(blocks(edition.texts[part.code])))
            for part in PARTS
            if edition.texts.get(part.code)
        ),
        tuple(_promise(row, number, overridden.get(row.pk, "")) for number, row in enumerate(rows, start=1)),
        tuple(took_part(row) for row in edition.participation),
        tuple(objectives_of(edition, is_public=True)),
    )


def took_part(row: Mapping[str, Any]) -> TookPart:
    """Return a row of `participation` as people read it. No SQL."""
    count = row["people"]
    people = f", {count} {'persona' if count == 1 else 'personas'}" if count else ""
    on = f", {long_date(date.fromisoformat(row['on']))}" if row["on"] else ""
    who = GroupLabel(row["group"]).label + (f" ({row['who']})" if row["who"] else "")
    verdict = VerdictLabel(row["verdict"]).label if row["verdict"] else ""
    return TookPart(who, f"{row['how']}{people}{on}", row["proposed"], verdict, row["why"])


def _promise(row: Commitment, number: int, all_the_same: str) -> Promise:
    has_none = row.remedy_kind == RemedyKind.NONE
    return Promise(
        row,
        number,
        row.text,
        amount_text(row.term) if row.term else "",
        target_words(row),
        row.get_moment_display().lower(),
        "" if has_none else row.remedy,
        row.no_remedy_reason if has_none else "",
        all_the_same,
    )


def blocks(text: str) -> Sequence[Block]:
    """Return a text as paragraphs and lists: a blank line ends a paragraph, lines that begin with a dash are
    a list.
    """
    found: list[Block] = []
    for paragraph in _PARAGRAPH.split(text.strip()):
        plain: list[str] = []
        items: list[str] = []
        for line in paragraph.splitlines():
            if _ITEM.match(line):
                items.append(_ITEM.sub("", line).strip())
            elif items:
                items[-1] += " " + line.strip()
            else:
                plain.append(line.strip())
        if plain:
            found.append(Block(" ".join(plain)))
        if items:
            found.append(Block("", tuple(items)))
    return found
