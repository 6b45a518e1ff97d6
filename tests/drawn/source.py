# SPDX-License-Identifier: EUPL-1.2
"""The code as text: which module defines what, what it takes from others, and where a name is used."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"

Name = tuple[str, str]
"""A module and a name that it defines."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the product by its dotted name; what upgrades tables is left out."""
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text()
        )
        for path in sorted((SOURCE / "siac").rglob("*.py"))
        if "migrations" not in path.parts
    }


def functions(module: str) -> Iterator[ast.FunctionDef]:
    """Return the functions of a module, in their order, those inside others and of classes left out."""
    return (node for node in modules()[module].body if isinstance(node, ast.FunctionDef))


@cache
def taken(module: str) -> dict[str, Name]:
    """Return what a module takes from others of the product, by the name it has there."""
    return {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("siac")
        for alias in node.names
    }


def defined(name: Name) -> Name:
    """Return where a name is defined, through the public faces that hand it on."""
    module, told = name
    while module in modules() and told in taken(module):
        module, told = taken(module)[told]
    return module, told


@cache
def uses() -> dict[Name, frozenset[str]]:
    """Return, for everything that is defined somewhere, the modules that use it; handing on is no use."""
    found: dict[Name, set[str]] = {}
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if name := used(module, node):
                found.setdefault(name, set()).add(module)
    return {name: frozenset(where) for name, where in found.items()}


def used(module: str, node: ast.AST) -> Name | None:
    """Return what a module uses at a place of its code, by where it is defined."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return defined(taken(module).get(node.id, (module, node.id)))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        within = taken(module).get(node.value.id)
        return defined((".".join(within), node.attr)) if within else None
    return None


def summary(node: ast.FunctionDef | ast.ClassDef) -> str:
    """Return the first sentence of what something says of itself."""
    told = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    return told.split(". ")[0].rstrip(".") + "." if told else ""


def place(module: str) -> str:
    """Return the context of a module as people call it: `notices`, `mailbox`; of `cases` the feature too."""
    context, part, *_ = [*module.removeprefix("siac.").removeprefix("integrations.").split("."), ""]
    return f"{context}.{part}" if context == "cases" and part in features() else context


@cache
def features() -> frozenset[str]:
    """Return the features of `cases`: its folders that register themselves."""
    found = (name.split(".") for name in modules() if name.startswith("siac.cases."))
    return frozenset(parts[2] for parts in found if parts[3:] == ["registration"])
