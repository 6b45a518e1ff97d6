# SPDX-License-Identifier: EUPL-1.2
"""The column «relevant» of XLSForm: comparisons of one earlier question each, joined by and, or by or where
they ask for one of several answers to the same question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siac.surveys.domain.questionnaire import Compares, Condition, Question, QuestionKind

_NAME = r"\$\{\s*([\w.-]+)\s*\}"
_VALUE = r"(?:'([^']*)'|\"([^\"]*)\"|(\d+))"
_COMPARED = re.compile(rf"{_NAME}\s*(!=|>=|<=|=|>|<)\s*{_VALUE}")
_SELECTED = re.compile(rf"(not\s*\(\s*)?selected\s*\(\s*{_NAME}\s*,\s*{_VALUE}\s*\)\s*(\))?")
_PIECES = re.compile(r"'[^']*'|\"[^\"]*\"|\(|\)|\s+(?:and|or)\s+|.", re.DOTALL)
_ORDERS = {">=": (Compares.AT_LEAST, 0), ">": (Compares.AT_LEAST, 1), "<=": (Compares.AT_MOST, 0),
           "<": (Compares.AT_MOST, -1)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """One comparison as a form writes it: which question, how, and with which names of choices."""

    question: str
    compares: Compares
    values: tuple[str, ...]


def read_relevant(text: str) -> list[Wanted] | None:
    """Return what a cell asks for, all of which must hold; None where it says more than can be said here."""
    found: list[Wanted] = []
    for part in _split(_bare(text), "and"):
        atoms = [_atom(each) for each in _split(_bare(part), "or")]
        known = [each for each in atoms if each is not None]
        if len(known) < len(atoms):
            return None
        if len(known) > 1:
            alike = {(each.question, each.compares) for each in known}
            if len(alike) > 1 or known[0].compares is not Compares.IS:
                return None
        values = tuple(dict.fromkeys(value for each in known for value in each.values))
        if values != ("",):  # «is not empty»: what is unanswered meets no comparison anyway
            found.append(Wanted(known[0].question, known[0].compares, values))
        elif known[0].compares is not Compares.IS_NOT:
            return None
    return _merged(found)


def _merged(found: Sequence[Wanted]) -> list[Wanted]:
    """Return them with all that one question must not be as one."""
    merged: dict[tuple[str, Compares, int], Wanted] = {}
    for place, each in enumerate(found):
        key = (each.question, each.compares, 0 if each.compares is Compares.IS_NOT else place + 1)
        before = merged[key].values if key in merged else ()
        merged[key] = Wanted(each.question, each.compares, tuple(dict.fromkeys((*before, *each.values))))
    return list(merged.values())


def _bare(text: str) -> str:
    """Return a text without brackets that hold the whole of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for place, sign in enumerate(text):
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if not depth and place < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text


def _split(text: str, word: str) -> list[str]:
    """Return the parts that a word joins, outside of brackets and quotes."""
    parts, depth = [""], 0
    for piece in _PIECES.findall(text):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if not depth and piece.strip() == word and piece != piece.strip():
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _atom(text: str) -> Wanted | None:
    text = _bare(text)
    selected = _SELECTED.fullmatch(text)
    if selected is not None and bool(selected[1]) == bool(selected[6]):
        value = next(each for each in (*selected.group(3, 4, 5), "") if each is not None)
        return Wanted(selected[2], Compares.IS_NOT if selected[1] else Compares.IS, (value,))
    compared = _COMPARED.fullmatch(text)
    if compared is None:
        return None
    value = next(each for each in (*compared.group(3, 4, 5), "") if each is not None)
    if compared[2] not in _ORDERS:
        return Wanted(compared[1], Compares.IS if compared[2] == "=" else Compares.IS_NOT, (value,))
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        return None
    compares, more = _ORDERS[compared[2]]
    return Wanted(compared[1], compares, (str(int(value) + more),))


def write_relevant(conditions: Sequence[Condition], names: Mapping[str, Mapping[str, str]],
                   asked: Mapping[str, Question]) -> str:  # fmt: skip
    """Return conditions as a cell; `names`: by question, the name of each answer that is a choice."""
    return " and ".join(
        _written(each, names.get(each.question, {}), asked[each.question]) for each in conditions
    )


def _written(condition: Condition, names: Mapping[str, str], question: Question) -> str:
    subject = f"${{{condition.question}}}"
    values = [names.get(value, value) for value in condition.values]
    if condition.compares in (Compares.AT_LEAST, Compares.AT_MOST):
        return f"{subject} {'>=' if condition.compares is Compares.AT_LEAST else '<='} {values[0]}"
    is_list = question.kind is QuestionKind.SEVERAL
    if condition.compares is Compares.IS:
        each = [f"selected({subject}, '{v}')" if is_list else f"{subject} = '{v}'" for v in values]
        return f"({' or '.join(each)})" if len(each) > 1 else each[0]
    each = [f"not(selected({subject}, '{v}'))" if is_list else f"{subject} != '{v}'" for v in values]
    return " and ".join([f"{subject} != ''", *each])
