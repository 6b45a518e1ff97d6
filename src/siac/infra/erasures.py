# SPDX-License-Identifier: EUPL-1.2
"""The file that tells what was erased: no restore of the database brings it back to
an earlier day, so it can be erased again.

One JSON object a line, on disk before the erasure commits. A line whose transaction
then fails does no harm: it was decided.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from siac.infra.environment import home
from siac.infra.kept_lines import writing

LEDGER = "erasures.jsonl"


def ledger_path() -> Path:
    """Return where this installation keeps its ledger."""
    return home() / LEDGER


def ledger_line(values: Mapping[str, Any]) -> str:
    """Return the line that says `values`, which hold no name and no text."""
    return json.dumps(values, sort_keys=True) + "\n"


def append_to_ledger(values: Mapping[str, Any]) -> None:
    """Add one line and wait until it is on disk.

    Raises:
        EmbeddedError: it is not, as where the disk is full: then nothing may be erased.
    """
    add_lines([ledger_line(values)])


def add_lines(lines: Sequence[str]) -> None:
    """Add lines that `ledger_line` wrote, here or elsewhere, and wait until they are on disk.

    Raises:
        EmbeddedError: not all of them could be written, and so none is there.
    """
    with writing(ledger_path()) as add:
        add("".join(lines))


def ledger_lines(institution: str) -> Iterator[bytes]:
    """Yield the lines of the ledger that are of one body, by its slug; not one that a fault cut short."""
    with contextlib.suppress(FileNotFoundError), ledger_path().open("rb") as lines:
        for line in lines:
            with contextlib.suppress(ValueError):
                if line.endswith(b"\n") and json.loads(line).get("institution") == institution:
                    yield line
