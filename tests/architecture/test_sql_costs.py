# SPDX-License-Identifier: EUPL-1.2
"""Whoever reads a function that asks the database is told what that costs."""

import ast
import re

from tests.drawn.source import modules

ASKING = ("access", "finding", "listing", "queries")
"""Modules, by their name, that are asked by others."""
SAYS = re.compile(r"SQL|statement|quer(y|ies)")


def _silent(module: str, tree: ast.Module) -> list[str]:
    return [
        f"{module}.{node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not SAYS.search(ast.get_docstring(node) or "")
    ]


def test_functions_that_ask_the_database_say_how_many_statements_that_takes():
    asking = {
        module: tree
        for module, tree in modules().items()
        if module.rpartition(".")[2] in ASKING and not module.startswith("siac.countries.")
    }
    assert len(asking) > 20
    assert [name for module, tree in asking.items() for name in _silent(module, tree)] == []
