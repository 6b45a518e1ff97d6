# SPDX-License-Identifier: EUPL-1.2
"""An invented certificate of a body, made on the spot and worth nothing, and minutes to be signed with it."""

import secrets
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from siac.accounts.public import User
from siac.governance.public import Sitting
from siac.organizations.public import Institution
from siac.signing.public import add_certificate, ask_signature, is_installed


def sign_minutes(institution: Institution, sitting: Sitting, *, actor: User, now: datetime) -> None:
    """Give a body a certificate that says what it is, and ask for its minutes to be signed: the worker does
    it once it runs. Nothing happens where the extra is not installed.
    """
    if not is_installed():
        return
    password = secrets.token_urlsafe(16)
    content = _certificate(f"DEMOSTRACIÓN sin valor: {institution.short_name}"[:64], password, now)
    add_certificate(institution=institution, content=content, password=password, actor=None, now=now)
    ask_signature(
        institution=institution, kind="acta", subject_id=sitting.pk, actor=actor, now=now,
        title=f"Acta de la sesión {sitting.number}, {sitting.council.name}",
    )  # fmt: skip


def _certificate(name: str, password: str, now: datetime) -> bytes:
    """Return the file (PKCS#12) of a certificate that nobody issued but itself, for two years."""
    key = ec.generate_private_key(ec.SECP256R1())
    told = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(told)
        .issuer_name(told)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=730))
        .sign(key, SHA256())
    )
    sealed = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"demostracion", key, certificate, None, sealed)
