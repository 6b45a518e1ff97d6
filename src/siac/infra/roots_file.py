# SPDX-License-Identifier: EUPL-1.2
"""Where the roots of the journal are written outside the database (see `journal.roots`)."""

from pathlib import Path

from siac.infra.environment import home

FILE = "journal-roots.jsonl"


def roots_path() -> Path:
    """Return where this installation writes its roots."""
    return home() / FILE


def set_roots_aside() -> None:
    """Begin a new file, because the database begins anew; the former one stays
    beside it under a name of its own.
    """
    path = roots_path()
    if path.exists():
        path.rename(path.with_name(f"{path.stem}-{int(path.stat().st_mtime)}{path.suffix}"))
