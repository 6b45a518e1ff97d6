# SPDX-License-Identifier: EUPL-1.2
"""Rows of cases are locked in one place, in one order; rows that everything
points to never against those who only point.
"""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "siac"


def _lines(pattern: str) -> list[str]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text()
        found += [f"{path.relative_to(SOURCE)}: {match.group(0)}" for match in re.finditer(pattern, text)]
    return found


def test_nobody_locks_a_case_but_by_the_one_function():
    assert [
        line for line in _lines(r"\bCase\.objects[^\n]*select_for_update") if "cases/locking.py" not in line
    ] == []


def test_a_body_is_locked_without_holding_up_those_who_point_at_it():
    assert [
        line for line in _lines(r"Institution\.objects\.select_for_update[^\n]*") if "no_key=True" not in line
    ] == []
