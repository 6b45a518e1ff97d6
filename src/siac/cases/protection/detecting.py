# SPDX-License-Identifier: EUPL-1.2
"""What in a text may tell who somebody is, or open their case: tracking codes, document numbers of the three
countries, e-mails, phones, known names.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stdnum.cl import rut
from stdnum.es import dni, nie
from stdnum.pe import ruc

from siac.cases.domain.numbers import places_of_codes
from siac.cases.protection.redaction_rules import Span, occurrences
from siac.kernel.text import fold
from siac.people.public import PersonData

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_RUT = re.compile(r"(?<![\w.-])\d{1,2}\.?\d{3}\.?\d{3}\s?-?\s?[\dkK](?![\w-])")
_DNI = re.compile(r"(?<![\w.-])\d{2}\.?\d{3}\.?\d{3}[ -]?[A-Za-z](?!\w)")
_NIE = re.compile(r"(?<![\w.-])[XYZxyz][ -]?\d{7}[ -]?[A-Za-z](?!\w)")
_RUC = re.compile(r"(?<![\w.-])\d{11}(?!\w)")
_EIGHT = re.compile(r"(?<![\w.-])\d{8}(?![\w-])")
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
    checks = (
        ("Correo", _EMAIL, lambda value: True), ("RUT", _RUT, rut.is_valid), ("NIE", _NIE, nie.is_valid),
        ("DNI", _DNI, dni.is_valid), ("RUC", _RUC, ruc.is_valid), ("DNI", _EIGHT, lambda value: True),
        (NUMBER, _PHONE, _is_phone),
    )  # fmt: skip
    for what, pattern, holds in checks:
        for match in pattern.finditer(text):
            if holds(match[0].replace(".", "") if what == "DNI" else match[0]):
                yield what, Span(*match.span())
    for name in _names(people):
        for span in occurrences(text, name):
            yield "Nombre", span


def _is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return 8 <= digits <= 15 and not _DATE.fullmatch(text)


def _names(people: Iterable[PersonData]) -> list[str]:
    """Return whole names first, then their words: «Ana Rojas Soto», «Ana Rojas», «Rojas»."""
    names: list[str] = []
    for person in people:
        given, family = person.given_names.split(), person.family_names.split()
        names += [
            " ".join([*given, *family]),
            " ".join([*given[:1], *family]),
            " ".join([*given[:1], *family[:1]]),
        ]
        names += [word for word in [*family, *given] if len(word) >= _SHORTEST_NAME and word[0].isupper()]
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
