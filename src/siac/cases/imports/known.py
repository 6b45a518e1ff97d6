# SPDX-License-Identifier: EUPL-1.2
"""What the words of a register mean in a body: its kinds, channels, units, people and documents."""

from collections.abc import Mapping

from siac.cases.imports.column_texts import ANSWERS
from siac.cases.models import CaseKind, Channel, Outcome
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.kernel.text import fold
from siac.organizations.public import Institution, colleagues, colleagues_by_email, unit_tree
from siac.people.public import document_of

_CHANNEL_WORDS = {
    "presencial": Channel.COUNTER,
    "oficina": Channel.COUNTER,
    "mostrador": Channel.COUNTER,
    "web": Channel.WEB,
    "internet": Channel.WEB,
    "telefonico": Channel.PHONE,
    "telefonica": Channel.PHONE,
    "llamada": Channel.PHONE,
    "plataforma": Channel.PLATFORM,
    "correo": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "email": Channel.EMAIL,
    "postal": Channel.LETTER,
}


def meanings_of(institution: Institution) -> dict[str, list[tuple[str, str]]]:
    """Return what a word of each field may stand for in a body: (value kept, Spanish name)."""
    nothing = ("-", "Dejar en blanco")
    people = dict(colleagues(institution))
    addresses = colleagues_by_email(institution)
    units = unit_tree(institution).nodes.values()
    return {
        "kind": [(kind.code, kind.name) for kind in kinds(institution).values() if kind.is_active],
        "channel": [(channel.value, str(channel.label)) for channel in Channel],
        "topic": [nothing, *((topic.name, topic.name) for topic in topics(institution).values())],
        "state": list(ANSWERS.items()),
        "outcome": [nothing, *((code, str(label)) for code, label in Outcome.choices)],
        "unit": [nothing, *((unit.code, unit.name) for unit in units)],
        "officer": [nothing, *((address, people[pk]) for address, pk in addresses.items() if pk in people)],
        "document_type": [(document.code, document.name) for document in institution.country.documents],
    }


class KnownWords:
    """Looks up words, case and accents aside, in one body as it is now (2 SQL when made, the rest cached)."""

    def __init__(self, institution: Institution) -> None:
        active = [kind for kind in kinds(institution).values() if kind.is_active]
        self._kinds = {fold(kind.name): kind for kind in active} | {kind.code: kind for kind in active}
        labels = {fold(channel.label): channel for channel in Channel}
        self._channels: Mapping[str, Channel] = {**_CHANNEL_WORDS, **labels, **{c.value: c for c in Channel}}
        self._tree = unit_tree(institution)
        self._units = {fold(node.name): node.pk for node in self._tree.nodes.values()}
        self._units |= {fold(node.code): node.pk for node in self._tree.nodes.values()}
        self._officers = _by_one_name(colleagues(institution)) | colleagues_by_email(institution)
        documents = institution.country.documents
        self._first_type = documents[0].code
        self._types = {word: document.code for document in documents for word in document.called}
        self._types |= {fold(document.name): document.code for document in documents}
        self._types |= {document.code: document.code for document in documents}

    def kind(self, word: str) -> CaseKind | None:
        """Return the active kind with this code or name."""
        return self._kinds.get(word) or self._kinds.get(fold(word))

    def channel(self, word: str) -> Channel | None:
        """Return the channel that a word means."""
        return self._channels.get(fold(word))

    def unit(self, word: str, *, is_open: bool) -> int | None:
        """Return the unit with this code or name; an open case goes to the one that follows a closed unit."""
        found = self._units.get(fold(word)) if word else None
        return self._tree.current(found) if is_open else found

    def officer(self, word: str) -> int | None:
        """Return the active person of the body with this e-mail, or with this name if nobody else has it."""
        return self._officers.get(word.lower()) or self._officers.get(fold(word))

    def document_type(self, word: str) -> str | None:
        """Return the document that a word means; without a word, the most usual of the country."""
        if not word:
            return self._first_type
        return self._types.get(fold(word)) or self._types.get(fold(word).replace(".", "").strip())


def _by_one_name(people: list[tuple[int, str]]) -> dict[str, int]:
    """Leave out names that two people bear."""
    names = [fold(name) for _, name in people]
    return {fold(name): pk for pk, name in people if names.count(fold(name)) == 1}


def padded(kind: str, number: str) -> str:
    """Return the number of a document with the zeros that a spreadsheet took from its beginning."""
    document = document_of(kind)
    return document.restore(number) if document else number
