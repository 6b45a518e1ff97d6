# SPDX-License-Identifier: EUPL-1.2
"""Certificates that tests sign with: an authority, bodies below it, an authority of time stamps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.factories import NOW

PASSWORD = "clave del archivo"


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, and the one above it."""

    key: Any
    cert: x509.Certificate
    above: x509.Certificate

    @property
    def p12(self) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"firma", self.key, self.cert, [self.above], BestAvailableEncryption(PASSWORD.encode())
        )

    @property
    def pem(self) -> bytes:
        return self.cert.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@cache
def authority() -> Issued:
    """Return who issues the certificates of tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Autoridad de prueba")
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=3650))
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Issued(key, cert, cert)


def _usage(**is_set: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: is_set.get(name, False) for name in names})


def issued(
    name: str = "Servicio de Puerto",
    *,
    serial: int = 0xB0D1,
    since: datetime = NOW - timedelta(days=30),
    until: datetime = NOW + timedelta(days=365),
    key: Any = None,
    usage: x509.KeyUsage | None = None,
    stamps: bool = False,
) -> Issued:
    """Return a certificate of that name below the authority; RSA where `key` says nothing else."""
    key, ca = key or rsa_key(), authority()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(ca.cert.subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(usage or _usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key()), critical=False
        )
    )
    if stamps:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return Issued(key, builder.sign(ca.key, hashes.SHA256()), ca.cert)


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return one key of so many bits, made once."""
    return rsa.generate_private_key(65537, bits)


def encrypting() -> x509.KeyUsage:
    """Return the use of a certificate that is not for signing."""
    return _usage(key_encipherment=True)
