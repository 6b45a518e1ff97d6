# SPDX-License-Identifier: EUPL-1.2
"""A questionnaire as its designer edits it: sections and questions a row each, branches a row each; and the
same in words.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from siac.kernel.text import fold, squeeze
from siac.surveys.domain.interchange import parse
from siac.surveys.domain.questionnaire import (
    CHOSEN,
    INTRO_LIMIT,
    LABEL_LIMIT,
    MARKS,
    MOST_QUESTIONS,
    MOST_SECTIONS,
    OPTION_LIMIT,
    UNKNOWN,
    YES,
    Question,
    QuestionKind,
    Questionnaire,
)
from siac.surveys.texts import COMPARES, KINDS, YES_NO
from siac.ui.rows import RowForm, RowsField, row_codes

Raw = Mapping[str, Any]
SECTION = "section"
_MARKED = " ".join(MARKS)
_FROM_OPTIONS = " ".join(CHOSEN)


def _lines_box(label: str) -> forms.CharField:
    return forms.CharField(
        label=f"{label}, una por línea",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Son demasiadas: escriba menos."},
    )


class QuestionRow(RowForm):
    """A question, or the beginning of a section; `code` is the one that answers are filed under."""

    widths = {
        "label": "wide", "required": "box", "is_main": "box", "hint": "line", "options": "line",
        "lines": "line", "low": "line", "high": "line", "has_unknown": "line",
    }  # fmt: skip
    asked_by = {
        "options": _FROM_OPTIONS, "lines": QuestionKind.MATRIX.value, "low": _MARKED, "high": _MARKED,
        "has_unknown": _MARKED,
    }  # fmt: skip

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label="Pregunta o título",
        max_length=LABEL_LIMIT,
        error_messages={
            "required": "Escriba la pregunta o quite la fila.",
            "max_length": f"Use hasta {LABEL_LIMIT} caracteres.",
        },
    )
    kind = forms.ChoiceField(
        label="Se responde con",
        choices=[
            *((each.value, words) for each, words in KINDS.items()),
            (SECTION, "— Empieza una página —"),
        ],
        initial=QuestionKind.SCALE7.value,
    )
    required = forms.BooleanField(label="Obligatoria", required=False)
    is_main = forms.BooleanField(label="Principal", required=False)
    hint = forms.CharField(label="Ayuda o presentación de la página", required=False, max_length=INTRO_LIMIT)
    options = _lines_box("Opciones")
    lines = _lines_box("Filas de la tabla")
    low = forms.CharField(label="Qué significa la nota más baja", required=False, max_length=OPTION_LIMIT)
    high = forms.CharField(label="Qué significa la nota más alta", required=False, max_length=OPTION_LIMIT)
    has_unknown = forms.BooleanField(label="Ofrece «No sabe»", required=False)

    def clean(self) -> dict[str, Any]:
        """Read what its kind asks for; what another kind would is left out."""
        data = super().clean() or {}
        kind = data.get("kind", "")
        data["options"] = _split(data.get("options", "")) if kind in set(CHOSEN) else []
        data["lines"] = _split(data.get("lines", "")) if kind == QuestionKind.MATRIX else []
        if kind in set(CHOSEN) and len(data["options"]) < 2 and "options" not in self.errors:
            self.add_error("options", "Escriba al menos dos opciones, una por línea.")
        if kind == QuestionKind.MATRIX and not data["lines"] and "lines" not in self.errors:
            self.add_error("lines", "Escriba al menos una fila.")
        if kind not in set(MARKS):
            if data.get("is_main"):
                self.add_error("is_main", "Solo una pregunta con notas puede ser la principal.")
            data |= {"low": "", "high": "", "has_unknown": False}
        if kind != SECTION and len(data.get("hint", "")) > LABEL_LIMIT:
            self.add_error("hint", f"Use hasta {LABEL_LIMIT} caracteres.")
        return data

    page = 0
    """On which page it stands, counted from the first; its field says it."""

    def key(self) -> Hashable:
        """Return the question as people read it. A section may be called like a question, and a table like
        one of another page: what should be and what was are asked under the same titles.
        """
        kind, label = self.cleaned_data["kind"], fold(self.cleaned_data["label"])
        return kind == SECTION, self.page if kind == QuestionKind.MATRIX else None, label


def _split(text: str) -> list[str]:
    lines = [squeeze(line) for line in text.splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


class QuestionRowsField(RowsField):
    """The rows of a questionnaire, of which at most one is the main question."""

    def clean(self, value: list[RowForm]) -> list[dict[str, Any]]:
        """Return the rows.

        Raises:
            ValidationError: as `RowsField`, none is a question, or several are the main one.
        """
        page = 0
        for row in value:
            page += row.has_changed() and row.is_valid() and row.cleaned_data["kind"] == SECTION
            row.page = page  # type: ignore[attr-defined]
        rows = super().clean(value)
        if not any(row["kind"] != SECTION for row in rows):
            raise ValidationError("Agregue al menos una pregunta.")
        if sum(row["is_main"] for row in rows) > 1:
            raise ValidationError("Marque una sola pregunta como principal.")
        return rows


questions_field = partial(
    QuestionRowsField,
    QuestionRow,
    thing="Fila",
    add="Agregar pregunta",
    limit=MOST_QUESTIONS + MOST_SECTIONS,
    repeated="Está dos veces: cámbiela o quite una.",
)


def question_rows(raw: Raw) -> list[dict[str, Any]]:
    """Return a kept questionnaire as the rows of the form; a first section without title has no row."""
    found: list[dict[str, Any]] = []
    for number, section in enumerate(raw["sections"]):
        if number or section["title"]:
            head = {"code": section["code"], "label": section["title"], "kind": SECTION}
            found.append({**head, "hint": section.get("intro", "")})
        found += [
            {
                **question,
                "options": "\n".join(question.get("options", ())),
                "lines": "\n".join(question.get("lines", ())),
                "is_main": question["code"] == raw.get("main"),
            }
            for question in section["questions"]
        ]
    return found


def read_rows(rows: Sequence[Raw], known: Raw | None = None) -> dict[str, Any]:
    """Return the questionnaire of clean rows as it is kept. What was in the `known` one keeps its code; its
    branches and translations stay where what they name does.
    """
    raw = known or {"sections": []}
    heads = [row for row in rows if row["kind"] == SECTION]
    asked = [row for row in rows if row["kind"] != SECTION]
    old_sections = [{"code": each["code"], "label": each["title"]} for each in raw["sections"]]
    old = [question for section in raw["sections"] for question in section["questions"]]
    codes = iter(row_codes(*_of_their_kind(asked, old), "p_"))
    if rows and rows[0]["kind"] != SECTION:
        untitled = next((each["code"] for each in old_sections if not each["label"]), "")
        heads = [{"code": untitled, "label": "", "hint": "", "kind": SECTION}, *heads]
        rows = [heads[0], *rows]
    section_codes = iter(row_codes(heads, old_sections, "s_"))
    shown = {each["code"]: each.get("shown_if", []) for each in raw["sections"]}
    sections: list[dict[str, Any]] = []
    main = ""
    for row in rows:
        if row["kind"] == SECTION:
            code = next(section_codes)
            sections.append({
                "code": code, "title": row["label"], "intro": row["hint"],
                "shown_if": list(shown.get(code, [])), "questions": [],
            })  # fmt: skip
            continue
        code = next(codes)
        main = code if row["is_main"] else main
        names = ("label", "kind", "required", "hint", "options", "lines", "low", "high", "has_unknown")
        sections[-1]["questions"].append(
            {"code": code, **{name: row[name] for name in names if row.get(name)}}
        )
    return {
        "format": "siac-questionnaire", "version": 1, "main": main, "sections": sections,
        "translations": dict(raw.get("translations", {})),
    }  # fmt: skip


def _of_their_kind(
    asked: Sequence[Raw], old: Sequence[Raw]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return questions, asked now and before, that are found again only where they are of the same kind: what
    was answered to another kind says nothing of the new one.
    """
    kinds = {each["code"]: each["kind"] for each in old}
    labels = {row["label"]: row["kind"] for row in asked}
    now = []
    for row in asked:
        code = row.get("code", "")
        now.append({**row, "code": code if kinds.get(code, row["kind"]) == row["kind"] else ""})
    before = [
        {**each, "label": each["label"] if labels.get(each["label"], each["kind"]) == each["kind"] else ""}
        for each in old
    ]
    return now, before


