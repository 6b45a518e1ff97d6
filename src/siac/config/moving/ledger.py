# SPDX-License-Identifier: EUPL-1.2
"""The lines of the ledger of erasures that go along with a body. Whoever reads the ledger reads it whole: one
line that nobody understands, and nothing is erased again in any body. So none comes in.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from siac.cases.public import Erased, Erases, read_ledger
from siac.config.moving.words import MovingError
from siac.infra.erasures import add_lines, ledger_line, ledger_lines
from siac.people.public import ErasedPerson

_HIGHEST = 2**63


def sound_lines(lines: Iterable[bytes], slug: str) -> list[str]:
    """Return the lines of the ledger of one body.

    Raises:
        MovingError: one is of no ledger, or of another body.
    """
    try:
        told = [line.decode() for line in lines]
        read = list(read_ledger(told))
    except ValueError:
        read, told = [], ["?"]
    if len(read) != len(told) or not all(map(_is_sound, read)):
        raise MovingError("El registro de borrados del archivo no se entiende; no se cambió nada.")
    if any(each.institution != slug for each in read):
        raise MovingError("El registro de borrados es de otro organismo; no se cambió nada.")
    return told


def _is_sound(each: Erased | ErasedPerson) -> bool:
    if isinstance(each, ErasedPerson):
        return _is_number(each.person) and _is_moment(each.known_since) and _is_moment(each.at)
    codes = all(isinstance(code, str) and code in Erases.values for code in each.erases)
    numbers = _is_number(each.year) and _is_number(each.number)
    return codes and numbers and _is_moment(each.filed_at) and _is_moment(each.at)


def _is_number(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and 0 < told < _HIGHEST


def _is_moment(told: object) -> bool:
    try:
        return isinstance(told, str) and datetime.fromisoformat(told).tzinfo is not None
    except ValueError:
        return False


def lines_here(lines: Iterable[str], slug: str) -> list[str]:
    """Return lines with the address that the body has here."""
    return [ledger_line({**json.loads(line), "institution": slug}) for line in lines]


def keep_lines(lines: Iterable[str], slug: str) -> None:
    """Add those lines of a body that the ledger here has not yet, and wait until they are on disk."""
    known = {line.decode() for line in ledger_lines(slug)}
    new = [line for line in lines if line not in known]
    if new:
        add_lines(new)
