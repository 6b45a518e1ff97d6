# SPDX-License-Identifier: EUPL-1.2
"""Document numbers by country: check digits, the one form kept, the form shown."""

from collections.abc import Callable
from typing import Any

from stdnum.cl import rut
from stdnum.es import cif, dni, nie
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.pe import cui, ruc

from siac.kernel.errors import Refused
from siac.people.domain.person import Code, DocumentType, compact

T = DocumentType
_LONGEST_FREE = 30

BY_JURISDICTION: dict[str, tuple[DocumentType, ...]] = {
    "CL": (T.RUT, T.PASSPORT, T.OTHER),
    "PE": (T.DNI_PE, T.RUC, T.CE, T.PASSPORT, T.OTHER),
    "ES": (T.DNI_ES, T.NIE, T.NIF_LEGAL, T.PASSPORT, T.OTHER),
}
"""Documents offered by the forms of each country, most usual first."""


def clean_document(document_type: str, number: str) -> str:
    """Return `number` in the form it is kept: letters and digits, upper case; empty stays empty.

    Passports, foreigners' cards and others are free text: the law nowhere lets us refuse for them.

    Raises:
        Refused: no type or an unknown one was given, the form is wrong, or the check digit is.
    """
    if not compact(number):
        if number.strip():
            raise Refused(Code.DOCUMENT_FORM, document=number.strip()[:_LONGEST_FREE])
        return ""
    try:
        kind = DocumentType(document_type)
    except ValueError:
        raise Refused(Code.DOCUMENT_TYPE_MISSING, document=number[:_LONGEST_FREE]) from None
    try:
        return _CLEANERS.get(kind, _free)(compact(number))
    except InvalidChecksum:
        raise Refused(Code.DOCUMENT_CHECK_DIGIT, document=number.strip()[:_LONGEST_FREE]) from None
    except ValidationError:
        raise Refused(Code.DOCUMENT_FORM, document=number.strip()[:_LONGEST_FREE]) from None


def format_document(document_type: str, number: str) -> str:
    """Return a kept number as people write it: 12.345.678-5 for a RUT, 12345678-Z for a Spanish DNI."""
    if document_type == T.RUT and len(number) > 1:
        return f"{int(number[:-1]):,}".replace(",", ".") + f"-{number[-1]}"
    if document_type in {T.DNI_ES, T.NIE} and len(number) == 9:
        return f"{number[:-1]}-{number[-1]}"
    return number


def _rut(number: str) -> str:
    checked: str = rut.validate(number.zfill(8))
    return checked.lstrip("0")


def _dni_pe(number: str) -> str:
    """A DNI is eight digits; its check character (digit or letter) is checked where given, and not kept."""
    if len(number) == 8 and number.isdigit():
        return number
    checked: str = cui.validate(number)
    if len(checked) != 9:
        raise ValidationError
    return checked[:8]


def _free(number: str) -> str:
    if len(number) > _LONGEST_FREE:
        raise ValidationError
    return number


def _by(module: Any) -> Callable[[str], str]:
    def clean(number: str) -> str:
        checked: str = module.validate(number)
        return checked

    return clean


def _dni_es(number: str) -> str:
    checked: str = dni.validate(number.zfill(9))
    return checked


_CLEANERS: dict[DocumentType, Callable[[str], str]] = {
    T.RUT: _rut,
    T.DNI_ES: _dni_es,
    T.NIE: _by(nie),
    T.NIF_LEGAL: _by(cif),
    T.DNI_PE: _dni_pe,
    T.RUC: _by(ruc),
}
