# SPDX-License-Identifier: EUPL-1.2
"""Behind a pooler each transaction may have another connection: nothing that lives longer is asked of it."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "siac"
ALONE = {
    "config/roles.py": "set-up goes to the server itself, and waits for other set-ups",
    "config/demonstration/load.py": "a command, which goes to the server itself",
    "config/moving/locking.py": "a command, by a connection of its own to the server itself",
    "cases/imports/writing.py": "a job, which goes to the server itself",
    "infra/readers.py": "DATABASE_REPLICA_URL names the node itself (docs/operate.md), and it is taken back",
}
"""Files that may, and why."""
LONGER = re.compile(
    r"pg_(?:try_)?advisory_(?:lock|unlock)\w*\(|\bLISTEN\s+[a-z\"]|\bUNLISTEN\b|\bDECLARE\s+\w+\s+CURSOR"
    r"|[\"']\s*SET\s+(?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)(?:SESSION\s+)?[a-z_]+\s*(?:=|TO\s)\s*['\w%]+\s*[\"';]"
    r"|\bset_config\([^)]*,\s*false\)|\bPREPARE\s+\w+\s+(?:AS|\()",
)
TEMPORARY = re.compile(r"CREATE\s+TEMP(?:ORARY)?\s+TABLE\s+(\w+)[^;\"]*", re.S)


def found(text: str) -> list[str]:
    """Return what in a source lives longer than its transaction."""
    tables = [m for m in TEMPORARY.finditer(text) if "ON COMMIT DROP" not in m[0]]
    return [*(m[0] for m in LONGER.finditer(text)), *(m[1] for m in tables)]


@pytest.mark.parametrize(
    "text",
    [
        '"SELECT pg_advisory_lock(%s)"',
        '"SELECT pg_try_advisory_lock(1)"',
        '"LISTEN jobs"',
        "\"SET statement_timeout = '5s'\"",
        '"SET search_path TO x"',
        "\"SELECT set_config('a.b', %s, false)\"",
        '"CREATE TEMPORARY TABLE stage (place int)"',
    ],
)
def test_what_lives_longer_is_found(text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        '"SELECT pg_advisory_xact_lock(%s)"',
        "\"SET LOCAL lock_timeout = '5s'\"",
        '"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"',
        '"UPDATE a SET b = %s"',
        '"CREATE TEMPORARY TABLE stage (place int) ON COMMIT DROP"',
    ],
)
def test_what_ends_with_its_transaction_is_not(text):
    assert not found(text)


def test_nothing_of_the_product_lives_longer_than_its_transaction():
    wrong = {
        name: said
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts
        and (name := str(path.relative_to(SOURCE))) not in ALONE
        and (said := found(path.read_text(encoding="utf-8")))
    }
    assert not wrong
    assert all(found((SOURCE / name).read_text(encoding="utf-8")) for name in ALONE)
