# SPDX-License-Identifier: EUPL-1.2
"""What is known of a person, and the words under which the vault finds them."""

from dataclasses import dataclass
from enum import StrEnum

from siac.kernel.text import words

SHORTEST_PREFIX = 3
LONGEST_PREFIX = 12
_PHONE_DIGITS = 9


class PersonKind(StrEnum):
    NATURAL = "natural"
    LEGAL = "legal"


class DocumentType(StrEnum):
    RUT = "rut"
    DNI_ES = "dni_es"
    NIE = "nie"
    NIF_LEGAL = "nif_legal"
    DNI_PE = "dni_pe"
    RUC = "ruc"
    CE = "ce"
    PASSPORT = "passport"
    OTHER = "other"


class Channel(StrEnum):
    """How a person wants to be answered."""

    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    SMS = "sms"
    IN_PERSON = "in_person"
    NONE = "none"


class Code(StrEnum):
    DOCUMENT_CHECK_DIGIT = "document_check_digit"
    DOCUMENT_FORM = "document_form"
    DOCUMENT_TYPE_MISSING = "document_type_missing"
    EMAIL_FORM = "email_form"
    PHONE_FORM = "phone_form"
    TEXT_TOO_LONG = "person_text_too_long"
    ERASED = "person_erased"
    UNKNOWN = "person_unknown"


@dataclass(frozen=True)
class PersonData:
    """Identity and contact of one person; every field may be empty, no law-free field is compulsory here.

    A legal person has its name in `family_names`. `document_number` is kept normalised (see `identifiers`).
    """

    kind: PersonKind = PersonKind.NATURAL
    given_names: str = ""
    family_names: str = ""
    document_type: str = ""
    document_number: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    preferred_channel: str = ""

    @property
    def display_name(self) -> str:
        """Return the full name, or an empty text for someone who gave none."""
        return f"{self.given_names} {self.family_names}".strip()


def compact(number: str) -> str:
    """Return the letters and digits of a document number, upper case: 12.345.678-k gives 12345678K."""
    return "".join(c for c in number.upper() if c.isascii() and c.isalnum())


def document_term(number: str) -> str:
    """Return the term that finds a document however it is written."""
    return f"doc:{compact(number).lstrip('0')}"


def phone_term(phone: str) -> str:
    """Return the term that finds a phone with or without its country prefix: its last nine digits."""
    return f"tel:{''.join(c for c in phone if c.isdigit())[-_PHONE_DIGITS:]}"


def email_term(email: str) -> str:
    """Return the term that finds a whole e-mail address, capital letters aside."""
    return f"mail:{email.strip().casefold()}"


def name_terms(text: str) -> list[str]:
    """Return the terms of the words of a name as someone types them, each perhaps only begun."""
    return [f"name:{word[:LONGEST_PREFIX]}" for word in words(text)]


def terms(data: PersonData) -> set[str]:
    """Return every term under which `data` is found: contacts whole, names whole and by their beginnings."""
    found: set[str] = set()
    for word in words(data.display_name):
        found.add(f"name:{word[:LONGEST_PREFIX]}")
        found.update(f"name:{word[:size]}" for size in range(SHORTEST_PREFIX, min(len(word), LONGEST_PREFIX)))
    if data.document_number:
        found.add(document_term(data.document_number))
    if data.email:
        found.add(email_term(data.email))
    if data.phone:
        found.add(phone_term(data.phone))
    return found


def contact_terms(data: PersonData) -> list[str]:
    """Return the terms of what belongs to one person alone: document and e-mail; a phone may be a household's."""
    found = [document_term(data.document_number)] if data.document_number else []
    return [*found, email_term(data.email)] if data.email else found


def asked_terms(query: str) -> list[list[str]]:
    """Return what must all match, each as a list of alternatives; nothing to look for gives an empty list."""
    query = query.strip()
    if "@" in query:
        return [[email_term(query)]]
    digits = sum(c.isdigit() for c in query)
    if digits >= 4:
        alternatives = [document_term(query)]
        if digits >= 6:
            alternatives.append(phone_term(query))
        return [alternatives]
    return [[term] for term in dict.fromkeys(name_terms(query))]


def second_factors(data: PersonData, size: int) -> list[str]:
    """Return the endings of `size` characters that prove knowledge of the document.

    A Chilean RUT also by its digits without the check digit, as people read it from their card.
    """
    number = compact(data.document_number)
    bodies = [number, number[:-1]] if data.document_type == DocumentType.RUT else [number]
    return [body[-size:] for body in bodies if 0 < size <= len(body)]
