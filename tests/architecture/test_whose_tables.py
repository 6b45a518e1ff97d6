# SPDX-License-Identifier: EUPL-1.2
"""A context asks the tables of another only through what that one hands out: what a figure counts is
said once.
"""

import ast

from tests.architecture.test_sizes import features
from tests.drawn.source import modules


def _context(module: str) -> str:
    _, *parts = module.split(".")
    return ".".join(parts[:2] if parts[:1] == ["integrations"] else parts[:1])


def _foreign(module: str, tree: ast.Module) -> set[str]:
    """Return the names that a module has from the public face of other contexts."""
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("siac.")
        and (node.module or "").endswith(".public")
        and _context(node.module or "") != _context(module)
        for name in node.names
    }


def _asked(tree: ast.Module, names: set[str]) -> list[str]:
    return [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_default_manager", "_base_manager")
        and isinstance(node.value, ast.Name)
        and node.value.id in names
    ]


def test_nobody_reads_or_writes_the_tables_of_another_context():
    found = {
        module: asked for module, tree in modules().items() if (asked := _asked(tree, _foreign(module, tree)))
    }
    assert found == {}


def test_it_would_be_seen():
    tree = ast.parse("from siac.cases.public import Case as Row\nRow.objects.all()")
    assert _asked(tree, _foreign("siac.charters.queries", tree)) == ["Row.objects"]
    assert _asked(tree, _foreign("siac.cases.queries", tree)) == []


EDGES = ("public", "tasks", "registration", "management", "urls", "migrations", "models")
"""Parts of `cases` above its features, and where Django finds the tables of all."""


def _core_of_cases() -> dict[str, ast.Module]:
    """Return the modules of `cases` that are part of no feature and of no edge."""
    return {
        module: tree
        for module, tree in modules().items()
        if module.startswith("siac.cases.")
        and (part := module.split(".")[2]) not in features()
        and not part.startswith(EDGES)
    }


def _of_features() -> dict[str, str]:
    """Return the tables that features of `cases` have, by name, with their module."""
    return {
        name.name: node.module
        for node in modules()["siac.cases.models"].body
        if isinstance(node, ast.ImportFrom) and node.module and ".cases." in node.module
        for name in node.names
        if node.module.split(".")[2] in features()
    }


def test_the_core_of_cases_names_no_table_of_its_features():
    theirs = _of_features()
    assert {"Appeal", "ThirdParty", "CaseAlert", "Redaction"} <= theirs.keys()
    found = {
        module: named
        for module, tree in _core_of_cases().items()
        if (
            named := sorted(
                name.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module == "siac.cases.models"
                for name in node.names
                if name.name in theirs
            )
        )
    }
    assert len(_core_of_cases()) > 60
    assert found == {}
