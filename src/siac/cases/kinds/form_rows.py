# SPDX-License-Identifier: EUPL-1.2
"""Parts of a kind as an administrator edits them: one question, alert or thing
to check a row; and the same in words.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from siac.cases.domain.checklist import ITEMS, LABEL_LIMIT
from siac.cases.models import AudienceLabel
from siac.clocks.public import FARTHEST, STEPS, parse_ladder
from siac.kernel.questions import QuestionType
from siac.kernel.text import fold, squeeze
from siac.ui.rows import RowForm, RowsField, row_codes

Stored = Mapping[str, Any]

QUESTIONS = 30
TYPE_NAMES = {
    QuestionType.LINE: "Una línea",
    QuestionType.TEXT: "Texto largo",
    QuestionType.DATE: "Fecha",
    QuestionType.CHOICE: "Opciones",
}
_WHEN = {"before": "antes de vencer", "on": "el día que vence", "after": "después de vencer"}


def _label(name: str, missing: str, limit: int) -> forms.CharField:
    return forms.CharField(
        label=name,
        max_length=limit,
        error_messages={"required": missing, "max_length": f"Use hasta {limit} caracteres."},
    )


class QuestionRow(RowForm):
    """A question; `code` is the one it has, which answers already given are filed under."""

    widths = {"label": "wide", "required": "box", "hint": "wide", "options": "line"}
    asked_by = {"options": QuestionType.CHOICE.value}

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = _label("Pregunta", "Escriba la pregunta o quite la fila.", 150)
    type = forms.ChoiceField(
        label="Se responde con",
        choices=[(t.value, name) for t, name in TYPE_NAMES.items()],
        initial=QuestionType.LINE.value,
    )
    required = forms.BooleanField(label="Obligatoria", required=False)
    hint = forms.CharField(label="Ayuda", required=False, max_length=200)
    options = forms.CharField(
        label="Opciones, una por línea",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_label(self) -> str:
        """Read the question."""
        if "|" in self.cleaned_data["label"]:  # routing rules name questions on lines that a bar divides
            raise ValidationError("Escriba la pregunta sin el signo «|».")
        return str(self.cleaned_data["label"])

    def clean(self) -> dict[str, Any]:
        """Read the options of a choice; those of anything else are left out."""
        data = super().clean() or {}
        lines = [squeeze(line) for line in data.get("options", "").splitlines()]
        data["options"] = list(dict.fromkeys(line for line in lines if line))
        if data.get("type") != QuestionType.CHOICE:
            data["options"] = []
        elif len(data["options"]) < 2 and "options" not in self.errors:
            self.add_error("options", "Escriba al menos dos opciones, una por línea.")
        return data

    def key(self) -> Hashable:
        """Return the question as people read it."""
        return fold(self.cleaned_data["label"])


class StepRow(RowForm):
    """An alert: so many business days before or after the last day, to whom."""

    widths = {"days": "narrow"}

    days = forms.IntegerField(
        label="Días hábiles",
        required=False,
        min_value=0,
        max_value=FARTHEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Escriba un número de días.",
            "min_value": "Escriba un número desde 0.",
            "max_value": f"Escriba hasta {FARTHEST} días.",
        },
    )
    when = forms.ChoiceField(label="Antes o después", choices=list(_WHEN.items()), initial="before")
    to = forms.ChoiceField(
        label="A quién",
        choices=AudienceLabel.choices,
        initial=AudienceLabel.ASSIGNEE.value,
    )

    def clean(self) -> dict[str, Any]:
        """Read the days and their side as one number."""
        data = super().clean() or {}
        days, when = data.get("days"), data.get("when")
        if when == "on" and days:
            self.add_error("days", "El día que vence no lleva días: deje 0, o elija antes o después.")
        if when != "on" and days is None and "days" not in self.errors:
            self.add_error("days", "Escriba cuántos días.")
        data["offset"] = (days or 0) * (-1 if when == "before" else 1)
        return data

    def key(self) -> Hashable:
        """Return when and to whom."""
        return self.cleaned_data["offset"], self.cleaned_data["to"]


class ItemRow(RowForm):
    """A thing to check; `code` is the one it has, which ticks already made are filed under."""

    widths = {"label": "wide"}

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = _label("Qué se revisa", "Escriba qué se revisa o quite la fila.", LABEL_LIMIT)
    required = forms.TypedChoiceField(
        label="Antes de responder",
        choices=[("", "Se recuerda"), ("si", "Es obligatorio")],
        required=False,
        coerce=bool,
        empty_value="",
    )

    def key(self) -> Hashable:
        """Return the thing as people read it."""
        return fold(self.cleaned_data["label"])


questions_field = partial(
    RowsField,
    QuestionRow,
    thing="Pregunta",
    add="Agregar pregunta",
    limit=QUESTIONS,
    repeated="Esta pregunta está dos veces.",
)
ladder_field = partial(
    RowsField,
    StepRow,
    thing="Aviso",
    add="Agregar aviso",
    limit=STEPS,
    ordered=False,
    repeated="Este aviso está dos veces.",
)
checklist_field = partial(
    RowsField,
    ItemRow,
    thing="Punto",
    add="Agregar punto",
    limit=ITEMS,
    repeated="Este punto está dos veces.",
)


def question_rows(stored: Sequence[Stored]) -> list[dict[str, Any]]:
    """Return stored questions as the rows of the form."""
    return [{**row, "options": "\n".join(row.get("options", ()))} for row in stored]


def read_questions(rows: Sequence[Stored], known: Sequence[Stored] = ()) -> list[dict[str, Any]]:
    """Return the questions of clean rows as they are stored; those among the `known` ones keep
    their code, whatever they are called now.
    """
    codes = row_codes(rows, known, "p_")
    return [
        {"code": code, "label": row["label"], "type": row["type"], "required": row["required"]}
        | ({"hint": row["hint"]} if row["hint"] else {})
        | ({"options": row["options"]} if row["options"] else {})
        for code, row in zip(codes, rows, strict=True)
    ]


def step_rows(stored: Sequence[Stored]) -> list[dict[str, Any]]:
    """Return a stored ladder as the rows of the form, the earliest first."""
    return [
        {"days": abs(step.offset), "when": _when(step.offset), "to": step.to.value}
        for step in parse_ladder(stored)
    ]


def read_steps(rows: Sequence[Stored]) -> list[dict[str, Any]]:
    """Return the ladder of clean rows as it is stored, the earliest first."""
    found = [{"offset": row["offset"], "to": row["to"]} for row in rows]
    return sorted(found, key=lambda step: step["offset"])


def item_rows(stored: Sequence[Stored]) -> list[dict[str, Any]]:
    """Return a stored checklist as the rows of the form."""
    return [{**row, "required": "si" if row.get("required") else ""} for row in stored]


def read_items(rows: Sequence[Stored], known: Sequence[Stored] = ()) -> list[dict[str, Any]]:
    """Return the checklist of clean rows as it is stored; an item among the `known` ones keeps its code."""
    codes = row_codes(rows, known, "c_")
    return [
        {"code": code, "label": row["label"], "required": bool(row["required"])}
        for code, row in zip(codes, rows, strict=True)
    ]


def _when(offset: int) -> str:
    return "on" if offset == 0 else "before" if offset < 0 else "after"


def questions_in_words(stored: Sequence[Stored]) -> str:
    """Return stored questions a line each, for whoever compares versions."""
    lines = []
    for row in stored:
        said = [
            TYPE_NAMES[QuestionType(row["type"])].lower(),
            *(["obligatoria"] if row.get("required") else []),
        ]
        options = f": {'; '.join(row['options'])}" if row.get("options") else ""
        hint = f". {row['hint']}" if row.get("hint") else ""
        lines.append(f"{row['label']} ({', '.join(said)}{options}){hint}")
    return "\n".join(lines)


def ladder_in_words(stored: Sequence[Stored]) -> str:
    """Return a stored ladder a line each."""
    return "\n".join(
        (
            f"{f'{abs(step.offset)} ' if step.offset else ''}{_WHEN[_when(step.offset)]}: "
            f"{AudienceLabel(step.to).label.lower()}"
        )
        for step in parse_ladder(stored)
    )


def checklist_in_words(stored: Sequence[Stored]) -> str:
    """Return a stored checklist a line each."""
    return "\n".join(row["label"] + (" (obligatorio)" if row.get("required") else "") for row in stored)


IN_WORDS: Mapping[str, Callable[[Sequence[Stored]], str]] = {
    "questions": questions_in_words,
    "checklist": checklist_in_words,
    "ladder": ladder_in_words,
    "appeal_ladder": ladder_in_words,
}
