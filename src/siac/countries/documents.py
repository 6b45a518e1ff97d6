# SPDX-License-Identifier: EUPL-1.2
"""Documents of identity: what each is called, how its number is checked, kept and shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stdnum.exceptions import ValidationError

_LONGEST_FREE = 30


def free(number: str) -> str:
    """Take any number: of passports, foreigners' cards and others the law nowhere lets us refuse one.

    Raises:
        ValidationError: it is longer than any such number.
    """
    if len(number) > _LONGEST_FREE:
        raise ValidationError
    return number


def by(module: Any) -> Callable[[str], str]:
    """Return the check that a module of `stdnum` makes."""

    def clean(number: str) -> str:
        checked: str = module.validate(number)
        return checked

    return clean


def with_letter_apart(number: str) -> str:
    """Show a number of nine signs with a dash before the last: 12345678-Z."""
    return f"{number[:-1]}-{number[-1]}" if len(number) == 9 else number


@dataclass(frozen=True, kw_only=True)
class Document:
    """A sort of document; numbers are given as letters and digits only, upper case."""

    code: str
    """What is stored; no two countries may use one for different documents."""
    name: str
    clean: Callable[[str], str] = free
    """Return a number as it is kept; raises `stdnum`'s ValidationError, InvalidChecksum where the check digit
    is wrong.
    """
    show: Callable[[str], str] = str
    """Return a kept number as people write it."""
    restore: Callable[[str], str] = str
    """Return a number with what a spreadsheet took from its beginning."""
    labels: tuple[str, ...] = ()
    """Words that are written before a number when somebody is looked for; small letters without accents."""
    called: tuple[str, ...] = ()
    """Other words by which registers call it; small letters without accents."""
    in_text: re.Pattern[str] | None = None
    """How a number looks among other words; None: it cannot be told there."""
    has_check_digit: bool = False
    """A number found in a text is surer than eight digits of any sort."""
    proves_without_last: bool = False
    """People also read the number without its last sign from their card."""
    check: str = ""
    """The check of the page without network that does the same as `clean`; empty: it takes any number, and
    the server looks at it when it comes (`frontend/scripts/offline/numbers.mjs`).
    """


PASSPORT = Document(code="passport", name="Pasaporte", labels=("pasaporte",), called=("pasaporte",))
OTHER = Document(
    code="other",
    name="Otro documento",
    called=("ptp", "cpp", "le", "libreta electoral", "permiso temporal de permanencia"),
)
"""Cards that the forms do not tell apart are kept as another document."""
