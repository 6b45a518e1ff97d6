# SPDX-License-Identifier: EUPL-1.2
"""Document numbers: check digits, the one form kept, the form shown, as the country of each has them."""

from stdnum.exceptions import InvalidChecksum, ValidationError

from siac.kernel.errors import Refused
from siac.people.domain.documents import document_of
from siac.people.domain.person import Code, compact

_LONGEST_TOLD = 30


def clean_document(document_type: str, number: str) -> str:
    """Return `number` in the form it is kept: letters and digits, upper case; empty stays empty.

    Passports, foreigners' cards and others are free text: the law nowhere lets us refuse for them.

    Raises:
        Refused: no type or an unknown one was given, the form is wrong, or the check digit is.
    """
    told = number.strip()[:_LONGEST_TOLD]
    if not compact(number):
        if told:
            raise Refused(Code.DOCUMENT_FORM, document=told)
        return ""
    document = document_of(document_type)
    if document is None:
        raise Refused(Code.DOCUMENT_TYPE_MISSING, document=number[:_LONGEST_TOLD])
    try:
        return document.clean(compact(number))
    except InvalidChecksum:
        raise Refused(Code.DOCUMENT_CHECK_DIGIT, document=told) from None
    except ValidationError:
        raise Refused(Code.DOCUMENT_FORM, document=told) from None


def format_document(document_type: str, number: str) -> str:
    """Return a kept number as people write it: 12.345.678-5 for a RUT, 12345678-Z for a Spanish DNI."""
    document = document_of(document_type)
    return document.show(number) if document else number
