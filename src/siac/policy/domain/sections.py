# SPDX-License-Identifier: EUPL-1.2
"""What a quality policy is made of: its sections in order, and the rows that each of them has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a column is typed."""

    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Column:
    """Something that each row of a section says; `options` names where those of a choice come from."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    is_asked: bool = False
    """It may not stay empty."""
    options: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which rows of two other sections a section links: theirs that are `of` it, or all."""

    rows: str
    columns: str
    only: tuple[str, str] | None = None
    """A column of the rows and what it must say for a row to be linked."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its title, what its rows say (none: it is a text), or what its cells link."""

    code: str
    title: str
    columns: tuple[Column, ...] = ()
    thing: str = ""
    """What a row is called."""
    matrix: Matrix | None = None
    hint: str = ""
    is_needed: bool = True
    """An edition is not proposed while it is empty."""
    groups_by: str = ""
    """A column by whose value the rows are put in tables."""
    limit: int = 60


NAME, SAYS = "name", "text"
_NAME = Column(NAME, "Nombre", is_asked=True)


SECTIONS: tuple[Section, ...] = (
    Section("introduction", "Introducción"),
    Section(
        "legal", "Marco normativo",
        (_NAME, Column(SAYS, "Qué dispone", Kind.LONG), Column("url", "Dirección", Kind.ADDRESS)), "Norma",
        is_needed=False,
    ),
    Section(
        "mission", "Misión y visión", (_NAME, Column(SAYS, "Qué dice", Kind.LONG, is_asked=True)),
        "Definición",
    ),
    Section(
        "strategy", "Objetivos estratégicos",
        (_NAME, Column(SAYS, "Qué dice", Kind.LONG, is_asked=True)), "Objetivo estratégico",
    ),
    Section(
        "products", "Productos estratégicos", (_NAME, Column(SAYS, "En qué consiste", Kind.LONG)), "Producto",
        is_needed=False,
    ),
    Section(
        "principles", "Principios", (_NAME, Column(SAYS, "Qué significa", Kind.LONG, is_asked=True)),
        "Principio",
    ),
    Section(
        "instruments", "Instrumentos de los principios",
        (
            _NAME,
            Column("principle", "Del principio", Kind.CHOICE, is_asked=True, options="principles"),
            Column("sort", "Qué es", Kind.CHOICE, is_asked=True, options="instruments"),
            Column("charter", "Carta", Kind.CHOICE, options="charters", hint="Solo si es una carta."),
            Column("file", "Documento", Kind.CHOICE, options="files", hint="De los agregados a la política."),
            Column("url", "Dirección", Kind.ADDRESS, hint="Donde se lee, si está en otra parte."),
        ),
        "Instrumento", is_needed=False,
    ),
    Section(
        "objectives", "Objetivos de la política",
        (
            _NAME,
            Column("sort", "Qué es", Kind.CHOICE, is_asked=True, options="objectives"),
            Column(SAYS, "Qué dice", Kind.LONG, is_asked=True),
        ),
        "Objetivo",
    ),
    Section(
        "principle_links", "Principios y objetivos estratégicos", matrix=Matrix("principles", "strategy"),
        thing="Principio",
    ),
    Section(
        "objective_links", "Objetivos de la política y objetivos estratégicos",
        matrix=Matrix("objectives", "strategy", only=("sort", "specific")), thing="Objetivo",
    ),
    Section(
        "users", "Caracterización de las personas usuarias",
        (
            Column("table", "Tabla", is_asked=True, hint="Las filas con el mismo título van juntas."),
            _NAME,
            Column("value", "Valor", is_asked=True),
            Column("source", "Fuente"),
        ),
        "Dato", groups_by="table", limit=150,
    ),
    Section(
        "actors", "Actores y roles",
        (
            _NAME,
            Column(SAYS, "Qué le toca", Kind.LONG, is_asked=True),
            Column("role", "Rol en el sistema", Kind.CHOICE, options="roles"),
        ),
        "Actor",
    ),
    Section(
        "lines", "Directrices y líneas de acción",
        (_NAME, Column(SAYS, "Qué se hará", Kind.LONG, is_asked=True)), "Línea de acción",
    ),
    Section(
        "participation", "Cómo se elaboró: participación",
        (
            Column("group", "Quiénes", Kind.CHOICE, is_asked=True, options="groups"),
            Column("how", "Cómo", Kind.CHOICE, is_asked=True, options="ways"),
            Column("on", "Cuándo", Kind.DAY, is_asked=True),
            Column("people", "Cuántas personas", Kind.NUMBER, is_asked=True),
            Column("said", "Qué dijeron", Kind.LONG, is_asked=True),
            Column("done", "Qué se hizo con ello", Kind.LONG, is_asked=True),
        ),
        "Participación", hint="Por grupo y con cuántas personas: nunca nombres. Se publica.",
    ),
    Section("validity", "Vigencia y revisión"),
)  # fmt: skip
BY_CODE = {each.code: each for each in SECTIONS}
LINES, PRINCIPLES, INSTRUMENTS, PARTICIPATION = "lines", "principles", "instruments", "participation"

Rows = Sequence[Mapping[str, Any]]


def coded(rows: Rows, known: Rows, prefix: str) -> list[dict[str, Any]]:
    """Return rows each with a code that it keeps for good: its own where it has one of `known`, else the
    next number. By it a matrix and a line of action know it after it was moved or worded otherwise.
    """
    old = {str(row["code"]) for row in known}
    taken: set[str] = set()
    last = max((int(code.removeprefix(prefix)) for code in old), default=0)
    found = []
    for row in rows:
        code = str(row.get("code") or "")
        if code not in old or code in taken:
            last += 1
            code = f"{prefix}{last}"
        taken.add(code)
        found.append({**row, "code": code})
    return found


def tables(section: Section, rows: Rows) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return rows put together by the column that the section groups by, in the order they first appear; all
    under one empty title where it does not.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(str(row[section.groups_by]) if section.groups_by else "", []).append(row)
    return list(found.items())


def is_empty(section: Section, text: str, rows: Rows) -> bool:
    """Return whether a section says nothing: no text, no rows, no cell."""
    return not text.strip() and not rows


def missing(contents: Mapping[str, tuple[str, Rows]]) -> list[Section]:
    """Return the sections without which an edition is not proposed, and that say nothing yet."""
    return [
        each for each in SECTIONS if each.is_needed and is_empty(each, *contents.get(each.code, ("", ())))
    ]


def names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what rows are called, by their code."""
    return {str(row["code"]): str(row[NAME]) for row in rows}
