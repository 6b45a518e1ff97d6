# SPDX-License-Identifier: EUPL-1.2
"""The roots of the checkpoints, written outside the database too: whoever owns it cannot
take a checkpoint, or a body, away unseen.

One JSON object a line in `SIAC_HOME/journal-roots.jsonl`, which only grows. Copies of the file kept on
another machine, or on paper, prove more: `siac verify --roots FILE` compares with them.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from siac.infra.file_locks import locked
from siac.infra.roots_file import roots_path
from siac.journal.models import Checkpoint


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
    until they are on disk; return how many.

    Called after they are committed: what a fault kept from the file comes with the next ones.
    """
    path = roots_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.with_suffix(".lock")):
        known = max(
            (root.number for root in read_roots(path) if root.institution == institution_id), default=0
        )
        rows = Checkpoint.objects.filter(institution_id=institution_id, number__gt=known).select_related(
            "institution"
        )
        lines = "".join(
            json.dumps(asdict(_root(row)), sort_keys=True) + "\n" for row in rows.order_by("number")
        )
        if lines:
            _append(path, lines)
        return lines.count("\n")


def _root(row: Checkpoint) -> Root:
    institution: Any = row.institution
    return Root(row.institution_id, institution.slug, row.number, row.at.isoformat(), bytes(row.root).hex())


def _append(path: Path, lines: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, lines.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_roots(path: Path) -> Iterator[Root]:
    """Yield the lines of a file of roots; a last line cut short by a fault is
    left out, a file that is not there is empty.
    """
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        try:
            yield Root(**json.loads(line))
        except (ValueError, TypeError):
            continue


def lost_roots(path: Path) -> Iterator[Root]:
    """Yield the roots of a file that the database no longer has, or has
    otherwise; of bodies that are gone too.
    """
    noted = list(read_roots(path))
    keys = {(root.institution, root.number) for root in noted}
    rows = Checkpoint.objects.filter(institution_id__in={body for body, _ in keys})
    stored = {
        (body, number): bytes(root).hex()
        for body, number, root in rows.values_list("institution_id", "number", "root")
    }
    yield from (root for root in noted if stored.get((root.institution, root.number)) != root.root)
