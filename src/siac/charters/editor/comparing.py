# SPDX-License-Identifier: EUPL-1.2
"""What two editions of a charter say otherwise, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from siac.charters.domain.differences import Piece, word_differences
from siac.charters.domain.parts import PARTS
from siac.charters.models import CharterEdition, Commitment
from siac.charters.texts import MomentLabel, RemedyKind, UnitLabel
from siac.organizations.public import Change, Words, differences, labels_of

_NAMES = (
    "text", "amount", "unit", "target", "moment", "record", "remedy_kind", "remedy", "remedy_days",
    "no_remedy_reason",
)  # fmt: skip
_LABELS = {name: label for name, label in labels_of(Commitment).items() if name in _NAMES}
_WORDS: Words = {
    "unit": lambda code: UnitLabel(code).label,
    "moment": lambda code: MomentLabel(code).label,
    "remedy_kind": lambda code: RemedyKind(code).label,
    "target": lambda value: str(value).replace(".", ","),
}


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A part of a charter that says something else."""

    title: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Compared:
    """What two editions say otherwise."""

    texts: list[ChangedText]
    promises: list[tuple[str, list[Change]]]
    """By promise, what changed of it."""
    added: list[str]
    removed: list[str]

    @property
    def is_same(self) -> bool:
        """Whether they say the same."""
        return not (self.texts or self.promises or self.added or self.removed)


def compared(before: CharterEdition, after: CharterEdition) -> Compared:
    """Return in words what `after` says otherwise than `before` (2 SQL)."""
    old, new = _promises(before), _promises(after)
    changed = [
        (row.text, differences(_LABELS, old[code].snapshot(), row.snapshot(), _WORDS))
        for code, row in new.items()
        if code in old
    ]
    return Compared(
        _texts(before.texts, after.texts),
        [(text, changes) for text, changes in changed if changes],
        [row.text for code, row in new.items() if code not in old],
        [row.text for code, row in old.items() if code not in new],
    )


def _promises(edition: CharterEdition) -> dict[str, Commitment]:
    return {row.code: row for row in edition.commitments.order_by("position", "pk")}


def _texts(before: Mapping[str, str], after: Mapping[str, str]) -> list[ChangedText]:
    return [
        ChangedText(part.title, word_differences(before.get(part.code, ""), after.get(part.code, "")))
        for part in PARTS
        if before.get(part.code, "") != after.get(part.code, "")
    ]
