# SPDX-License-Identifier: EUPL-1.2
"""The roots of the checkpoints, written outside the database too: whoever owns it cannot
take a checkpoint, or a body, away unseen.

One JSON object a line in `SIAC_HOME/journal-roots.jsonl`, which only grows. Copies of the file kept on
another machine, or on paper, prove more: `siac verify --roots FILE` compares with them.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from siac.infra.kept_lines import writing
from siac.infra.roots_file import roots_path
from siac.journal.models import Checkpoint

_CHUNK = 1_000
_STORED = """
SELECT c.institution_id, c.number, c.root FROM unnest(%s::bigint[], %s::int[]) AS noted (body, number)
JOIN journal_checkpoint c ON c.institution_id = noted.body AND c.number = noted.number
"""


@dataclass(frozen=True, slots=True)
class Root:
    """What one line says."""

    institution: int
    slug: str
    number: int
    at: str
    root: str


def note_roots(institution_id: int) -> int:
    """Write down the checkpoints of a body that the file does not have yet, and wait
    until they are on disk; return how many (1 SQL).

    Called after they are committed: what a fault kept from the file comes with the next ones.
    """
    path = roots_path()
    with writing(path) as add:
        known = _numbers(path).get(institution_id, 0)
        rows = Checkpoint.objects.filter(institution_id=institution_id, number__gt=known).select_related(
            "institution"
        )
        lines = "".join(
            json.dumps(asdict(_root(row)), sort_keys=True) + "\n" for row in rows.order_by("number")
        )
        if lines:
            add(lines)
        return lines.count("\n")


@dataclass
class _Read:
    """How far this process has read a file, which only grows, and the last number of each body so far."""

    begins: bytes = b""
    upto: int = 0
    numbers: dict[int, int] = field(default_factory=dict)


_READ: dict[Path, _Read] = {}
"""By file: with hundreds of bodies it has millions of lines, and is looked at for each of them."""


def _numbers(path: Path) -> dict[int, int]:
    """Return the last number of each body in a file, reading what it grew by since the last time."""
    if not path.exists():
        return {}
    with path.open("rb") as lines:
        begins, size = lines.readline(), os.fstat(lines.fileno()).st_size
        seen = _READ.get(path, _Read())
        if seen.begins != begins or seen.upto > size:  # another was put in its place, or it was begun anew
            seen = _Read(begins)
        lines.seek(seen.upto)
        for line in lines:
            if not line.endswith(b"\n"):
                break
            seen.upto += len(line)
            root = _parsed(line)
            if root is not None:
                seen.numbers[root.institution] = max(root.number, seen.numbers.get(root.institution, 0))
    _READ[path] = seen
    return seen.numbers


def _root(row: Checkpoint) -> Root:
    institution: Any = row.institution
    return Root(row.institution_id, institution.slug, row.number, row.at.isoformat(), bytes(row.root).hex())


def _parsed(line: str | bytes) -> Root | None:
    try:
        return Root(**json.loads(line))
    except (ValueError, TypeError):
        return None


def read_roots(path: Path) -> Iterator[Root]:
    """Yield the lines of a file of roots; a last line cut short by a fault is
    left out, a file that is not there is empty.
    """
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            root = _parsed(line)
            if root is not None:
                yield root


def lost_roots(path: Path) -> Iterator[Root]:
    """Yield the roots of a file that the database no longer has, or has
    otherwise; of bodies that are gone too (1 SQL for each thousand).
    """
    roots = read_roots(path)
    while noted := list(islice(roots, _CHUNK)):
        with connection.cursor() as cursor:
            cursor.execute(_STORED, [[root.institution for root in noted], [root.number for root in noted]])
            stored = {(body, number): bytes(root).hex() for body, number, root in cursor.fetchall()}
        yield from (root for root in noted if stored.get((root.institution, root.number)) != root.root)
