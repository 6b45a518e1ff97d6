# SPDX-License-Identifier: EUPL-1.2
"""Time stamps over what a body made, beside signatures."""

from siac.organizations.public import Institution
from siac.signing.pdf.extra import is_installed
from siac.signing.pdf.stamping import stamp_of
from siac.signing.queries import stamps_for


def stamp(institution: Institution, content: bytes) -> bytes:
    """Return the answer (DER, as `openssl ts -verify -in` takes it) of the authority that stamps what a body
    makes, over the SHA-256 of `content`; nothing where nobody does, or what asks for stamps is not installed
    (1 SQL). Waits for the authority: only jobs call this.

    Raises:
        StampAway: it does not answer now.
        StampRefused: it gave none, or one of something else.
    """
    address = stamps_for(institution) if is_installed() and not institution.is_practice else ""
    return stamp_of(address, content).answer if address else b""
