# SPDX-License-Identifier: EUPL-1.2
"""Text messages: how many parts one takes (3GPP TS 23.038 and 23.040), and what is left out to need fewer."""

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Signs that take two places."""
ALONE_GSM, JOINED_GSM = 160, 153
"""Places of a message of one part, and of each part of a longer one, whose head takes seven."""
ALONE_UCS2, JOINED_UCS2 = 70, 67
_PLAIN = {
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...",
    "\u00a0": " ", "·": "-",
}  # fmt: skip


def is_gsm(text: str) -> bool:
    """Return whether each sign is of the alphabet of telephones, seven bits a sign."""
    return all(sign in _BASIC or sign in _EXTENDED for sign in text)


def parts(text: str) -> int:
    """Return in how many parts a text is sent and paid for: at least one.

    No sign is cut in two: neither one of two places (a bracket, the euro) nor one of two UTF-16 units.
    """
    if is_gsm(text):
        sizes, alone, joined = [2 if sign in _EXTENDED else 1 for sign in text], ALONE_GSM, JOINED_GSM
    else:
        sizes, alone, joined = [2 if ord(sign) > 0xFFFF else 1 for sign in text], ALONE_UCS2, JOINED_UCS2
    if sum(sizes) <= alone:
        return 1
    count, room = 1, joined
    for size in sizes:
        if size > room:
            count, room = count + 1, joined
        room -= size
    return count


def thrifty(text: str) -> str:
    """Return a text without the accents and quotes that telephones' alphabet lacks (á, í, ó, ú), where all
    the rest is of it: a single such letter makes a message more than twice as dear. Others stay as they are.
    """
    plain = "".join(sign if is_gsm(sign) else _nearest(sign) for sign in text)
    return plain if is_gsm(plain) else text


def _nearest(sign: str) -> str:
    return _PLAIN.get(sign) or unicodedata.normalize("NFD", sign)[0]
