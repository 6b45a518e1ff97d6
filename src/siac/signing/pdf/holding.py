# SPDX-License-Identifier: EUPL-1.2
"""Opening the file of a certificate (PKCS#12). Runs in a process apart (`siac.infra.confined`); imports no
Django.
"""

from collections.abc import Mapping
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

_SMALLEST_RSA = 2048
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
_MOST_ABOVE = 5
_LARGEST = 32_768


def opened(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return (what the certificate says, [key, certificate, those above it …] as DER).

    `{"problem": code}`: `password` (wrong, or no such file), `empty` (no key with its certificate), `weak`
    (RSA under 2048 bits, or a kind that documents are not signed with), `usage` (not made for signing).
    """
    try:
        key, cert, above = pkcs12.load_key_and_certificates(
            payload, str(options["password"]).encode() or None
        )
    except ValueError:
        return {"problem": "password"}, []
    if key is None or cert is None or _public(key.public_key()) != _public(cert.public_key()):
        return {"problem": "empty"}, []
    if not _is_strong(key):
        return {"problem": "weak"}, []
    if not _is_for_signing(cert):
        return {"problem": "usage"}, []
    chain = [one.public_bytes(Encoding.DER) for one in above[:_MOST_ABOVE]]
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return _told(cert), [
        secret,
        cert.public_bytes(Encoding.DER),
        *(one for one in chain if len(one) < _LARGEST),
    ]


def _public(key: Any) -> bytes:
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _is_strong(key: Any) -> bool:
    if isinstance(key, RSAPrivateKey):
        return key.key_size >= _SMALLEST_RSA
    return isinstance(key, EllipticCurvePrivateKey) and key.curve.name in _CURVES


def _is_for_signing(cert: x509.Certificate) -> bool:
    """Return whether a certificate may sign documents; one that says nothing of its use may (RFC 5280,
    4.2.1.3).
    """
    try:
        usage = cert.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _told(cert: x509.Certificate) -> dict[str, str]:
    return {
        "subject": _name(cert.subject),
        "issuer": _name(cert.issuer),
        "serial": format(cert.serial_number, "x")[:64],
        "fingerprint": cert.fingerprint(SHA256()).hex(),
        "since": cert.not_valid_before_utc.isoformat(),
        "until": cert.not_valid_after_utc.isoformat(),
    }


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    told = str(common[0].value) if common else name.rfc4514_string()
    return " ".join(told.split())[:200]
