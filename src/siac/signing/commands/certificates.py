# SPDX-License-Identifier: EUPL-1.2
"""The certificate of a body: added, in place of another one, withdrawn; and how the body signs."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from siac.accounts.public import User
from siac.infra.confined import CannotRead, read
from siac.infra.crypto import Unreadable
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution, note_configuration
from siac.signing import secrets
from siac.signing.commands.going_on import go_on_held
from siac.signing.models import SigningCertificate, SigningSetup

LARGEST = 64 * 1024
"""Bytes of the file of a certificate."""
_SECONDS = 10.0


def add_certificate(
    *, institution: Institution, content: bytes, password: str, actor: User | None, now: datetime
) -> SigningCertificate:
    """Take the certificate by which a body signs from its file (PKCS#12), in place of the one it had, whose
    key is gone from then on; the password is kept nowhere. What waits for a certificate goes on (some 8 SQL).

    The file is opened in a process apart. The journal keeps the fingerprint, never the key.

    Raises:
        Refused: a practice body (signing_key_practice); the file is too large or takes too long
            (signing_key_unread), or cannot be used (signing_key_password, _empty, _weak, _usage); it has
            ended (signing_key_expired), or is the one in use (signing_key_there).
    """
    if institution.is_practice:
        raise Refused("signing_key_practice")
    if len(content) > LARGEST:
        raise Refused("signing_key_unread")
    try:
        told, parts = read(
            "siac.signing.pdf.holding:opened", content, {"password": password}, seconds=_SECONDS
        )
    except CannotRead as error:
        raise Refused("signing_key_unread") from error
    if "problem" in told:
        raise Refused(f"signing_key_{told['problem']}")
    private, certificate, *chain = parts
    until = datetime.fromisoformat(told["until"])
    if until <= now:
        raise Refused("signing_key_expired", until=institution.local_date(until).strftime("%d-%m-%Y"))
    return _put(institution, told, until, private, certificate, chain, actor, now)


@transaction.atomic
def _put(
    institution: Institution,
    told: dict[str, str],
    until: datetime,
    private: bytes,
    certificate: bytes,
    chain: list[bytes],
    actor: User | None,
    now: datetime,
) -> SigningCertificate:
    lock_institution(institution.pk)
    former = SigningCertificate.objects.filter(institution=institution, ended_at=None).first()
    if former is not None:
        if former.fingerprint == told["fingerprint"]:
            _refuse_the_same(former)
        _end(former, now)
    row = SigningCertificate.objects.create(
        institution=institution,
        subject=told["subject"],
        issuer=told["issuer"],
        serial=told["serial"],
        fingerprint=told["fingerprint"],
        since=datetime.fromisoformat(told["since"]),
        until=until,
        certificate=certificate,
        sealed=secrets.sealed(private, chain, institution.pk, told["fingerprint"]),
        added_at=now,
        added_by=actor,
    )
    data = {"certificate": row.pk, "fingerprint": row.fingerprint, "until": row.until.isoformat()}
    note_configuration(institution.pk, "signing.certificate_added", actor=actor, now=now, data=data)
    go_on_held(institution, now=now)
    return row


def _refuse_the_same(row: SigningCertificate) -> None:
    """Refuse the certificate in use; one whose key cannot be read here any more is put again.

    Raises:
        Refused: certificate_there.
    """
    try:
        secrets.key_of(row)
    except Unreadable:
        return
    raise Refused("signing_key_there")


def _end(row: SigningCertificate, now: datetime) -> None:
    row.ended_at, row.sealed = now, b""
    row.save(update_fields=["ended_at", "sealed"])


@transaction.atomic
def withdraw_certificate(*, institution: Institution, actor: User, now: datetime) -> None:
    """Use the certificate of a body no more, and forget its key (5 SQL). What was signed with it stays.

    Raises:
        Refused: there is none in use (signing_key_none).
    """
    lock_institution(institution.pk)
    row = SigningCertificate.objects.filter(institution=institution, ended_at=None).first()
    if row is None:
        raise Refused("signing_key_none")
    _end(row, now)
    data = {"certificate": row.pk, "fingerprint": row.fingerprint}
    note_configuration(institution.pk, "signing.certificate_withdrawn", actor=actor, now=now, data=data)


@transaction.atomic
def save_setup(
    *, institution: Institution, stamps: str, signs_answers: bool, actor: User | None, now: datetime
) -> SigningSetup:
    """Say by whom signatures of a body are stamped with the time (an address; empty: by whom the installation
    says, if it does), and whether it signs every answer (5 SQL).

    Raises:
        Refused: the address is none of the web (stamps_address); a practice body signs nothing
            (signing_key_practice).
    """
    if institution.is_practice:
        raise Refused("signing_key_practice")
    if stamps and not is_address(stamps):
        raise Refused("stamps_address")
    lock_institution(institution.pk)
    row, _ = SigningSetup.objects.update_or_create(
        institution=institution, defaults={"stamps": stamps, "signs_answers": signs_answers}
    )
    data = {"stamps": bool(stamps), "answers": signs_answers}
    note_configuration(institution.pk, "signing.setup_saved", actor=actor, now=now, data=data)
    return row


def is_address(text: str) -> bool:
    """Return whether `text` is an address of the web without a name or a password in it.

    >>> is_address("https://sello.ejemplo.cl/tsa"), is_address("https://yo:clave@sello.ejemplo.cl")
    (True, False)
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