class BranchRow(RowForm):
    """A section that is shown only where an earlier question was answered in some way."""

    widths = {"section": "wide", "question": "wide", "compares": "narrow", "values": "line"}

    section = forms.ChoiceField(label="La página", choices=())
    question = forms.ChoiceField(label="se muestra solo si", choices=())
    compares = forms.ChoiceField(label="…", choices=[(each.value, words) for each, words in COMPARES.items()])
    values = forms.CharField(
        label="Respuestas, una por línea (Sí, No, No sabe, una nota o una opción)",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba con qué respuesta."},
    )

    def __init__(self, questionnaire: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = [(each.code, each.title or "Primera página") for each in questionnaire.sections[1:]]
        asked = [(q.code, q.label) for q in questionnaire.questions if _decides(q)]
        self.fields["section"].choices = later  # type: ignore[attr-defined]
        self.fields["question"].choices = asked  # type: ignore[attr-defined]

    def key(self) -> Hashable:
        """Return what is asked of what."""
        data = self.cleaned_data
        return data["section"], data["question"], data["compares"]

    def has_changed(self) -> bool:
        """Return whether an answer was written: sections and questions are always chosen."""
        return "values" in self.changed_data or bool(self.initial)


def _decides(question: Question) -> bool:
    return question.kind not in (QuestionKind.TEXT, QuestionKind.MATRIX, QuestionKind.RANKING)


def branches_field(questionnaire: Questionnaire, **kwargs: Any) -> RowsField:
    """Return the field of the branches of a questionnaire."""
    return RowsField(
        partial(BranchRow, questionnaire),
        thing="Salto",
        add="Agregar salto",
        limit=3 * MOST_SECTIONS,
        ordered=False,
        repeated="Este salto está dos veces: junte sus respuestas.",
        **kwargs,
    )


def branch_rows(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """Return the branches of a questionnaire as the rows of the form."""
    return [
        {
            "section": section.code,
            "question": each.question,
            "compares": each.compares.value,
            "values": "\n".join(YES_NO.get(value, value) for value in each.values),
        }
        for section in questionnaire.sections
        for each in section.shown_if
    ]


def read_branches(rows: Iterable[Raw], raw: Raw) -> dict[str, Any]:
    """Return a kept questionnaire with the branches of clean rows instead of its own."""
    said = {fold(words): code for code, words in YES_NO.items()}
    questionnaire = parse({**raw, "sections": [{**each, "shown_if": []} for each in raw["sections"]]})
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        question = questionnaire.question(row["question"])
        is_chosen = question is not None and bool(question.options)
        values = [value if is_chosen else said.get(fold(value), value) for value in _split(row["values"])]
        condition = {"question": row["question"], "compares": row["compares"], "values": values}
        found.setdefault(row["section"], []).append(condition)
    sections = [{**each, "shown_if": found.get(each["code"], [])} for each in raw["sections"]]
    return {**raw, "sections": sections}


def in_words(raw: Raw) -> str:
    """Return a kept questionnaire a line a question, for whoever compares versions."""
    questionnaire = parse(raw)
    lines: list[str] = []
    for section in questionnaire.sections:
        shown = "; ".join(condition_words(questionnaire, section.code))
        lines += [f"— {section.title or 'Página'}{f' (solo si {shown})' if shown else ''}"]
        for q in section.questions:
            said = [KINDS[q.kind].lower(), *(["obligatoria"] if q.required else [])]
            said += ["principal"] if q.code == questionnaire.main else []
            options = f": {'; '.join((*q.lines, *q.options))}" if q.options else ""
            lines.append(f"{q.label} ({', '.join(said)}{options})")
    languages = ", ".join(sorted(questionnaire.translations))
    return "\n".join([*lines, *([f"Traducida: {languages}"] if languages else [])])


def condition_words(questionnaire: Questionnaire, section_code: str) -> list[str]:
    """Return when a section is shown, a text a condition."""
    section = next(each for each in questionnaire.sections if each.code == section_code)
    found = []
    for each in section.shown_if:
        question = questionnaire.question(each.question)
        values = " o ".join(
            YES_NO.get(value, value) if value in (YES, "no", UNKNOWN) else value for value in each.values
        )
        found.append(f"«{question.label if question else each.question}» {COMPARES[each.compares]} {values}")
    return found
