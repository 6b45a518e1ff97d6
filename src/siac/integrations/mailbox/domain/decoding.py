# SPDX-License-Identifier: EUPL-1.2
"""Text out of what mail programs send: headers, charsets, addresses; whatever
is wrong with them, something readable.
"""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parseaddr
from inspect import signature
from typing import Any

from siac.kernel.text import legible, squeeze

LONGEST_TEXT = 2_000_000
_LONGEST_ADDRESS = 254
_LONGEST_HEADER = 100_000
_LONGEST_CONTENT_HEADER = 8_000
_LONGEST_ADDRESSES = 20_000
_WESTERN = "cp1252"
_CHARSETS: dict[str, str] = {
    "ascii": "utf-8",
    "usascii": "utf-8",
    "ansix341968": "utf-8",
    "iso646us": "utf-8",
    "utf8": "utf-8",
    "utf7": "utf-7",
    "unicode11utf7": "utf-7",
    "utf16": "utf-16",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
    "utf32": "utf-32",
    "ucs2": "utf-16",
    "latin1": _WESTERN,
    "iso88591": _WESTERN,
    "88591": _WESTERN,
    "l1": _WESTERN,
    "cp819": _WESTERN,
    "windows1252": _WESTERN,
    "cp1252": _WESTERN,
    "ansi": _WESTERN,
    "xansi": _WESTERN,
    "iso885915": "iso8859-15",
    "latin9": "iso8859-15",
    "macintosh": "mac_roman",
    "macroman": "mac_roman",
    "xmacroman": "mac_roman",
    "ibm850": "cp850",
    "cp850": "cp850",
    "ibm437": "cp437",
    "cp437": "cp437",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "cp932": "cp932",
    "windows31j": "cp932",
    "eucjp": "euc_jp",
    "iso2022jp": "iso2022_jp",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "cp949": "cp949",
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "tis620": "tis-620",
    **{f"iso8859{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16)},
    **{f"windows{n}": f"cp{n}" for n in range(1250, 1259) if n != 1252},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259) if n != 1252},
}
"""The character sets of mail, as programs spell them (letters and digits only). Python knows more
under such names, some of which are no character sets and take minutes: punycode, idna, zip, rot13.
ISO-8859-1 is read as Windows does (WHATWG).
"""


class _Bounded(Compat32):
    """How mails are taken apart: of a header no more than is read of it. The parameters of a `Content-`
    header take the square of its length, and are asked for while the parts are still being found.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return (name, value) of a header as it came, its value cut."""
        name, value = super().header_source_parse(sourcelines)
        is_content = name[:8].lower() == "content-"
        return name, value[: _LONGEST_CONTENT_HEADER if is_content else _LONGEST_HEADER]


POLICY = _Bounded()


def clean(text: str) -> str:
    """Return `text` without what a database or a page cannot hold: NUL, lone surrogates, other
    control marks.
    """
    return legible(text.encode("utf-8", "replace").decode("utf-8"))


def decoded(content: bytes, charset: str | None, *, longest: int = LONGEST_TEXT) -> str:
    """Return the text of `content`: as declared if that is a character set of mail, else UTF-8, else
    Western.
    """
    content = content[:longest]
    declared = _CHARSETS.get(re.sub(r"[^a-z0-9]", "", (charset or "")[:60].lower()))
    for codec in (declared, "utf-8"):
        if codec is None or not _may_be(codec, content):
            continue
        try:
            return clean(content.decode(codec))
        except (LookupError, UnicodeError, ValueError):
            continue
    # Guessing by statistics was tried and takes a short Spanish text for a Polish one.
    return clean(content.decode(_WESTERN, "replace"))


def _may_be(codec: str, content: bytes) -> bool:
    """Return whether bytes may be what they are declared: many programs declare one thing and send UTF-8."""
    if codec == _WESTERN:
        return content.isascii() or not _is_utf8(content)
    if codec.startswith("utf-16"):
        return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content
    return True


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
    except (HeaderParseError, ValueError, IndexError, LookupError, TypeError):
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


_AS_EVER: dict[str, Any] = {"strict": False} if "strict" in signature(parseaddr).parameters else {}
"""The first of several mailboxes is told by every Python: since CVE-2023-27043 newer ones, and Debian's, tell
none then. Who counts as proven is not asked of it.
"""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,500}+"')
_ADDRESSLIKE = re.compile(r"[^\s<>(),:;@]{1,254}@[^\s<>(),:;@]{1,254}")
_BRACKETED = re.compile(r"<([^<>\s]{1,254}@[^<>\s]{1,254})>")


def address(raw: str) -> tuple[str, str]:
    """Return (name, address) of the first mailbox in a header value; the
    address folded, empty where it is none.

    The address is kept as it was written, in letters of any script. A name with a comma that should have been
    quoted leaves one address in brackets: that one is meant.
    """
    value = str(raw).replace("\n", " ").replace("\r", " ")[:_LONGEST_ADDRESSES]
    bracketed = _BRACKETED.findall(value)
    if len(bracketed) == 1 and value.rstrip().endswith(f"<{bracketed[0]}>") and '"' not in bracketed[0]:
        return words(value[: value.rindex("<")].strip().strip('"')), _usable(bracketed[0])
    try:
        name, found = parseaddr(value, **_AS_EVER)
    except (RecursionError, ValueError, IndexError, TypeError):
        return "", _usable(bracketed[0]) if bracketed else ""
    return words(name), _usable(found)


def addresses(raw: str) -> set[str]:
    """Return all that looks like an address in a header value, folded, what is quoted left out."""
    value = _QUOTED.sub(" ", raw[:_LONGEST_ADDRESSES])
    return {found for one in _ADDRESSLIKE.findall(value) if (found := _usable(one.strip(".")))}


def _usable(found: str) -> str:
    found = squeeze(_unescaped(found)).casefold()
    local, at, domain = found.rpartition("@")
    usable = bool(local and at and "." in domain.strip(".")) and len(found) <= _LONGEST_ADDRESS
    return found if usable and not any(c.isspace() for c in found) else ""


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
