# SPDX-License-Identifier: EUPL-1.2
"""A proof that was left out of a whole run makes it fail; a run of a part says nothing."""

from types import SimpleNamespace

import pytest

from tests.proofs import Proofs

ASKED = {"keyword": "", "markexpr": "", "deselect": None, "ignore": None, "ignore_glob": None,
         "collectonly": False, "maxfail": 0}  # fmt: skip
PROOFS = ("tests/a.py::test_one", "tests/a.py::test_two")
SOURCES = pytest.Config.ArgsSource


def run(*reports: tuple[str, str, str], source=SOURCES.TESTPATHS, args=(), **asked) -> Proofs:
    config = SimpleNamespace(option=SimpleNamespace(**ASKED | asked), args_source=source, args=list(args))
    proofs = Proofs(config, PROOFS)  # type: ignore[arg-type]
    for name, when, outcome in reports:
        report = SimpleNamespace(nodeid=f"tests/a.py::{name}", when=when, skipped=outcome == "skipped")
        proofs.pytest_runtest_logreport(report)  # type: ignore[arg-type]
    return proofs


ONE = ("test_one", "call", "passed")


@pytest.mark.parametrize(
    ("reports", "left"),
    [
        ([ONE, ("test_two", "call", "passed")], []),
        ([ONE, ("test_two[with a part]", "call", "passed")], []),
        ([ONE, ("test_two", "call", "failed")], []),
        ([ONE], ["tests/a.py::test_two"]),
        ([ONE, ("test_two", "setup", "skipped")], ["tests/a.py::test_two"]),
        ([ONE, ("test_two", "setup", "passed"), ("test_two", "call", "skipped")], ["tests/a.py::test_two"]),
    ],
)
def test_what_was_skipped_or_not_there_is_left_out(reports, left):
    proofs = run(*reports)
    assert proofs.left_out() == left
    session = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    proofs.pytest_sessionfinish(session)  # type: ignore[arg-type]
    assert session.exitstatus == (pytest.ExitCode.TESTS_FAILED if left else pytest.ExitCode.OK)


@pytest.mark.parametrize(
    "asked",
    [{"keyword": "charter"}, {"markexpr": "not browser"}, {"deselect": ["tests/a.py"]},
     {"ignore": ["tests/e2e"]}, {"collectonly": True}, {"maxfail": 1},
     {"source": SOURCES.ARGS, "args": ["tests/a.py"]}],
)  # fmt: skip
def test_a_run_of_a_part_leaves_nothing_out(asked):
    assert run(ONE, **asked).left_out() == []


def test_the_whole_may_be_asked_for_by_its_folder():
    assert run(ONE, source=SOURCES.ARGS, args=["tests/"]).left_out() == ["tests/a.py::test_two"]
