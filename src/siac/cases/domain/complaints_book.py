# SPDX-License-Identifier: EUPL-1.2
"""What sets the complaints of Peru's Libro de Reclamaciones apart (DS 007-2020-PCM)."""

from collections.abc import Mapping

BOOK_RULE = "PE.LR"
"""A kind whose legal term is this one is a complaint of the book."""
MOVE_RULE = "PE.LR.MOVE"
PLATFORM_CODE_LIMIT = 60
BOOK_OUTCOMES: Mapping[str, str] = {"upheld": "Aceptado", "denied": "Denegado"}
"""The only decisions that an answer may give, in the words of the law."""


def measures_problem(rule_id: str, outcome: str, measures: str) -> str:
    """Return why corrective measures do not fit an answer, as a code; empty where they do.

    An answer that accepts a complaint of the book says them (DS 007-2020-PCM); no other has any.
    """
    if rule_id == BOOK_RULE and outcome == "upheld":
        return "" if measures.strip() else "measures_missing"
    return "measures_not_here" if measures.strip() else ""


def outcomes_of(rule_id: str) -> Mapping[str, str] | None:
    """Return the decisions that a kind with that legal term admits, by code; None where it admits all in the usual words."""
    return BOOK_OUTCOMES if rule_id == BOOK_RULE else None
