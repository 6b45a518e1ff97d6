# SPDX-License-Identifier: EUPL-1.2
"""Only what is declared can be recorded, and who listens to a matter hears whatever changes it."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import siac
from siac.cases.domain.endings import Ending
from siac.infra.metrics import FACTS
from siac.journal.events import events_of
from siac.journal.models import JournalEntry
from siac.journal.public import declare_events, declared_events, record

_WRITERS = {
    "record",
    "record_many",
    "NewEntry",
    "keep",
    "_keep",
    "_note",
    "note_configuration",
    "_journal",
    "_finish",
}
_KIND = re.compile(r"[a-z]+\.[a-z_]+")


def test_what_nobody_declared_cannot_be_recorded(body, now) -> None:
    with pytest.raises(ValueError, match=r"nobody declared entries 'cases\.filled'"):
        record(body.pk, "case:1", "cases.filled", now)
    assert not JournalEntry.objects.exists()


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared already"):
        declare_events("cases.filed")


def test_who_counts_cases_hears_whatever_happens_to_one() -> None:
    heard = events_of([FACTS])
    assert {"cases.filed", "cases.answered", "cases.answer_undone", "cases.rated", "cases.imported"} <= heard
    assert "access.read" not in heard and "cases.import_loaded" not in heard
    with pytest.raises(ValueError, match="no entry makes"):
        events_of([FACTS, "cases.nothing"])


def _named(values: Iterable[ast.AST]) -> set[str]:
    """Return what looks like a kind of entry in the text of some values."""
    texts = (each for value in values for each in ast.walk(value) if isinstance(each, ast.Constant))
    return {text.value for text in texts if _KIND.fullmatch(str(text.value))}


def _written() -> set[str]:
    """Return every kind of entry that the product names where it writes one, or as `kind` just before."""
    found = set()
    for path in Path(siac.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node) in _WRITERS:
                found |= _named([*node.args, *(word.value for word in node.keywords if word.arg == "kind")])
            if isinstance(node, ast.FunctionDef) and _WRITERS & {_name(each) for each in ast.walk(node)}:
                assigned = [each for each in ast.walk(node) if isinstance(each, ast.Assign)]
                found |= _named(each.value for each in assigned if _name(each.targets[0]) == "kind")
    return found


def _name(node: ast.AST) -> str:
    """Return what a call calls, or a name names."""
    of = node.func if isinstance(node, ast.Call) else node
    return str(getattr(of, "attr", getattr(of, "id", "")))


def test_every_kind_that_is_written_is_declared() -> None:
    written = _written()
    assert len(written) > 100, "the test no longer finds where entries are written"
    assert sorted(written - declared_events()) == []
    assert {f"cases.{ending.value}" for ending in Ending} <= declared_events()
