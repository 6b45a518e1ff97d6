# SPDX-License-Identifier: EUPL-1.2
"""Plain text rules that every context shares: what is kept of typed text,
folding, ordering names, finding tokens.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_ªº¹²³¼½¾]+")
_ENYE = "\u0001"  # stands for ñ while accents are stripped, so that año and ano stay apart
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ŋ": "n",
        "ĸ": "k",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "e",
        "ŀ": "l",
        "ŉ": "n",
        "ƒ": "f",
    }
)
"""Letters that people who do not have them on their keyboard type otherwise, and no accent to strip."""
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef"
_STEERING = "\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"
_HIDDEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)
_NOT_IN_TEXT = re.compile(f"[{_CONTROL}{_STEERING}]")
_NOT_IN_LINE = re.compile(f"[{_CONTROL}{_STEERING}{_HIDDEN}]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def fold(text: str) -> str:
    """Return `text` in lower case without accents or diaeresis, keeping ñ (NFC); ø is o, ł is l, ß is ss."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text).casefold().replace("ñ", _ENYE)
    stripped = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return stripped.translate(_PLAIN_LETTERS).replace(_ENYE, "ñ")


def words(text: str) -> list[str]:
    """Return the folded words and numbers of `text`, of any script, in order."""
    return _WORD.findall(fold(text))


TEXT_LIMIT = 20_000
"""As many characters as a text may have that people write."""
LONGEST_KEY = 200
"""Signs that are kept of a key; folding can make a name longer than it was typed (ñ is two signs, ﬃ
three).
"""


def sort_key(name: str) -> str:
    """Return a key that orders names as Spanish does: accents folded, ñ after
    n, byte by byte; at most 200 signs.

    The database has no Spanish collation, so lists order by this stored key.
    """
    return " ".join(words(name)).replace("ñ", "n~")[:LONGEST_KEY]


def squeeze(text: str) -> str:
    """Return `text` as one line: invisible signs gone, runs of white space of
    any kind folded to one blank, ends trimmed.

    Every name, address, number and code that people type or paste goes through here: a zero-width sign in an
    e-mail address cannot be seen, and none can be sent to it.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_NOT_IN_LINE.sub("", _BREAKS.sub("\n", text)).split())


def says_something(text: str, least: int = 10) -> bool:
    """Return whether a text has at least `least` signs that can be seen: what stands for a reason, an
    answer or a proof is not made of blanks and invisible signs.
    """
    return len(squeeze(text)) >= least


def legible(text: str) -> str:
    """Return a text of several lines without what cannot be kept or would show it otherwise than it is.

    Control signs, lone surrogates and signs that turn the reading direction go; joiners stay, as emoji and
    other scripts need them. Line ends become `\\n`.
    """
    if text.isascii() and text.isprintable():
        return text
    return _NOT_IN_TEXT.sub("", _BREAKS.sub("\n", text))


def plain_dashes(text: str) -> str:
    """Return `text` with every kind of dash as a hyphen, as numbers are written with either."""
    return _DASHES.sub("-", text)


_LETTERS = "abcdefghijklmnopqrstuvwxyzñ"


def one_letter_off(word: str) -> list[str]:
    """Return what a folded word of Latin letters may have been meant as: a
    letter more, less, other, or two swapped.

    About 55 for each of its letters, each once, the word itself not among them.
    """
    places = range(len(word) + 1)
    cuts = [(word[:at], word[at:]) for at in places]
    made = [head + tail[1:] for head, tail in cuts if tail]
    made += [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    made += [head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS]
    made += [head + letter + tail for head, tail in cuts for letter in _LETTERS]
    return [other for other in dict.fromkeys(made) if other != word]
