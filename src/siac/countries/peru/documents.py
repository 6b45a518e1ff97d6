# SPDX-License-Identifier: EUPL-1.2
"""Documents of Peru, the most usual first."""

import re

from stdnum.exceptions import ValidationError
from stdnum.pe import cui, ruc

from siac.countries.documents import OTHER, PASSPORT, Document, by

_DNI_DIGITS = 8
_DNI_SHORTEST = 6


def _kept_dni(number: str) -> str:
    """A DNI is eight digits; its check character (digit or letter) is checked where given, and not kept."""
    if len(number) == _DNI_DIGITS and number.isdigit():
        return number
    checked: str = cui.validate(number)
    if len(checked) != _DNI_DIGITS + 1:
        raise ValidationError
    return checked[:_DNI_DIGITS]


def _restored_dni(number: str) -> str:
    is_short = number.isdigit() and _DNI_SHORTEST <= len(number) < _DNI_DIGITS
    return number.zfill(_DNI_DIGITS) if is_short else number


DOCUMENTS = (
    Document(
        code="dni_pe",
        check="eight",
        name="DNI",
        clean=_kept_dni,
        restore=_restored_dni,
        labels=("dni",),
        in_text=re.compile(r"(?<![\w.-])\d{8}(?![\w-])"),
    ),
    Document(
        code="ruc",
        check="mod11_eleven",
        name="RUC",
        clean=by(ruc),
        labels=("ruc",),
        in_text=re.compile(r"(?<![\w.-])\d{11}(?!\w)"),
        has_check_digit=True,
    ),
    Document(
        code="ce",
        name="Carné de extranjería",
        labels=("ce",),
        called=("carnet de extranjeria", "carne de extranjeria", "carnet extranjeria", "ce"),
    ),
    PASSPORT,
    OTHER,
)
