# SPDX-License-Identifier: EUPL-1.2
"""What in a text may tell who somebody is, or open their case: tracking codes, document numbers of every
country, e-mails, phones, known names.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from siac.cases.domain.numbers import places_of_codes
from siac.cases.protection.redaction_rules import Span, occurrences
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.people.public import PersonData, agent_name, clean_document, documents

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.-])\+?\(?\d[\d ().-]{6,17}\d(?![\w-])")
_DATE = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}-\d{6}")
"""A day or a folio."""
NUMBER = "Teléfono u otro número"
_SHORTEST_NAME = 3


class Found(NamedTuple):
    """One thing found: what kind it is, in Spanish, and as it is written."""

    what: str
    text: str


def detected(text: str, people: Iterable[PersonData] = ()) -> list[Found]:
    """Return what may identify somebody in `text`, each writing once, in the order of the text.

    A suggestion for a person who decides: numbers are checked by their check digit where they
    have one (a Peruvian DNI has none: any eight digits), and names are those of `people`. What
    nobody wrote down as a name is not found.
    """
    taken: list[Span] = []
    found: dict[str, tuple[int, Found]] = {}
    for what, span in _spans(text, people):
        written = text[span.start : span.end].strip()
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
            found.setdefault(written, (span.start, Found(what, written)))
    return [item for _, item in sorted(found.values())]


def _spans(text: str, people: Iterable[PersonData]) -> Iterator[tuple[str, Span]]:
    """Yield all that is found, what is surest first: of two that overlap the first counts."""
    for place in places_of_codes(text):
        yield "Código de seguimiento", Span(*place)
    for match in _EMAIL.finditer(text):
        yield "Correo", Span(*match.span())
    yield from _numbers(text)
    for match in filter(lambda found: _is_phone(found[0]), _PHONE.finditer(text)):
        yield NUMBER, Span(*match.span())
    for name in _names(people):
        for span in occurrences(text, name):
            yield "Nombre", span


def _numbers(text: str) -> Iterator[tuple[str, Span]]:
    for document in sorted(documents().values(), key=lambda each: not each.has_check_digit):
        for match in document.in_text.finditer(text) if document.in_text else ():
            if _is_number(document.code, match[0]):
                yield document.name, Span(*match.span())


def _is_number(document_type: str, text: str) -> bool:
    try:
        return bool(clean_document(document_type, text))
    except Refused:
        return False


def _is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return 8 <= digits <= 15 and not _DATE.fullmatch(text)


def _names(people: Iterable[PersonData]) -> list[str]:
    """Return whole names first, then their words: «Ana Rojas Soto», «Ana Rojas», «Rojas». Who acts for them,
    too.
    """
    names: list[str] = []
    for person in people:
        given, family = person.given_names.split(), person.family_names.split()
        names += [
            " ".join([*given, *family]),
            " ".join([*given[:1], *family]),
            " ".join([*given[:1], *family[:1]]),
        ]
        acting = agent_name(person.agent)
        names.append(acting)
        words = [*family, *given, *acting.split()]
        names += [word for word in words if len(word) >= _SHORTEST_NAME and word[0].isupper()]
    return [name for name in dict.fromkeys(names) if name]


def of_others(text: str, own: PersonData) -> list[str]:
    """Return the numbers, e-mails and phones in `text` that are not `own`: other people's, to be
    blacked out.
    """
    mine = {_key(value) for value in (own.document_number, own.email, own.phone) if value}
    endings = {key[-8:] for key in mine if len(key) >= 8 and key.isdigit()}
    return [
        item.text
        for item in detected(text)
        if _key(item.text) not in mine and _key(item.text)[-8:] not in endings
    ]


def _key(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
