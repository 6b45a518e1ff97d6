# SPDX-License-Identifier: EUPL-1.2
"""What the ledger of erasures says of cases and of people (see `infra.erasures`):
written when it happens, read after a restore.

Of a case: body, folio, moment of filing (folios are given anew after a restore), what was erased, when. Of a
person, see `people.erasures`. No name, no text.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from siac.cases.models import Case
from siac.infra.erasures import append_to_ledger
from siac.organizations.public import Institution
from siac.people.public import ErasedPerson


@dataclass(frozen=True, slots=True)
class Erased:
    """One line about a case."""

    institution: str
    year: int
    number: int
    filed_at: str
    erases: tuple[str, ...]
    at: str


def values_of(institution: Institution, case: Case, *, erases: Iterable[str], at: datetime) -> dict[str, Any]:
    """Return what the ledger says of the erasure of one case."""
    return {
        "institution": institution.slug, "year": case.year, "number": case.number,
        "filed_at": case.filed_at.isoformat(), "erases": sorted(map(str, erases)), "at": at.isoformat(),
    }  # fmt: skip


def note_erasure(institution: Institution, case: Case, *, erases: Iterable[str], now: datetime) -> None:
    """Write down that a case is erased, before it is."""
    append_to_ledger(values_of(institution, case, erases=erases, at=now))


def read_ledger(lines: Iterable[str]) -> Iterator[Erased | ErasedPerson]:
    """Yield the erasures of a ledger; a last line cut short by a fault is left out.

    Raises:
        ValueError: a line in the middle is none of ours; it says which.
    """
    kept = [line for line in lines if line.strip()]
    for place, line in enumerate(kept, start=1):
        try:
            yield _read(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            if place == len(kept) and not line.endswith("\n"):
                return
            raise ValueError(f"Línea {place}: no es de un registro de borrados.") from error


def _read(values: dict[str, Any]) -> Erased | ErasedPerson:
    if "person" in values:
        return ErasedPerson(**values)
    return Erased(**{**values, "erases": tuple(values["erases"])})
