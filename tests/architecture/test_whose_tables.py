# SPDX-License-Identifier: EUPL-1.2
"""A context asks the tables of another only through what that one hands out: what a figure counts is
said once.
"""

import ast

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
