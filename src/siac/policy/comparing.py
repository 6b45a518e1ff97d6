# SPDX-License-Identifier: EUPL-1.2
"""What two editions of the policy say otherwise, section by section, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from siac.charters.public import Piece, word_differences
from siac.organizations.public import Change, Institution, differences, labels_of
from siac.policy.domain.sections import NAME, SECTIONS, Section
from siac.policy.models import PolicyEdition, PolicySection
from siac.policy.options import options_of
from siac.policy.reading import matrix_of

_FACTS = {
    name: label
    for name, label in labels_of(PolicyEdition).items()
    if name in ("title", "author", "validator", "source", "valid_from", "review_by")
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A section that says something else: its text, and its rows or links by what they are called."""

    title: str
    code: str
    text: list[Piece]
    """Empty: the text is the same."""
    added: list[str]
    removed: list[str]
    rows: list[tuple[str, list[Piece]]]


def compared(
    institution: Institution,
    before: Mapping[str, PolicySection],
    after: Mapping[str, PolicySection],
    today: date,
) -> list[Changed]:
    """Return the sections that say something else in `after` than in `before`, in their order. No SQL when
    warm.
    """
    found = []
    for section in SECTIONS:
        old, new = before[section.code], after[section.code]
        said_before = _said(institution, section, before, today)
        said_after = _said(institution, section, after, today)
        changed = Changed(
            section.title, section.code, word_differences(old.text, new.text) if old.text != new.text else [],
            [name for code, (name, _) in said_after.items() if code not in said_before],
            [name for code, (name, _) in said_before.items() if code not in said_after],
            [
                (name, word_differences(said_before[code][1], words))
                for code, (name, words) in said_after.items()
                if code in said_before and said_before[code][1] != words
            ],
        )  # fmt: skip
        if changed.text or changed.added or changed.removed or changed.rows:
            found.append(changed)
    return found


def facts_changed(before: PolicyEdition, after: PolicyEdition) -> list[Change]:
    """Return what two editions say otherwise of themselves. No SQL."""
    words = {name: lambda day: f"{date.fromisoformat(day):%d-%m-%Y}" for name in ("valid_from", "review_by")}
    return differences(_FACTS, before.snapshot(), after.snapshot(), words)


def _said(
    institution: Institution, section: Section, sections: Mapping[str, PolicySection], today: date
) -> dict[str, tuple[str, str]]:
    """Return each row of a section, or each link of its matrix, as (what it is called, its words) by code."""
    drawn = matrix_of(section, sections)
    if drawn is not None:
        return {
            f"{line.code}:{code}": (f"{line.name} – {name}", words)
            for line in drawn.lines
            for (code, name, _), words in zip(drawn.columns, line.cells, strict=True)
            if words
        }
    options = options_of(institution, section, sections, today)
    found = {}
    for row in sections[section.code].rows:
        told = []
        for column in section.columns:
            value = str(row.get(column.name, ""))
            told.append(options[column.options].get(value, value) if column.options else value)
        name = str(row.get(NAME) or told[0])
        found[str(row["code"])] = (name, " · ".join(filter(None, told)))
    return found
