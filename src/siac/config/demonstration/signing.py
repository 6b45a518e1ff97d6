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
from siac.governance.public import Council, Sitting
from siac.organizations.public import Institution
from siac.signing.public import Port, add_certificate, ask_signature, is_installed, save_port, take_out


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


def sign_outside(institution: Institution, council: Council, *, keeper: User, now: datetime) -> None:
    """Have minutes wait for somebody who signs them with AutoFirma on their own computer, where that is the
    program of the country: nothing is asked of anybody outside.
    """
    if not is_installed() or "autofirma" not in institution.country.signs_by:
        return
    save_port(institution=institution, port=Port.AUTOFIRMA, is_active=True, actor=None, now=now)
    sitting = council.sittings.filter(state="minuted").order_by("-number").first()
    if sitting is not None:
        take_out(
            institution=institution, kind="acta", subject_id=sitting.pk, actor=keeper, now=now,
            title=f"Acta de la sesión {sitting.number}, {council.name}",
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
