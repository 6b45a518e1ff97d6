# SPDX-License-Identifier: EUPL-1.2
"""Signing a PDF (PAdES B-B, or B-T with a time stamp) with a key that lies here."""

import io
from dataclasses import dataclass

from siac.signing.pdf.stamping import timestamper

_RESERVED = 49_152
"""Hexadecimal signs kept free for a signature: a chain of certificates and a time stamp fit, and its size is
not asked of the authority beforehand.
"""
FIELD = "FirmaDelOrganismo"


class TooLarge(Exception):
    """Certificates and time stamp do not fit into the room that is kept for a signature."""


@dataclass(frozen=True, slots=True)
class Key:
    """A private key (PKCS#8), its certificate and those above it, all DER."""

    private: bytes
    certificate: bytes
    chain: tuple[bytes, ...] = ()


def signed_pdf(paper: bytes, key: Key, *, reason: str, stamps: str = "") -> bytes:
    """Return `paper` with a signature added behind it (PAdES baseline B-B; B-T with `stamps`, the address of
    an authority of time stamps). Waits for the authority; takes about half a second else.

    Raises:
        StampAway, StampRefused: as `stamping.asked`.
        TooLarge: the signature does not fit.
        ImportError: the extra `sign` is not installed.
    """
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register_multiple(x509.Certificate.load(one) for one in key.chain)
    signer = signers.SimpleSigner(
        x509.Certificate.load(key.certificate), keys.PrivateKeyInfo.load(key.private), store
    )
    told = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    by = signers.PdfSigner(told, signer, timestamper=timestamper(stamps) if stamps else None)
    try:
        made = by.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), bytes_reserved=_RESERVED)
    except SigningError as error:
        if "larger than expected" in str(error):
            raise TooLarge from error
        raise
    return bytes(made.getvalue())


def signable_pdf(paper: bytes) -> bytes:
    """Return `paper` with an empty form behind it, to be signed elsewhere: what comes back is then compared
    with it field by field, and a form that comes from nowhere could hold anything.

    Raises:
        ImportError: the extra `sign` is not installed.
    """
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, made = IncrementalPdfFileWriter(io.BytesIO(paper)), io.BytesIO()
    form = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject()})
    writer.root[generic.pdf_name("/AcroForm")] = writer.add_object(form)
    writer.update_root()
    writer.write(made)
    return made.getvalue()
