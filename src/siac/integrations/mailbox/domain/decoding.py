# SPDX-License-Identifier: EUPL-1.2
"""Text out of what mail programs send: headers, charsets, addresses; whatever is wrong with them, something readable."""

import codecs
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from siac.kernel.text import squeeze

_LONGEST_TEXT = 2_000_000
_LONGEST_ADDRESS = 254


def clean(text: str) -> str:
    """Return `text` without what a database or a page cannot hold: NUL, lone surrogates, other control marks."""
    kept = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in kept.replace("\r\n", "\n").replace("\r", "\n") if c >= " " or c in "\n\t")


def decoded(content: bytes, charset: str | None) -> str:
    """Return the text of `content`: as declared, else UTF-8, else Western."""
    content = content[:_LONGEST_TEXT]
    for name in (charset, "utf-8"):
        try:
            return clean(content.decode(codecs.lookup(name or "utf-8").name))
        except (LookupError, UnicodeError, ValueError):
            continue
    # Guessing by statistics was tried and takes a short Spanish text for a Polish one.
    return clean(content.decode("cp1252", "replace"))


def header(message: Message, name: str) -> str:
    """Return a header on one line, its encoded words decoded; empty where there is none."""
    return words(raw_header(message, name))


def raw_header(message: Message, name: str) -> str:
    """Return a header as it came, bytes beyond ASCII as lone surrogates; empty where there is none."""
    wanted = name.lower()
    return next((str(value) for key, value in message.raw_items() if key.lower() == wanted), "")


def words(raw: str) -> str:
    """Return the text of a header value with encoded words, broken ones as they stand."""
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError, IndexError):
        return squeeze(clean(raw))
    found = [
        decoded(part, charset) if isinstance(part, bytes) else _unescaped(part) for part, charset in parts
    ]
    return squeeze(clean("".join(found)))


def _unescaped(text: str) -> str:
    """Return header text that came as bare bytes beyond ASCII, which the parser keeps as lone surrogates."""
    if text.isascii():
        return text
    return decoded(text.encode("utf-8", "surrogateescape"), None)


def address(raw: str) -> tuple[str, str]:
    """Return (name, address) of the first mailbox in a header value; the address folded, empty where it is none."""
    name, found = parseaddr(str(raw).replace("\n", " ").replace("\r", " "))
    found = clean(found).strip().casefold()
    local, at, domain = found.rpartition("@")
    usable = bool(local and at and "." in domain.strip(".")) and len(found) <= _LONGEST_ADDRESS
    return words(name), found if usable and not any(c.isspace() for c in found) else ""


def message_ids(raw: str) -> tuple[str, ...]:
    """Return the message ids in a header value, `<...>`, in order and once each."""
    found = []
    for part in clean(str(raw)).replace(">", "> ").replace("<", " <").split():
        if part.startswith("<") and part.endswith(">") and 3 < len(part) <= 250:
            found.append(part)
    return tuple(dict.fromkeys(found))


def charset_of(part: Message) -> str | None:
    """Return the declared charset of a part, None where it is missing or unreadable."""
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, UnicodeError):
        return None


def payload(part: Message) -> bytes:
    """Return the bytes of a leaf part, whatever its transfer encoding claims."""
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def file_name(part: Message) -> str:
    """Return the declared name of a part's file, empty where it has none."""
    try:
        return words(part.get_filename() or "")
    except (ValueError, LookupError, UnicodeError):
        return ""
