# SPDX-License-Identifier: EUPL-1.2
"""The sheets of an XLSForm as a questionnaire; what has no place in it is listed, and left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.surveys.domain.questionnaire import LABEL_LIMIT, MARKS, NO, OPTION_LIMIT, UNKNOWN, YES
from siac.surveys.domain.relevance import Wanted, read_relevant

Row = Mapping[str, str]
Raw = dict[str, Any]
MOST_WARNINGS = 40
_LANGUAGE = re.compile(r"(label|hint)::\s*(?:.*\(([A-Za-z]{2,8})\)|(.*))")
_MARK = re.compile(r"\d+\s*[:.)-]*\s*(.*)", re.DOTALL)
_SILENT = {"start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit"}
_UNUSED = ("constraint", "calculation", "choice_filter", "default", "repeat_count", "trigger")
_KINDS = {"select_one": "single", "select_multiple": "several", "rank": "ranking", "text": "text"}


@dataclass
class _Choices:
    """A list of choices: names and words, and what a question answered from it is."""

    words: dict[str, str] = field(default_factory=dict)

    def kind(self) -> Raw:
        """Return the kind that its names and words make, with what belongs to it."""
        marks = [name for name in self.words if name != UNKNOWN]
        for kind, known in MARKS.items():
            if marks == [str(mark) for mark in known]:
                ends = [_MARK.fullmatch(self.words[name]) for name in (marks[0], marks[-1])]
                told = dict(zip(("low", "high"), (end[1] if end else "" for end in ends), strict=True))
                scale: Raw = {"kind": kind.value, **{key: said for key, said in told.items() if said}}
                return scale | ({"has_unknown": True} if UNKNOWN in self.words else {})
        if sorted(fold(said) for said in self.words.values()) == ["no", "si"]:
            return {"kind": "yes_no"}
        return {"kind": "single", "options": list(dict.fromkeys(self.words.values()))}

    def answer(self, name: str, kind: str) -> str:
        """Return the answer that a name stands for in a question of a kind."""
        if kind == "yes_no":
            return {"si": YES, "no": NO}.get(fold(self.words.get(name, "")), name)
        return name if kind in set(MARKS) else self.words.get(name, name)


def is_xlsform(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bool:
    """Return whether sheets, by their title, are those of an XLSForm."""
    rows = sheets.get("survey", ())
    return bool(rows) and {"type", "name"} <= {squeeze(head) for head in rows[0]}


def read_xlsform(sheets: Mapping[str, Sequence[Sequence[str]]]) -> tuple[Raw, list[str]]:
    """Return a questionnaire as it is kept (`interchange.parse` reads it), and what was left out, in words.

    Raises:
        Refused: the sheets are no XLSForm, or nothing in it is a question (xlsform_unreadable).
    """
    if not is_xlsform(sheets):
        raise Refused("xlsform_unreadable")
    reader = _Reader(_choices(sheets.get("choices", ())))
    for row in _rows(sheets["survey"]):
        reader.take(row)
    reader.close()
    sections = [each for each in reader.sections if each["questions"]]
    if not sections:
        raise Refused("xlsform_unreadable")
    for number, section in enumerate(sections, start=1):
        section["code"] = f"s_{number}"
    translations = {**reader.translations}
    return {"sections": sections, "translations": translations}, reader.warnings[:MOST_WARNINGS]


def _rows(rows: Sequence[Sequence[str]]) -> list[Row]:
    heads = [squeeze(head) for head in rows[0]] if rows else []
    told = [dict(zip(heads, (squeeze(cell) for cell in cells), strict=False)) for cells in rows[1:]]
    return [_spoken(row) for row in told if any(row.values())]


def _spoken(row: dict[str, str]) -> dict[str, str]:
    """Return a row with its words in Spanish under `label` and `hint`, other languages under `label:en`."""
    found = dict(row)
    for head, text in row.items():
        match = _LANGUAGE.fullmatch(head)
        if match is None or not text:
            continue
        language = (match[2] or match[3] or "").lower()
        if language in ("es", "español", "spanish"):
            found[match[1]] = text
        elif match[2]:
            found[f"{match[1]}:{language}"] = text
        found.setdefault(match[1], text)
    return found


def _choices(rows: Sequence[Sequence[str]]) -> dict[str, _Choices]:
    found: dict[str, _Choices] = {}
    for row in _rows(rows):
        listed = row.get("list_name") or row.get("list name", "")
        name, words = row.get("name", ""), row.get("label", "")
        if listed and name:
            found.setdefault(listed, _Choices()).words[name] = (words or name)[:OPTION_LIMIT]
    return found


@dataclass
class _Group:
    """A group that is being read: its words, what it asks for, and whether it is a table."""

    title: str
    wanted: list[Wanted]
    table: Raw | None = None
    is_skipped: bool = False


class _Reader:
    """Reads the rows of a form one after the other."""

    def __init__(self, choices: Mapping[str, _Choices]) -> None:
        self.choices = choices
        self.sections: list[Raw] = []
        self.warnings: list[str] = []
        self.translations: dict[str, dict[str, str]] = {}
        self.groups: list[_Group] = []
        self.kinds: dict[str, tuple[str, str, str]] = {}
        self._codes: set[str] = set()
        self._wanted: object = None
        self._title = ""

    def warn(self, row: Row, why: str) -> None:
        """Note what is left out of a row."""
        name = row.get("label") or row.get("name") or row.get("type", "")
        self.warnings.append(f"«{name[:80]}»: {why}")

    def take(self, row: Row) -> None:
        """Read a row."""
        kind, _, rest = row.get("type", "").partition(" ")
        kind, rest = kind.lower(), rest.strip()
        if kind in ("begin", "end"):
            kind, _, rest = f"{kind}_{rest.lower()}".partition(" ")
        if kind in ("begin_group", "begin_repeat"):
            self._begin(row, is_skipped=kind == "begin_repeat")
        elif kind in ("end_group", "end_repeat"):
            self._end()
        elif any(group.is_skipped for group in self.groups) or not kind or kind in _SILENT:
            return
        elif kind == "note":
            self._note(row)
        else:
            self._ask(row, kind, rest)

    def close(self) -> None:
        """End what was left open."""
        while self.groups:
            self._end()

    def _begin(self, row: Row, *, is_skipped: bool) -> None:
        group = _Group(row.get("label", "")[:LABEL_LIMIT], self._conditions(row), is_skipped=is_skipped)
        if is_skipped:
            self.warn(row, "las partes que se repiten no se leen")
        elif "table-list" in row.get("appearance", "") and group.title:
            group.table = {"label": group.title, "kind": "matrix", "hint": row.get("hint", "")[:LABEL_LIMIT],
                           "options": [], "lines": []}  # fmt: skip
            group.table["row"] = row
        else:
            self._title, self._wanted = group.title, None
        self.groups.append(group)
        self._translate(row)

    def _end(self) -> None:
        if not self.groups:
            return
        group = self.groups.pop()
        if group.table is None:
            self._title, self._wanted = "", None
            return
        table = group.table
        row = table.pop("row")
        if table["lines"]:
            self._add({**row, "name": row.get("name", "").removeprefix("t_")}, table, wanted=group.wanted)

    def _note(self, row: Row) -> None:
        section = self._section()
        if row.get("relevant") or section["questions"] or section.get("intro"):
            self.warn(row, "los avisos entre preguntas no se leen")
            return
        section["intro"] = row.get("label", "")
        self._translate(row)

    def _ask(self, row: Row, kind: str, rest: str) -> None:
        for head in _UNUSED:
            if row.get(head):
                self.warn(row, f"no se usa «{head}»")
        question = self._question(row, kind, rest)
        if question is None:
            return
        table = next((group.table for group in self.groups if group.table is not None), None)
        if table is not None and question["kind"] in ("single", "yes_no", *MARKS):
            if row.get("relevant"):
                self.warn(row, "la condición de una fila de tabla no se lee")
            table["lines"].append(question["label"])
            table["options"] = self._words(rest)
            table["required"] = table.get("required", False) or question.get("required", False)
            self._translate(row)
            return
        listed = rest.split()[0] if rest else ""
        self._add(row, question, listed, wanted=self._conditions(row))

    def _words(self, rest: str) -> list[str]:
        return list(dict.fromkeys(self.choices[rest.split()[0]].words.values()))

    def _question(self, row: Row, kind: str, rest: str) -> Raw | None:
        label = row.get("label", "")[:LABEL_LIMIT]
        if not label:
            self.warn(row, "no tiene texto: no se lee")
            return None
        told: Raw = {"label": label, "hint": row.get("hint", "")[:LABEL_LIMIT]}
        told["required"] = row.get("required", "").lower() in ("yes", "true", "true()", "sí", "si")
        if kind not in _KINDS:
            if kind not in ("integer", "decimal", "date", "time", "dateTime", "datetime"):
                self.warn(row, f"no se leen preguntas «{kind}»")
                return None
            self.warn(row, f"«{kind}» se lee como texto libre")
            return {**told, "kind": "text"}
        if kind == "text":
            return {**told, "kind": "text"}
        listed = self.choices.get(rest.split()[0]) if rest else None
        if listed is None or len(listed.words) < 2:
            self.warn(row, "sus opciones no están en el archivo")
            return None
        if "or_other" in rest.split():
            self.warn(row, "no se ofrece «otra»")
        own = listed.kind() if kind == "select_one" else {"kind": _KINDS[kind], "options": self._words(rest)}
        return {**told, **own}

    def _add(self, row: Row, question: Raw, listed: str = "", *, wanted: Sequence[Wanted] = ()) -> None:
        section = self._section(wanted)
        question["code"] = self._code(row.get("name", ""))
        self.kinds[row.get("name", "")] = (question["code"], question["kind"], listed)
        section["questions"].append({name: value for name, value in question.items() if value})
        self._translate(row)

    def _section(self, own: Sequence[Wanted] = ()) -> Raw:
        """Return the section for what is asked under conditions: the one that stands, or a new one."""
        wanted = [*(each for group in self.groups for each in group.wanted), *own]
        if not self.sections or wanted != self._wanted:
            shown = [self._condition(each) for each in wanted]
            self.sections.append({"title": self._title, "questions": [], "shown_if": shown})
            self._title, self._wanted = "", wanted
        return self.sections[-1]

    def _condition(self, wanted: Wanted) -> Raw:
        code, kind, listed = self.kinds[wanted.question]
        choices = self.choices.get(listed, _Choices())
        values = [choices.answer(value, kind) for value in wanted.values]
        return {"question": code, "compares": wanted.compares.value, "values": values}

    def _conditions(self, row: Row) -> list[Wanted]:
        text = row.get("relevant", "")
        if not text:
            return []
        found = read_relevant(text)
        if found is None or not all(self._may_decide(each) for each in found):
            self.warn(row, "su condición no se entiende; se pregunta siempre")
            return []
        return found

    def _may_decide(self, wanted: Wanted) -> bool:
        _, kind, listed = self.kinds.get(wanted.question, ("", "", ""))
        if kind in ("", "text", "matrix", "ranking"):
            return False
        if wanted.compares.value in ("at_least", "at_most"):
            marks = next((known for name, known in MARKS.items() if name == kind), range(0))
            return int(wanted.values[0]) in marks
        return set(wanted.values) <= set(self.choices[listed].words)

    def _code(self, name: str) -> str:
        """Return a name as a code that nobody has yet."""
        code = re.sub(r"\W", "_", name, flags=re.ASCII)[:50]
        code = code if code.isidentifier() else f"p_{code}"
        while code in self._codes:
            code += "_"
        self._codes.add(code)
        return code

    def _translate(self, row: Row) -> None:
        for head, said in row.items():
            kind, _, language = head.partition(":")
            if kind in ("label", "hint") and language and ":" not in language and row.get(kind):
                self.translations.setdefault(language, {})[row[kind]] = said
