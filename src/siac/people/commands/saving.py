# SPDX-License-Identifier: EUPL-1.2
"""Keeping, changing and erasing people."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.infra.ready import Part, ReadyInsert, next_keys, send
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.mail_addresses import is_mail_address
from siac.kernel.text import squeeze
from siac.people import vault
from siac.people.domain.person import TERMS_VERSION, Code, PersonData, terms
from siac.people.erasures import ErasedPerson, note_erased
from siac.people.extensions import forgetters
from siac.people.identifiers import clean_document
from siac.people.models import TRAITS, Characteristics, Identity, Person
from siac.people.texts import CHARACTERISED, FIELDS

_PERSON, _IDENTITY = ReadyInsert(Person), ReadyInsert(Identity)
_LIMITS = {
    "given_names": 150,
    "family_names": 200,
    "email": 254,
    "phone": 40,
    "address": 300,
    "preferred_channel": 20,
    "verified_by": 60,
    "verified_on": 10,
    "agent": 600,
}


def clean_person(data: PersonData) -> PersonData:
    """Return `data` as it is kept: blanks squeezed, e-mail checked, document normalised.

    Nothing is compulsory.

    Raises:
        Refused: a text is too long, or the e-mail, phone or document is wrong.
    """
    values: dict[str, Any] = {}
    for name, limit in _LIMITS.items():
        text = squeeze(getattr(data, name))
        if len(text) > limit:
            raise Refused(Code.TEXT_TOO_LONG, field=FIELDS[name], limit=limit)
        values[name] = text
    _check_contact(values["email"], values["phone"])
    number = clean_document(data.document_type, squeeze(data.document_number))
    return replace(
        data, **values, document_number=number, document_type=str(data.document_type) if number else ""
    )


def _check_contact(email: str, phone: str) -> None:
    if email and not is_mail_address(email):
        raise Refused(Code.EMAIL_FORM, email=email)
    if phone and not 6 <= sum(c.isdigit() for c in phone) <= 15:
        raise Refused(Code.PHONE_FORM, phone=phone)


def save_person(institution_id: int, data: PersonData, now: datetime, *, is_internal: bool = False) -> int:
    """Keep a new person and return the id (2 SQL).

    Raises:
        Refused: as `clean_person`.
    """
    data = clean_person(data)
    (person_id,) = next_keys(Person)
    send(new_person(institution_id, person_id, data, now, is_internal=is_internal))
    return person_id


def new_person(
    institution_id: int, person_id: int, data: PersonData, now: datetime, *, is_internal: bool = False
) -> list[Part]:
    """Return the parts of a statement that keep a new person under an id taken before (`next_keys`).

    Raises:
        Refused: as `clean_person`.
    """
    data = clean_person(data)
    person = Person(
        pk=person_id,
        institution_id=institution_id,
        kind=data.kind,
        is_internal=is_internal,
        created_at=now,
    )
    return [_PERSON([person]), _IDENTITY([_identity(institution_id, person_id, data)])]


@transaction.atomic
def save_people(
    institution_id: int, people: list[PersonData], now: datetime, *, is_internal: bool = False
) -> list[int]:
    """Keep many new people and return their ids in order: 2 SQL per thousand.

    Raises:
        Refused: as `clean_person`, for the first that is wrong; then none is kept.
    """
    cleaned = [clean_person(data) for data in people]
    rows = Person.objects.bulk_create(
        (
            Person(institution_id=institution_id, kind=data.kind, is_internal=is_internal, created_at=now)
            for data in cleaned
        ),
        batch_size=1000,
    )
    Identity.objects.bulk_create(
        (_identity(institution_id, row.pk, data) for row, data in zip(rows, cleaned, strict=True)),
        batch_size=1000,
    )
    return [row.pk for row in rows]


@transaction.atomic
def update_person(
    institution_id: int, person_id: int, data: PersonData, now: datetime, *, actor_id: int | None
) -> None:
    """Replace the identity of a person; the journal notes that it changed, not what.

    Raises:
        Refused: the person is unknown or erased, or as `clean_person`.
    """
    data = clean_person(data)
    person = _locked(institution_id, person_id)
    Person.objects.filter(pk=person.pk).update(kind=data.kind)
    row = _identity(institution_id, person_id, data)
    Identity.objects.filter(pk=person_id).update(
        sealed=row.sealed, tokens=row.tokens, terms_version=row.terms_version
    )
    record(institution_id, f"person:{person_id}", "people.changed", now, actor_id)


@transaction.atomic
def erase_person(institution_id: int, person_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Delete who a person is and what they told of themselves; the id and what was counted stay.

    The ledger of erasures tells it.

    Raises:
        Refused: the person is unknown or already erased.
    """
    person = _locked(institution_id, person_id)
    Identity.objects.filter(pk=person.pk).delete()
    Characteristics.objects.filter(pk=person.pk).delete()
    Person.objects.filter(pk=person.pk).update(erased_at=now)
    for forget in forgetters():
        forget(institution_id, person.pk)
    record(institution_id, f"person:{person_id}", "people.erased", now, actor_id)
    note_erased(person, at=now)


@transaction.atomic
def erase_person_again(line: ErasedPerson, *, now: datetime) -> bool | None:
    """Erase after a restore whom the ledger says was erased; return whether that was
    needed, None where nobody of today is meant.

    An id that somebody else bears since the restore is left alone: the moment
    since when they are known tells them apart.
    """
    since = datetime.fromisoformat(line.known_since)
    found = Person.objects.filter(
        pk=line.person, institution__slug=line.institution, created_at=since
    ).first()
    if found is None:
        return None
    if found.erased_at is not None:
        return False
    erase_person(found.institution_id, found.pk, actor_id=None, now=now)
    return True


@transaction.atomic
def save_characteristics(
    institution_id: int, person_id: int, *, actor_id: int | None, now: datetime, **values: str
) -> None:
    """Keep the coarse facts a person gave, in place of those given before; the journal tells that, not what.

    Raises:
        Refused: the person is unknown or erased.
        django.core.exceptions.ValidationError: a value is not one of its choices.
    """
    _locked(institution_id, person_id)
    row = Characteristics(person_id=person_id, institution_id=institution_id, **values)
    row.clean_fields(exclude=["person", "institution"])
    Characteristics.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person"], update_fields=list(TRAITS)
    )
    record(institution_id, f"person:{person_id}", CHARACTERISED, now, actor_id)


def _locked(institution_id: int, person_id: int) -> Person:
    found = Person.objects.select_for_update().filter(institution_id=institution_id, pk=person_id).first()
    if found is None:
        raise Refused(Code.UNKNOWN)
    if found.erased_at is not None:
        raise Refused(Code.ERASED)
    return found


def _identity(institution_id: int, person_id: int, data: PersonData) -> Identity:
    return Identity(
        person_id=person_id,
        institution_id=institution_id,
        sealed=vault.sealed(institution_id, person_id, data),
        tokens=vault.tokens(institution_id, terms(data)),
        terms_version=TERMS_VERSION,
    )
