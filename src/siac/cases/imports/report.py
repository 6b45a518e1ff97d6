# SPDX-License-Identifier: EUPL-1.2
"""What the check of a register counts: rows by reason, words that the body does
not know, what rows come in without.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from siac.cases.imports.column_texts import FIELD_NAMES, REASONS
from siac.cases.imports.old_rows import Problem
from siac.cases.imports.reader import BadRow
from siac.cases.imports.registers import ReadRow

_UNKNOWN = "row_unknown_"
MOST_VALUES = 100
"""Different words of one field that are kept: with more, the column is not the one it was taken for."""


class Report:
    """Counts while rows are checked."""

    def __init__(self, topics: Iterable[str]) -> None:
        self._topics = frozenset(topics)
        self._reasons: Counter[str] = Counter()
        self._without: Counter[str] = Counter()
        self._unknown: dict[str, Counter[str]] = {}

    def count(self, rows: Iterable[ReadRow | BadRow]) -> None:
        """Count a block of rows."""
        for row in rows:
            if isinstance(row, BadRow):
                self._reasons.update({problem.code for problem in row.problems})
                self._note_unknown(row.problems)
                continue
            self._without.update({problem.code for problem in row.without})
            self._note_unknown(row.without)
            if row.topic and row.topic_key not in self._topics:
                self._note("topic", row.topic)

    def _note_unknown(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem.code.startswith(_UNKNOWN):
                self._note(problem.code.removeprefix(_UNKNOWN), problem.values["value"])

    def _note(self, field: str, value: str) -> None:
        values = self._unknown.setdefault(field, Counter())
        if value in values or len(values) < MOST_VALUES:
            values[value] += 1

    def stored(self) -> dict[str, Any]:
        """Return the counts as JSON, the most frequent first."""
        return {
            "reasons": dict(self._reasons.most_common()),
            "without": dict(self._without.most_common()),
            "unknown": {field: dict(values.most_common()) for field, values in self._unknown.items()},
        }


def reason_lines(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return counted reasons in Spanish."""
    return [(REASONS.get(code, code), count) for code, count in counts.items()]


def unknown_lines(report: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the words that the body does not know by the Spanish name of their field."""
    unknown: Mapping[str, Mapping[str, int]] = report.get("unknown", {})
    return [(FIELD_NAMES[field], list(values.items())) for field, values in unknown.items()]
