# SPDX-License-Identifier: EUPL-1.2
"""Each proof that `docs/operate/faults.md` names is a test that exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_each_proof_of_what_happens_when_something_breaks_exists():
    rows = [
        line for line in (ROOT / "docs/operate/faults.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| when")
    ]  # fmt: skip
    assert len(rows) >= 20
    for row in rows:
        found = NAMED.findall(row)
        assert found, row
        for path, name in found:
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            assert name in tests, (path, name)
