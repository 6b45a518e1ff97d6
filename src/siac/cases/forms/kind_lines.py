# SPDX-License-Identifier: EUPL-1.2
"""Parts of a kind as an administrator edits them: one question, alert or thing to check a line."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from siac.cases.domain.ladder import Audience, parse_ladder
from siac.cases.domain.questions import QuestionType

_TYPES = {
    "línea": QuestionType.LINE, "texto": QuestionType.TEXT, "fecha": QuestionType.DATE, "opciones": QuestionType.CHOICE,
}  # fmt: skip
_TYPE_NAMES = {code: name for name, code in _TYPES.items()}
QUESTIONS_HINT = (
    "Una pregunta por línea: etiqueta | tipo (línea, texto, fecha, opciones) | obligatoria (sí o no) | opciones separadas "
    "por punto y coma. Ejemplo: ¿Cuándo ocurrió? | fecha | sí"
)


def write_questions(rows: list[Mapping[str, Any]]) -> str:
    """Return stored questions as the lines an administrator edits."""
    lines = []
    for row in rows:
        parts = [row["label"], _TYPE_NAMES[QuestionType(row["type"])], "sí" if row.get("required") else "no"]
        if row.get("options"):
            parts.append("; ".join(row["options"]))
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def read_questions(text: str, known: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return the questions of an administrator's lines as they are stored.

    A question among the `known` ones, by its label, keeps its code, which answers already given are filed under, and
    its hint, which the lines do not show.

    Raises:
        ValidationError: a line has no known type, or options for no choice; it says which.
    """
    rows = []
    before = {row["label"]: row for row in known}
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        label, kind, required, options = ([part.strip() for part in line.split("|")] + ["", "", ""])[:4]
        question_type = _TYPES.get(kind.lower() or "línea")
        if not label or question_type is None:
            raise ValidationError(f"Línea {number}: el tipo debe ser línea, texto, fecha u opciones.")
        choices = [option.strip() for option in options.split(";") if option.strip()]
        if question_type is QuestionType.CHOICE and len(choices) < 2:
            raise ValidationError(
                f"Línea {number}: escriba al menos dos opciones separadas por punto y coma."
            )
        old = before.get(label, {})
        row = {
            "code": old.get("code") or "p_" + slugify(label).replace("-", "_")[:40],
            "label": label,
            "type": question_type.value,
            "required": required.lower() in {"sí", "si"},
        }
        kept = {"hint": old["hint"]} if old.get("hint") else {}
        rows.append(row | kept | ({"options": choices} if choices else {}))
    if len({row["code"] for row in rows}) < len(rows):
        raise ValidationError("Hay dos preguntas con el mismo nombre.")
    return rows


_AUDIENCES = {
    "responsable": Audience.ASSIGNEE, "unidad": Audience.UNIT_OFFICER, "jefatura": Audience.HEAD_OF_UNIT,
    "calidad": Audience.QUALITY_MANAGER, "autoridad": Audience.AUTHORITY,
}  # fmt: skip
_AUDIENCE_NAMES = {audience: name for name, audience in _AUDIENCES.items()}
LADDER_HINT = (
    "Un aviso por línea: cuántos días hábiles antes o después del vencimiento, y a quién (responsable, unidad, jefatura, "
    "calidad, autoridad). Ejemplo: 3 antes | responsable"
)
_STEP = re.compile(r"(\d{1,2})\s*(antes|después|despues)?")


def write_ladder(rows: list[Mapping[str, Any]]) -> str:
    """Return a stored ladder as the lines an administrator edits."""
    lines = []
    for step in parse_ladder(rows):
        when = "" if step.offset == 0 else " antes" if step.offset < 0 else " después"
        lines.append(f"{abs(step.offset)}{when} | {_AUDIENCE_NAMES[step.to]}")
    return "\n".join(lines)


def read_ladder(text: str) -> list[dict[str, Any]]:
    """Return the ladder of an administrator's lines as it is stored.

    Raises:
        ValidationError: a line has no number of days or speaks to nobody known; it says which.
    """
    rows = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        days, _, to = (part.strip().lower() for part in line.partition("|"))
        step, audience = _STEP.fullmatch(days), _AUDIENCES.get(to)
        if step is None or audience is None:
            raise ValidationError(
                f"Aviso {number}: escriba los días y a quién, por ejemplo: 3 antes | responsable."
            )
        offset = int(step[1]) * (-1 if step[2] == "antes" else 1)
        rows.append({"offset": offset, "to": audience.value})
    return rows


CHECKLIST_HINT = "Un punto por línea; agregue «| obligatorio» si debe marcarse antes de responder. Ejemplo: Se revisaron los adjuntos | obligatorio"


def write_checklist(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a stored checklist as the lines an administrator edits."""
    return "\n".join(row["label"] + (" | obligatorio" if row.get("required") else "") for row in rows)


def read_checklist(text: str, known: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return the checklist of an administrator's lines as it is stored; an item among the `known` keeps its code.

    Raises:
        ValidationError: a line says something else than «obligatorio» behind its bar, or two lines are the same.
    """
    before = {row["label"]: row["code"] for row in known}
    rows = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        label, _, mark = (part.strip() for part in line.partition("|"))
        if not label or mark.lower() not in {"", "obligatorio"}:
            raise ValidationError(f"Punto {number}: escriba qué se revisa y, si debe, «| obligatorio».")
        code = before.get(label) or "c_" + slugify(label).replace("-", "_")[:50]
        rows.append({"code": code, "label": label, "required": bool(mark)})
    if len({row["code"] for row in rows}) < len(rows):
        raise ValidationError("Hay dos puntos de control iguales.")
    return rows
