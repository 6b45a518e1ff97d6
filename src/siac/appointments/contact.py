# SPDX-License-Identifier: EUPL-1.2
"""Who booked, and how to reach them: sealed in the row with the key of the vault until it is forgotten."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from siac.appointments.models import Appointment, Waiter
from siac.infra.crypto import anonymous_key, current_prefix, seal, unseal, vault_keys
from siac.infra.travelling import Row, register_sealed
from siac.kernel.errors import Refused
from siac.kernel.mail_addresses import is_mail_address
from siac.kernel.text import squeeze
from siac.notices.public import Address, mobile_number, sends_texts
from siac.organizations.public import Institution

_PURPOSE = "appointments.contact"
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NAME_LIMIT, EMAIL_LIMIT, PHONE_LIMIT, DOCUMENT_LIMIT = 100, 254, 40, 30


@dataclass(frozen=True, slots=True)
class Contact:
    """Who somebody says they are, and where they can be told; `document` only where an agenda asks for it."""

    name: str
    email: str = ""
    phone: str = ""
    document: str = ""


def cleaned(contact: Contact, institution: Institution, *, asks_document: bool) -> Contact:
    """Return a contact as it is kept.

    Raises:
        Refused: there is no name (contact_name), no way to reach them (contact_missing), the address or the
            number is none (contact_email, contact_phone), or the document that is asked for is missing
            (contact_document).
    """
    name = squeeze(contact.name)[:NAME_LIMIT]
    email, phone = contact.email.strip()[:EMAIL_LIMIT], squeeze(contact.phone)[:PHONE_LIMIT]
    if not name:
        raise Refused("contact_name")
    if not (email or phone):
        raise Refused("contact_missing")
    if email and not is_mail_address(email):
        raise Refused("contact_email")
    if phone and not 7 <= sum(sign.isdigit() for sign in phone) <= 15:
        raise Refused("contact_phone")
    document = squeeze(contact.document)[:DOCUMENT_LIMIT] if asks_document else ""
    if asks_document and not document:
        raise Refused("contact_document")
    return Contact(name, email, phone, document)


def contact_keys(contact: Contact, institution: Institution) -> list[str]:
    """Return digests of how somebody can be reached, alike for the same address or number however written."""
    number = mobile_number(contact.phone, institution.jurisdiction) if contact.phone else ""
    digits = number or "".join(sign for sign in contact.phone if sign.isdigit())
    told = [f"mail {contact.email.casefold()}"] if contact.email else []
    told += [f"phone {digits}"] if digits else []
    return sorted(anonymous_key(_PURPOSE, f"{institution.pk} {each}").hex() for each in told)


def new_token() -> tuple[str, str]:
    """Return a secret (128 bits) for an address, and its digest."""
    token = secrets.token_urlsafe(16)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """Return the digest by which the row of a secret is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Return six characters to type at a screen; they open nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(6))


def sealed(contact: Contact, token: str) -> bytes:
    """Return who somebody is and their secret, sealed for the row of that secret."""
    told = json.dumps({**asdict(contact), "token": token}, ensure_ascii=False)
    return seal(vault_keys(), _PURPOSE, told.encode(), digest_of(token))


def opened(row: Appointment | Waiter) -> tuple[Contact, str] | None:
    """Return who somebody is and their secret; None once it was forgotten. No SQL."""
    if row.sealed is None:
        return None
    return _read(unseal(vault_keys(), _PURPOSE, bytes(row.sealed), row.token_digest))


def _read(text: bytes) -> tuple[Contact, str]:
    told = json.loads(text)
    token = told.pop("token")
    return Contact(**told), token


def name_of(row: Appointment | Waiter) -> str:
    """Return the name of somebody; empty once it was forgotten. No SQL."""
    found = opened(row)
    return found[0].name if found else ""


def channel_of(contact: Contact, institution: Institution, *, by_hand: bool = False) -> str:
    """Return the code of the channel by which somebody is told (1 SQL where only a telephone is known):
    mail, else a text message where the body sends them, else, for what they must know (`by_hand`), an
    officer who calls; else none.
    """
    if contact.email:
        return "email"
    if mobile_number(contact.phone, institution.jurisdiction) and sends_texts(institution.pk):
        return "sms"
    return "phone" if by_hand else "none"


def appointment_address(institution_id: int, pk: int) -> Address | None:
    """Return how the outbox reaches who booked an appointment; None once it was forgotten (1 SQL)."""
    return _address(Appointment.objects.filter(institution_id=institution_id, pk=pk).first())


def waiter_address(institution_id: int, pk: int) -> Address | None:
    """Return how the outbox reaches somebody who waits; None once it was forgotten (1 SQL)."""
    return _address(Waiter.objects.filter(institution_id=institution_id, pk=pk).first())


def _address(row: Appointment | Waiter | None) -> Address | None:
    found = opened(row) if row is not None else None
    return Address(found[0].email, found[0].name, found[0].phone) if found else None


def register_travelling() -> None:
    """Say what of appointments is sealed, and what is made anew from it elsewhere."""
    for model in (Appointment, Waiter):
        register_sealed(model, "sealed", _PURPOSE, _bound_to, again=_reached_by, remade={"contact_keys": []})


def _bound_to(row: Row) -> str:
    return row["token_digest"] or ""


def _reached_by(body: Institution, row: Row, text: bytes) -> Mapping[str, Any]:
    return {"contact_keys": contact_keys(_read(text)[0], body)}


def reseal() -> int:
    """Seal again, with the current key, what lies sealed with a former one; return how many rows."""
    keys, changed = vault_keys(), 0
    for model in (Appointment, Waiter):
        for row in model._default_manager.filter(sealed__isnull=False).order_by("pk").iterator():
            if bytes(row.sealed or b"").startswith(current_prefix(keys)):
                continue
            told = unseal(keys, _PURPOSE, bytes(row.sealed or b""), row.token_digest)
            known = model._default_manager.filter(pk=row.pk, sealed__isnull=False)  # forgotten meanwhile: no
            changed += known.update(sealed=seal(keys, _PURPOSE, told, row.token_digest))
    return changed
