# SPDX-License-Identifier: EUPL-1.2
"""The words of the code beside those of the screens: what is kept, and the values that it may have."""

import ast
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from operator import attrgetter

from django.apps import apps
from django.db.models import Choices, Model

from tests.drawn.source import Name, modules, place, used
from tests.drawn.words import THINGS

_ENUMS = {"StrEnum", "TextChoices", "models.TextChoices"}
_ELSEWHERE = {"Right", "Code", "Problem", "Trouble", "Move"}
"""Refusals have sentences, which a text search finds; moves have a table of their own."""


def things() -> str:
    """Draw the table of all models: their words on screen, and what each is.

    Raises:
        KeyError: a model has no word in `tests/drawn/words.py`.
    """
    lines = ["| in code | on screen | what it is |", "|---|---|---|"]
    for model in sorted(models(), key=lambda each: (place(each.__module__), each.__name__)):
        word = THINGS[model._meta.label]
        lines.append(f"| `{place(model.__module__)}.{model.__name__}` | {word} | {_says(model)} |")
    return "\n".join(lines)


def models() -> list[type[Model]]:
    """Return every model of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("siac.")]


def choices() -> str:
    """Draw the table of all values that have words on a screen."""
    lines = ["| in code | its values and their words |", "|---|---|"]
    for (module, name), words in sorted(worded().items(), key=lambda each: (place(each[0][0]), each[0])):
        if words:
            shown = " · ".join(f"`{member}` {word}" for member, word in words.items())
            lines.append(f"| `{place(module)}.{name}` | {shown} |")
    return "\n".join(lines)


def worded() -> dict[Name, dict[str, str]]:
    """Return the words of every list of values, by module and name; none where no screen has all of them."""
    told = _told()
    return {
        name: _labels(kind) if issubclass(kind, Choices) else _said(kind, told.get(name, {}))
        for name, kind in _kinds()
    }


def _says(model: type[Model]) -> str:
    first = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return first.replace("|", "/")


def _kinds() -> Iterator[tuple[Name, type[Enum]]]:
    for module, tree in modules().items():
        for path, node in _classes(tree, ""):
            if _ENUMS & {ast.unparse(base) for base in node.bases} and node.name not in _ELSEWHERE:
                yield (module, path), attrgetter(path)(import_module(module))


def _classes(tree: ast.AST, within: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield f"{within}{node.name}", node
            yield from _classes(node, f"{within}{node.name}.")


def _labels(kind: type[Choices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in kind.choices if value != ""}


def _said(kind: type[Enum], words: dict[str, str]) -> dict[str, str]:
    if set(words) != set(kind.__members__):
        return {}
    return {kind[member].value: word for member, word in words.items()}


def _told() -> dict[Name, dict[str, str]]:
    """Return the words that tables in the code give to values: the first such table of each counts."""
    found: dict[Name, dict[str, str]] = {}
    for module, tree in modules().items():
        for node in tree.body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.Dict) and (kind := _kind_of(module, value)):
                words = _words(value)
                if len(words) == len(value.keys):  # else what it says is more than words
                    found.setdefault(kind, words)
    return found


def _kind_of(module: str, table: ast.Dict) -> Name | None:
    kinds = {used(module, key.value) if isinstance(key, ast.Attribute) else None for key in table.keys}
    return kinds.pop() if len(kinds) == 1 else None


def _words(table: ast.Dict) -> dict[str, str]:
    """Return the words of a table by the names of its keys, of several words for one key the first."""
    found = {}
    for key, value in zip(table.keys, table.values, strict=True):
        first = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
        if (
            isinstance(key, ast.Attribute)
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            found[key.attr] = first.value
    return found
