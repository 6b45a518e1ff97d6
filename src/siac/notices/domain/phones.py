# SPDX-License-Identifier: EUPL-1.2
"""Telephone numbers as people write them, as the world dials them (E.164)."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from siac.countries.public import COUNTRIES

_TAKES_TEXTS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def mobile_number(written: str, country: str) -> str:
    """Return a mobile number as +56912345678, one without prefix read as of `country` (ISO 3166: CL, PE, ES).

    Empty where it is none, or is one that takes no text messages.
    """
    try:
        number = phonenumbers.parse(written, country)
    except NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _TAKES_TEXTS:
        return ""
    begins = {each.phones.prefix: each.phones.mobiles_begin for each in COUNTRIES.values()}
    if not str(number.national_number).startswith(begins.get(number.country_code or 0, "")):
        return ""
    dialled: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return dialled
