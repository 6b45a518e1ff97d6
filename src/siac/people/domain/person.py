# SPDX-License-Identifier: EUPL-1.2
"""What is known of a person, and the words under which the vault finds them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from siac.kernel.text import fold, one_letter_off, squeeze, words
from siac.people.domain.documents import document_of, documents

TERMS_VERSION = 3
"""Raised whenever `terms` finds people under more or other terms; a job then
gives those kept before their new ones.
"""
SHORTEST_PREFIX = 3
LONGEST_PREFIX = 12
_PHONE_DIGITS = (9, 8, 7, 6)
_SHORTEST_NUMBER = 4
"""Digits from which on what somebody types is a document or a telephone."""
_AGENT = "agent:"
_SHORTEST_FORGIVEN = 4
_MOST_FORGIVEN = 4
_LONGEST_QUERY = 200
_PARTICLES = frozenset(
    ["de", "del", "la", "las", "lo", "los", "y", "e", "da", "do", "dos", "san", "santa", "van", "von"]
)
"""Words that begin many a surname and are none by themselves."""
_LABELS = frozenset(label for document in documents().values() for label in document.labels) | {
    "tel", "telefono", "fono", "cel", "celular", "movil", "documento", "numero", "nro", "no",
}  # fmt: skip


class PersonKind(StrEnum):
    NATURAL = "natural"
    LEGAL = "legal"


class Preference(StrEnum):
    """How a person wants to be answered, as the vault keeps it."""

    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    SMS = "sms"
    IN_PERSON = "in_person"


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
    verified_by: str = ""
    """The server of identity that told name and document, by the name people know it; empty: nobody did."""
    verified_on: str = ""
    """Local day on which it told (ISO 8601)."""
    agent: str = ""
    """Who acts for them, by document, and how to reach that one: a line, as it came; empty: nobody known."""

    @property
    def verified_day(self) -> date | None:
        """Return the local day on which a server of identity told who this is; None where none did."""
        return date.fromisoformat(self.verified_on) if self.verified_on else None

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
    return f"tel:{_digits(phone)[-_PHONE_DIGITS[0] :]}"


def phone_terms(phone: str) -> list[str]:
    """Return the terms under which a phone is found: its last nine digits, and
    the six to eight that people give of it.
    """
    digits = _digits(phone)
    return [f"tel:{digits[-size:]}" for size in _PHONE_DIGITS if len(digits) >= min(size, len(digits))]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())


def email_term(email: str) -> str:
    """Return the term that finds a whole e-mail address, capital letters aside."""
    return f"mail:{email.strip().casefold()}"


def name_terms(text: str) -> list[list[str]]:
    """Return the words of a name as someone types them, each perhaps only begun, as alternatives.

    A name written apart is also meant together: D'Angelo, d angelo and dangelo are one.
    """
    found: list[list[str]] = []
    for parts in _joined_words(text):
        whole = [_name_term("".join(parts))] if len(parts) > 1 else []
        found.extend([_name_term(part), *whole] for part in parts)
    return found


def _name_term(word: str) -> str:
    return f"name:{word[:LONGEST_PREFIX]}"


def _joined_words(text: str) -> list[list[str]]:
    """Return the words of a text by what is written together; a single letter goes with the word after it."""
    groups: list[list[str]] = []
    is_open = False
    for written in text.split():
        parts = words(written)
        if not parts:
            continue
        if is_open:
            groups[-1].extend(parts)
        else:
            groups.append(parts)
        is_open = len(parts) == 1 and len(parts[0]) == 1 and parts[0].isascii()
    return groups


def terms(data: PersonData) -> set[str]:
    """Return every term under which `data` is found: contacts whole, names whole and by their beginnings."""
    found: set[str] = set()
    for parts in _joined_words(data.display_name):
        for word in {*parts, "".join(parts)}:
            found.update(_beginnings(word))
    if data.document_number:
        found.add(document_term(data.document_number))
    if data.email:
        found.add(email_term(data.email))
    if data.phone:
        found.update(phone_terms(data.phone))
    return found | agent_terms(data.agent)


def agent_name(agent: str) -> str:
    """Return the name in a line that tells who acts for somebody: what stands first, without its number.

    >>> agent_name("Iker Sola 00000000T; iker@ejemplo.es")
    'Iker Sola'
    """
    parts = agent.partition(";")[0].split()
    return " ".join(part for part in parts if "@" not in part and len(_digits(part)) < _SHORTEST_NUMBER)


def agent_terms(agent: str) -> set[str]:
    """Return the terms under which somebody is found by who acts for them: names as any name; document, mail
    and telephone as an agent's, so that nobody is taken for whoever acts for them, nor reached instead.

    >>> sorted(agent_terms("B12345674; calle Mayor, 12; gestor@ejemplo.es"))
    ['agent:doc:B12345674', 'agent:mail:gestor@ejemplo.es']
    """
    found: set[str] = set()
    for parts in _joined_words(agent_name(agent)):
        for word in {*parts, "".join(parts)}:
            found.update(_beginnings(word))
    first, *reached = agent.split(";")
    said = first.split()
    own = {document_term(each) for each in said if "@" not in each and len(_digits(each)) >= _SHORTEST_NUMBER}
    for part in [*(each for each in said if "@" in each), *reached]:
        if "@" in part:
            own.add(email_term(part))
        elif len(_digits(part)) >= _PHONE_DIGITS[-1] and not any(c.isalpha() for c in part):
            own.update(phone_terms(part))
    return found | {f"{_AGENT}{term}" for term in own}


def _beginnings(word: str) -> set[str]:
    """Return a word and its beginnings, of three letters or more; from the first
    where each sign is a syllable or a word.
    """
    shortest = SHORTEST_PREFIX if word[0] < "\u0250" else 1
    sizes = range(shortest, min(len(word), LONGEST_PREFIX))
    return {_name_term(word), *(f"name:{word[:size]}" for size in sizes)}


def contact_terms(data: PersonData) -> list[str]:
    """Return the terms of what belongs to one person alone: document and
    e-mail; a phone may be a household's.
    """
    found = [document_term(data.document_number)] if data.document_number else []
    return [*found, email_term(data.email)] if data.email else found


def asked_terms(query: str) -> list[list[str]]:
    """Return what must all match, each as a list of alternatives; nothing to look for gives an empty list.

    Four digits or more are a document or a phone, with a name beside them or without. Each is somebody's own
    or of who acts for them.
    """
    query = squeeze(query)[:_LONGEST_QUERY]
    if "@" in query:
        return [_or_of_agent([email_term(query)])]
    if len(_digits(query)) < _SHORTEST_NUMBER:
        return _distinct(name_terms(query))
    written = query.split()
    named = [part for part in written if _is_name(part)]
    number = "".join(part for part in written if part not in named and "".join(words(part)) not in _LABELS)
    alternatives = [document_term(number)]
    if len(_digits(number)) >= _PHONE_DIGITS[-1]:
        alternatives.append(phone_term(number))
    return [_or_of_agent(alternatives), *_distinct(name_terms(" ".join(named)))]


def _or_of_agent(alternatives: list[str]) -> list[str]:
    return [*alternatives, *(f"{_AGENT}{term}" for term in alternatives)]


def _is_name(part: str) -> bool:
    said = "".join(words(part))
    return len(said) >= SHORTEST_PREFIX and said not in _LABELS and not any(c.isdigit() for c in said)


def _distinct(asked: list[list[str]]) -> list[list[str]]:
    return [list(one) for one in dict.fromkeys(tuple(alternatives) for alternatives in asked)]


def forgiving_terms(query: str) -> list[list[str]]:
    """Return what `asked_terms` does with one wrong letter forgiven in each
    word of a name; empty where none can be.

    Some four hundred alternatives a word: only asked where nothing was found without them.
    """
    query = squeeze(query)[:_LONGEST_QUERY]
    if "@" in query or any(c.isdigit() for c in query):
        return []
    asked = _distinct(name_terms(query))
    forgiven = 0
    for alternatives in asked:
        word = alternatives[0].removeprefix("name:")
        if forgiven < _MOST_FORGIVEN and len(word) >= _SHORTEST_FORGIVEN and word < "\u0250":
            alternatives.extend(f"name:{other}" for other in one_letter_off(word))
            forgiven += 1
    return asked if forgiven else []


def second_factors(data: PersonData, size: int) -> list[str]:
    """Return the endings of `size` characters that prove knowledge of the document, or of
    the telephone where the person gave neither document nor mail.

    A document also without its last sign, where people read it so from their card.
    """
    number = compact(data.document_number)
    if not number and not data.email:
        number = compact(data.phone)
    document = document_of(data.document_type)
    bodies = [number, number[:-1]] if document and document.proves_without_last else [number]
    return [body[-size:] for body in bodies if 0 < size <= len(body)]


def proving_names(data: PersonData) -> list[str]:
    """Return what proves who it is where the person gave neither document, mail nor telephone (a letter, or
    someone at the desk): the name, the surnames, or the first of them with its particles, `as_typed`.

    Where the name is in one piece, as the registry keeps that of a letter, any word behind the first may
    begin the surnames. Of a body the whole name: anybody guesses «Junta». Nothing where any of those was
    given.
    """
    if data.document_number or data.email or data.phone:
        return []
    parts = as_typed(data.family_names or data.given_names).split()
    if not parts:
        return []
    proofs = {" ".join(parts)}
    if data.kind == PersonKind.NATURAL:
        begins = (0,) if data.family_names else range(1, len(parts))
        for tail in (parts[begin:] for begin in begins):
            own = next((place for place, part in enumerate(tail, 1) if part not in _PARTICLES), None)
            proofs |= {" ".join(tail), " ".join(tail[:own])} if own else set()
    return sorted(proofs)


def as_typed(name: str) -> str:
    """Return a name without what people leave out when they type: accents, capitals, ñ, further blanks."""
    return fold(squeeze(name)).replace("ñ", "n")
