# SPDX-License-Identifier: EUPL-1.2
"""Which modules speak of a country: each has its reason here, and another one is a place too many."""

import ast
import re

from tests.drawn.source import modules

MODULES = {
    "siac.statutory": "a book of complaints is Peru's law only",
    "siac.cases.domain.complaints_book": "the rules of that book",
    "siac.config.demonstration": "an invented body of each country",
}
"""Module, or folder of modules, and why it names a country."""
NAMES = re.compile(r"(CL|PE|ES)([.-][A-Z0-9]|$)")
"""A country, its place or a rule of its law, as a text of the code begins with it."""


def _speaks(tree: ast.Module) -> bool:
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # what is only said
    return any(
        (isinstance(node, ast.Constant) and id(node) not in told and _is_name(node.value))
        for node in ast.walk(tree)
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and NAMES.match(value) is not None


def _is_above(module: str) -> bool:
    return not module.startswith("siac.countries.")


def _home(module: str) -> str:
    return next((home for home in MODULES if module == home or module.startswith(f"{home}.")), module)


def test_only_these_modules_speak_of_a_country_and_each_does():
    assert {
        _home(module) for module, tree in modules().items() if _is_above(module) and _speaks(tree)
    } == set(MODULES)
