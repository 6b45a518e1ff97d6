# SPDX-License-Identifier: EUPL-1.2
"""The file that tells what was erased: no restore of the database brings it back to
an earlier day, so it can be erased again.

One JSON object a line, on disk before the erasure commits. A line whose transaction
then fails does no harm: it was decided.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from siac.infra.environment import home

LEDGER = "erasures.jsonl"


def ledger_path() -> Path:
    """Return where this installation keeps its ledger."""
    return home() / LEDGER


def ledger_line(values: Mapping[str, Any]) -> str:
    """Return the line that says `values`, which hold no name and no text."""
    return json.dumps(values, sort_keys=True) + "\n"


def append_to_ledger(values: Mapping[str, Any]) -> None:
    """Add one line and wait until it is on disk."""
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, ledger_line(values).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
