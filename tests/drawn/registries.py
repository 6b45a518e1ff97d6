# SPDX-License-Identifier: EUPL-1.2
"""Registries: what a lower context or a core lets those above it add, found by what the code does."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.drawn.source import Name, functions, modules, place, summary, used, uses

CHANGING = {"append", "add", "extend", "update", "setdefault"}
NAMED = ("register_", "declare_", "on_")
"""How a function is called that adds to a registry."""


@dataclass(frozen=True)
class Registry:
    """A public function that adds to what its module holds, and who calls it and asks what was added."""

    name: Name
    says: str
    registers: tuple[str, ...]
    readers: tuple[str, ...]


def registries() -> list[Registry]:
    """Return every registry of the product, the lowest contexts in the order of their names."""
    return [
        Registry(
            (module, node.name),
            summary(node),
            _places(adders((module, node.name))),
            _places(_read(module, node)),
        )
        for module in modules()
        for node in functions(module)
        if adds(module, node) and not node.name.startswith(("_", "forget_"))
    ]


def adds(module: str, node: ast.AST) -> frozenset[str]:
    """Return the containers of a module that a function in it changes."""
    return frozenset(_changed(node)) & _held(module)


def adders(name: Name) -> set[str]:
    """Return the modules that add to a registry: by calling its function, or one that calls it for them."""
    callers = set(uses().get(name, ())) - {name[0]}
    handed_on = (
        adders((module, node.name))
        for module in uses().get(name, ())
        for node in functions(module)
        if node.name.startswith(NAMED) and node.name != name[1] and _calls(module, node, name)
    )
    return callers.union(*handed_on)


def _calls(module: str, node: ast.FunctionDef, name: Name) -> bool:
    return any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and used(module, part.func) == name
        for part in ast.walk(node)
    )


def _held(module: str) -> frozenset[str]:
    """Return the names that a module gives to what it holds."""
    return frozenset(
        target.id
        for node in modules()[module].body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    )


def _changed(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in CHANGING and isinstance(part.func.value, ast.Name):
                yield part.func.value.id
        elif isinstance(part, ast.Assign | ast.AugAssign):
            for target in part.targets if isinstance(part, ast.Assign) else [part.target]:
                if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                    yield target.value.id


def _read(module: str, adder: ast.FunctionDef) -> set[str]:
    """Return the modules that ask what was registered: those that use what reads it, directly or not."""
    parts = {
        node.name: {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        for node in modules()[module].body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not adds(module, node)
    }
    known = set(adds(module, adder))
    while more := {name for name, used in parts.items() if used & known} - known:
        known |= more
    readers = {name for name in known if name in parts and not name.startswith("_")}
    return {where for name in readers for where in uses().get((module, name), ()) if where != module} or {
        module
    }


def _places(where: set[str]) -> tuple[str, ...]:
    return tuple(sorted({place(module) for module in where}))


def table() -> str:
    """Draw the table of all registries."""
    lines = ["| registry | what it is for | who registers | who asks |", "|---|---|---|---|"]
    for each in sorted(registries(), key=lambda one: (place(one.name[0]), one.name)):
        module, name = each.name
        shown = [
            ", ".join(f"`{one}`" for one in ones) or "nobody yet" for ones in (each.registers, each.readers)
        ]
        lines.append(f"| `{module.removeprefix('siac.')}.{name}` | {each.says} | {shown[0]} | {shown[1]} |")
    return "\n".join(lines)
