# SPDX-License-Identifier: EUPL-1.2
"""What was erased, in a file that no restore of the database brings back to an earlier day: so it can be erased again.

One JSON object a line: body, folio, moment of filing (folios are given anew after a restore), what was erased, when. No name, no text.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from siac.cases.models import Case
from siac.infra.environment import home
from siac.organizations.public import Institution

LEDGER = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """One line."""

    institution: str
    year: int
    number: int
    filed_at: str
    erases: tuple[str, ...]
    at: str


def ledger_path() -> Path:
    """Return where this installation keeps its ledger."""
    return home() / LEDGER


def line_of(institution: Institution, case: Case, *, erases: Iterable[str], at: datetime) -> str:
    """Return the line of one erasure."""
    values = {
        "institution": institution.slug, "year": case.year, "number": case.number,
        "filed_at": case.filed_at.isoformat(), "erases": sorted(map(str, erases)), "at": at.isoformat(),
    }  # fmt: skip
    return json.dumps(values, sort_keys=True) + "\n"


def note_erasure(institution: Institution, case: Case, *, erases: Iterable[str], now: datetime) -> None:
    """Add one line and wait until it is on disk. A line whose transaction then fails does no harm: it was approved."""
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line_of(institution, case, erases=erases, at=now).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_ledger(lines: Iterable[str]) -> Iterator[Erased]:
    """Yield the erasures of a ledger; a last line cut short by a fault is left out.

    Raises:
        ValueError: a line in the middle is none of ours; it says which.
    """
    kept = [line for line in lines if line.strip()]
    for place, line in enumerate(kept, start=1):
        try:
            values = json.loads(line)
            yield Erased(**{**values, "erases": tuple(values["erases"])})
        except (ValueError, TypeError, KeyError) as error:
            if place == len(kept) and not line.endswith("\n"):
                return
            raise ValueError(f"Línea {place}: no es de un registro de borrados.") from error
