# SPDX-License-Identifier: EUPL-1.2
"""`docs/mission.md` holds: each row once, each proof a test that runs, each page reached by clicks."""

import ast
import itertools
from functools import cache

import pytest

from siac.accounts.public import Role
from siac.organizations.texts import ROLE_NAMES
from tests.architecture.samples import build_objects
from tests.mission.clicking import Visitor, links
from tests.mission.rows import CITIZEN, ROOT, Road, Step, all_rows, read_rows

COUNTS = {"A": 8, "B": 7, "C": 13, "D": 4, "E": 4, "F": 5, "G": 3, "H": 2, "I": 6}
"""How many things are asked for in each family."""
EVERY = [f"{family}{number}" for family, many in COUNTS.items() for number in range(1, many + 1)]
ROLES = {name: Role(role) for role, name in ROLE_NAMES.items()}


def test_each_row_is_there_once_in_order_and_nothing_else():
    assert [row.code for row in all_rows()] == EVERY


def test_each_row_says_who_and_by_which_way():
    known = {CITIZEN, *ROLES}
    assert {road.who for row in all_rows() for road in row.roads} <= known
    assert {road.who for row in all_rows() for road in row.roads} == known, "each role has something to do"


@cache
def _tests_of(path: str) -> dict[str, list[str]]:
    """Return the tests of a file with their marks, those of the whole file among them."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    whole = [
        ast.unparse(node.value) for node in tree.body
        if isinstance(node, ast.Assign) and any(ast.unparse(each) == "pytestmark" for each in node.targets)
    ]  # fmt: skip
    return {
        node.name: [*whole, *map(ast.unparse, node.decorator_list)]
        for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }  # fmt: skip


def _is_run(marks: list[str]) -> bool:
    return not any(f"mark.{each}" in mark for mark in marks for each in ("skip", "xfail"))


def test_each_proof_is_a_test_that_is_run():
    wrong = []
    for row in all_rows():
        for proof in row.tests:
            path, _, name = proof.partition("::")
            there = (ROOT / path).is_file() and name in _tests_of(path)
            if not there or not _is_run(_tests_of(path)[name]):
                wrong.append(f"{row.code}: {proof}")
    assert wrong == []


@pytest.mark.parametrize(
    ("mark", "run"),
    [
        ("pytest.mark.browser", True),
        ("pytest.mark.parametrize('skipper', [1])", True),
        ("pytest.mark.skip", False),
        ("[pytest.mark.slow, pytest.mark.skipif(True, reason='')]", False),
        ("pytest.mark.xfail(reason='some day')", False),
    ],
)
def test_a_mark_that_leaves_a_test_out_is_seen(mark, run):
    assert _is_run([mark]) is run


@pytest.mark.parametrize("line", ["| A1 | sin pruebas |", "| A1 | qué | Autoridad: Cifras (`a:b`) | `t` |"])
def test_a_line_that_is_no_row_is_no_row_less(line):
    with pytest.raises(ValueError, match=r"A1|Cifras"):
        read_rows(line)


def test_links_are_read_as_they_are_shown():
    html = "<nav><a href='/a/'>Por  aprobar<span>1</span></a></nav><main><a href='/b/'>\n Uno </a></main>"
    assert links(html) == [("Por aprobar1", "/a/", False), ("Uno", "/b/", True)]


@pytest.mark.slow
def test_each_page_is_reached_by_clicks_from_the_home_of_its_role(house):
    build_objects(house)
    roads = sorted({(road.who, road) for row in all_rows() for road in row.roads}, key=lambda pair: pair[0])
    broken = []
    for who, theirs in itertools.groupby(roads, key=lambda pair: pair[0]):
        begins = f"/{house.slug}/" if who == CITIZEN else "/gestion/"
        visitor = Visitor(house.client(ROLES.get(who)), begins)
        for _, road in theirs:
            if trouble := visitor.arrives(road):
                broken.append(f"{who}: {[step.words for step in road.steps]} -> {road.page}: {trouble}")
    assert "\n".join(broken) == ""
    nowhere = Road(CITIZEN, (Step("Un enlace que no hay", any_of_a_list=False),), "portal:home")
    assert "no link" in Visitor(house.client(), f"/{house.slug}/").arrives(nowhere)
