# SPDX-License-Identifier: EUPL-1.2
"""What the ledger of erasures says of people, so that a restored backup erases
them again (see `infra.erasures`).
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from siac.infra.erasures import append_to_ledger
from siac.people.models import Person


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """One line: the body, the id that a person had there, since when it was known (ids are given
    anew after a restore), when it was erased.
    """

    institution: str
    person: int
    known_since: str
    at: str


def erased_person(person: Person, *, at: datetime) -> ErasedPerson:
    """Return what the ledger says of the erasure of a person."""
    return ErasedPerson(person.institution.slug, person.pk, person.created_at.isoformat(), at.isoformat())


def note_erased(person: Person, *, at: datetime) -> None:
    """Write down that a person is erased, before it is."""
    append_to_ledger(asdict(erased_person(person, at=at)))
