# SPDX-License-Identifier: EUPL-1.2
"""What two editions of a charter say otherwise, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from siac.cases.public import kinds
from siac.catalogue.public import services
from siac.charters.domain.commitments import Form
from siac.charters.domain.differences import Piece, word_differences
from siac.charters.domain.parts import PARTS
from siac.charters.models import CharterEdition, Commitment
from siac.charters.objectives import objectives_words
from siac.charters.texts import (
    DimensionLabel,
    FormLabel,
    GroupLabel,
    MomentLabel,
    RemedyKind,
    UnitLabel,
)
from siac.organizations.public import Change, Institution, Words, differences, labels_of, unit_tree

_NAMES = (
    "text", "service_id", "dimension", "form", "kind_id", "amount", "unit", "indicator_id", "target",
    "record", "moment", "responsible_id", "is_controllable", "dependence", "remedy_kind", "remedy",
    "no_remedy_reason", "remedy_days",
)  # fmt: skip
_LABELS = {name: label for name, label in labels_of(Commitment).items() if name in _NAMES}
_REST = {
    name: label
    for name, label in labels_of(CharterEdition).items()
    if name in ("service_ids", "expectations", "participation", "objectives")
}


def _words(institution: Institution) -> Words:
    """Return how what is promised, and what stands beside it, is worded. No SQL when warm."""
    given, asked, units = services(institution), kinds(institution), unit_tree(institution).nodes
    return {
        "service_id": lambda pk: given[pk].name if pk in given else "",
        "dimension": lambda code: DimensionLabel(code).label,
        "form": lambda code: FormLabel(code).label,
        "kind_id": lambda pk: asked[pk].name if pk in asked else "",
        "unit": lambda code: UnitLabel(code).label,
        "moment": lambda code: MomentLabel(code).label,
        "responsible_id": lambda pk: units[pk].name if pk in units else "",
        "remedy_kind": lambda code: RemedyKind(code).label,
        "target": lambda value: str(value).replace(".", ","),
        "service_ids": lambda ids: ", ".join(given[pk].name for pk in ids if pk in given),
        "objectives": objectives_words,
        "expectations": lambda rows: "; ".join(_expected(row) for row in rows),
        "participation": lambda rows: "; ".join(
            f"{GroupLabel(row['group']).label}: {row['how']}" for row in rows
        ),
    }


def _expected(row: Mapping[str, Any]) -> str:
    expected = f", se espera {row['expected']} %" if row["expected"] is not None else ""
    return f"{row['name']} (peso {row['weight']} %{expected})".replace(".", ",")


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
    rest: list[Change]
    """What else stands otherwise: of which services it is, what people expect, who took part."""

    @property
    def is_same(self) -> bool:
        """Whether they say the same."""
        return not (self.texts or self.promises or self.added or self.removed or self.rest)


def compared(before: CharterEdition, after: CharterEdition) -> Compared:
    """Return in words what `after` says otherwise than `before` (2 SQL when warm)."""
    old, new, words = _promises(before), _promises(after), _words(after.institution)
    changed = [
        (row.text, differences(_LABELS, _told(old[code]), _told(row), words))
        for code, row in new.items()
        if code in old
    ]
    return Compared(
        _texts(before.texts, after.texts),
        [(text, changes) for text, changes in changed if changes],
        [row.text for code, row in new.items() if code not in old],
        [row.text for code, row in old.items() if code not in new],
        differences(_REST, before.snapshot(), after.snapshot(), words),
    )


def _told(row: Commitment) -> dict[str, Any]:
    """Return a promise as it is compared: the indicator that its approval gives a guarantee is no change of
    it.
    """
    name = row.indicator.name if row.form == Form.FIGURE and row.indicator is not None else None
    return {**row.snapshot(), "indicator_id": name}


def _promises(edition: CharterEdition) -> dict[str, Commitment]:
    rows = edition.commitments.select_related("indicator").order_by("position", "pk")
    return {row.code: row for row in rows}


def _texts(before: Mapping[str, str], after: Mapping[str, str]) -> list[ChangedText]:
    return [
        ChangedText(part.title, word_differences(before.get(part.code, ""), after.get(part.code, "")))
        for part in PARTS
        if before.get(part.code, "") != after.get(part.code, "")
    ]
