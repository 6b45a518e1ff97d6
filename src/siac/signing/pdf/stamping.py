# SPDX-License-Identifier: EUPL-1.2
"""Time stamps (RFC 3161): asked of an authority, and looked at before they are believed."""

import asyncio
import hashlib
import ssl
from dataclasses import dataclass
from typing import Any

from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed
from siac.infra.outside_http import Unsure, post

SECONDS = 15.0
LARGEST = 64 * 1024
"""Bytes of an answer: tokens with their certificates have some 8 kB."""
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class StampAway(Exception):
    """The authority does not answer, or not as it should: it is asked again later."""


class StampRefused(Exception):
    """The authority answered, and gives no stamp, or one that is none of what was asked."""


def asked(address: str, query: bytes) -> bytes:
    """Return what the authority at `address` answers to a query (DER), within fifteen seconds.

    Raises:
        StampAway: it cannot be reached, takes too long, or says no 200.
        StampRefused: its address may not be reached from here, or is none; it says more than any stamp has.
    """
    try:
        answer = post(address, query, _HEADERS, seconds=SECONDS, largest=LARGEST)
    except (NotAllowed, Misconfigured) as error:
        raise StampRefused(type(error).__name__) from error
    except (OSError, Unsure, ssl.SSLError) as error:
        raise StampAway(type(error).__name__) from error
    if answer.status == 200 and answer.is_large:
        raise StampRefused("too large")
    if answer.status != 200 or answer.content is None:
        raise StampAway(f"HTTP {answer.status}")
    return answer.content


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp: the whole answer and the token in it (both DER), as they came."""

    answer: bytes
    token: bytes


def stamp_of(address: str, content: bytes) -> Stamp:
    """Return a time stamp over the SHA-256 of `content`.

    Raises:
        StampAway, StampRefused: as `asked`; the stamp is of something else, or broken (refused).
    """
    stamper = timestamper(address)
    token = asyncio.run(stamper.async_timestamp(hashlib.sha256(content).digest(), "sha256"))
    return Stamp(stamper.answer, token.dump())


def timestamper(address: str) -> Any:
    """Return what pyHanko asks for stamps: by `asked`, once for each, and every answer looked at.

    Raises:
        ImportError: the extra `sign` is not installed.
    """
    from asn1crypto import tsp
    from pyhanko.pdf_utils.misc import PdfError  # noqa: F401
    from pyhanko.sign.timestamps.api import TimeStamper
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    class Outside(TimeStamper):  # type: ignore[misc]
        """An authority outside, reached as `infra.outside` lets it."""

        answer = b""

        async def async_request_tsa_response(self, req: Any) -> Any:
            self.answer = asked(address, req.dump())
            try:
                return tsp.TimeStampResp.load(self.answer, strict=True)
            except ValueError as error:
                raise StampRefused("not a stamp") from error

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            try:
                token = await super().async_timestamp(message_digest, md_algorithm)
                check_token(token, message_digest)
            except (TimestampRequestError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise StampRefused(type(error).__name__) from error
            return token

    return Outside()


def check_token(token: Any, digest: bytes) -> None:
    """Look whether a token (asn1crypto) is of `digest` and says so by the key of whom it names.

    Raises:
        StampRefused: it is not.
    """
    from pyhanko.sign.validation import generic_cms

    signed = token["content"]
    told = signed["encap_content_info"]["content"].parsed["message_imprint"]["hashed_message"].native
    if told != digest:
        raise StampRefused("of something else")
    intact, valid = generic_cms.validate_sig_integrity(
        signed["signer_infos"][0], _signer_cert(signed), "tst_info", _own_digest(signed)
    )
    if not (intact and valid):
        raise StampRefused("broken")


def _signer_cert(signed: Any) -> Any:
    from pyhanko.sign.general import extract_certificate_info

    return extract_certificate_info(signed).signer_cert


def _own_digest(signed: Any) -> bytes:
    """Return the digest of what a token holds, by its own algorithm."""
    algorithm = signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    content = bytes(signed["encap_content_info"]["content"].contents)
    return hashlib.new(algorithm, content).digest()
