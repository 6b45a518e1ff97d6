# SPDX-License-Identifier: EUPL-1.2
"""Reading the codebook of another survey (Chile's ESU: variable, label, values) as a questionnaire.

What a codebook says of each variable is how its answers are coded, not how it was asked: labels become
questions, marks from 1 to 7 a scale, yes and no what they are, other values options, and what was written
down word by word an open question. Codes of the database, open texts coded afterwards and variables without
values are left out. The result is to be worded by who uses it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.surveys.domain.interchange import MOST_BYTES, loads, parse
from siac.surveys.domain.questionnaire import (
    LABEL_LIMIT,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    OPTION_LIMIT,
    Questionnaire,
)

SECTIONS: Mapping[str, str] = {
    "PI": "La institución", "PEX": "El último trámite", "PEC": "Los canales", "PEV": "Cómo fue",
    "PDE": "Por internet", "PH": "Saber hacer los trámites", "PEP": "Si hubo un problema",
}  # fmt: skip
"""Titles of the parts of Chile's survey, by what its variables begin with."""
MAIN = ("PEX05", "PI2")
"""The variables whose marks make its index, the first that is there."""
_NAME = re.compile(r"(P[A-Z]{1,3})\d+\w*", re.ASCII)
_MARK = re.compile(r"[1-7]\s*(.*)", re.DOTALL)
_NOT_SAID = {"no sabe", "no responde", "no sabe / no responde", "ns/nr", "no aplica"}


def read_questionnaire(text: bytes) -> Questionnaire:
    """Return an exported questionnaire, or what a codebook gives.

    Raises:
        Refused: as `loads`, of what is neither.
    """
    try:
        return loads(text)
    except Refused as refused:
        if refused.code != "questionnaire_unreadable" or len(text) > MOST_BYTES:
            raise
        try:
            entries = json.loads(text)
        except (ValueError, RecursionError):
            raise refused from None
        found = from_codebook(entries) if isinstance(entries, list) else None
        if found is None:
            raise
        return found


def from_codebook(entries: Sequence[Any]) -> Questionnaire | None:
    """Return what the variables of a codebook are as questions, in sections; None where none is one."""
    sections: dict[str, list[dict[str, Any]]] = {}
    codes: set[str] = set()
    for entry in entries:
        question = _question(entry) if isinstance(entry, dict) else None
        if question is None or question["code"] in codes or len(codes) == MOST_QUESTIONS:
            continue
        codes.add(question["code"])
        match = _NAME.fullmatch(question["code"])
        sections.setdefault(match[1] if match else "", []).append(question)
    if not codes:
        return None
    marked = {each["code"] for of in sections.values() for each in of if each["kind"] == "scale7"}
    raw = {
        "main": next((code for code in MAIN if code in marked), ""),
        "sections": [
            {"code": prefix, "title": SECTIONS.get(prefix, prefix), "questions": questions}
            for prefix, questions in sections.items()
        ],
    }
    return parse(raw)


def _question(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    name, label = entry.get("nombre"), entry.get("label")
    if not (isinstance(name, str) and isinstance(label, str) and _NAME.fullmatch(name)):
        return None
    text = squeeze(label)[:LABEL_LIMIT]
    if not text or len(name) > 60 or name.endswith("_COD"):
        return None
    kind = _kind(entry.get("valores"), fold(text))
    return {"code": name, "label": text, **kind} if kind else None


def _kind(values: Any, label: str) -> dict[str, Any] | None:
    if values is None or values == {}:
        return {"kind": "text"} if "verbatim" in label else None
    if not isinstance(values, dict) or not all(isinstance(said, str) for said in values.values()):
        return None
    told = {str(code): squeeze(said)[:OPTION_LIMIT] for code, said in values.items()}
    marks = [_MARK.fullmatch(told[str(mark)]) for mark in range(1, 8) if str(mark) in told]
    if len(marks) == 7 and all(marks):
        ends = [mark[1] for mark in (marks[0], marks[-1]) if mark]
        has_unknown = any(fold(said) in _NOT_SAID for said in told.values())
        scale: dict[str, Any] = {"kind": "scale7", "low": ends[0], "high": ends[1]}
        return scale | ({"has_unknown": True} if has_unknown else {})
    options = [said for said in dict.fromkeys(told.values()) if said and fold(said) not in _NOT_SAID]
    if {fold(option) for option in options} == {"si", "no"}:
        return {"kind": "yes_no"}
    return {"kind": "single", "options": options} if 2 <= len(options) <= MOST_OPTIONS else None
