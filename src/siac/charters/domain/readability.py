# SPDX-License-Identifier: EUPL-1.2
"""Whether a sentence is easy to read in Spanish, and whether it promises anything."""

import re
import unicodedata
from fractions import Fraction

LONG_SENTENCE = 25
"""Words above which a sentence is hard to follow (plain-language guides of the three countries: 20 to 25)."""
HARD = 40
"""INFLESZ below which a text is very hard (scale of Barrio Cantalejo, on the formula of Szigriszt Pazos)."""
_STRONG = set("aeoáéíóú")
_WEAK = set("iuü")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SENTENCE = re.compile(r"[.!?;:]+(?:\s|$)|\n+")
_VAGUE = (
    "lo antes posible", "a la brevedad", "en lo posible", "en la medida de lo posible", "procurar",
    "procuramos", "intenta", "trata de", "trataremos", "oportunamente", "plazo razonable", "prontamente",
    "adecuad", "en general",
)  # fmt: skip
"""Words with which a sentence promises nothing that could be measured, as stems without accents."""


def syllables(word: str) -> int:
    """Return how many syllables a Spanish word has; a number in figures counts as two."""
    if word.isdigit():
        return 2
    plain = re.sub(r"qu(?=[eiéí])", "k", word.lower())
    plain = re.sub(r"gu(?=[eiéí])", "g", plain)
    if plain.endswith("y"):
        plain = plain[:-1] + "i"
    count, before = 0, ""
    for letter in plain:
        if letter in _STRONG or letter in _WEAK:
            glides = (before in _WEAK and before != letter) or (letter in _WEAK and before != letter)
            if not (before and glides):
                count += 1
            before = letter
        elif letter != "h":
            before = ""
    return max(count, 1)


def inflesz(text: str) -> int | None:
    """Return how easy a text is to read, from 0 (very hard) to 100: 206.835 less 62.3 times the syllables of
    a word less the words of a sentence (Szigriszt Pazos); None without words.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    sentences = max(len([part for part in _SENTENCE.split(text) if _WORD.search(part)]), 1)
    of_word = Fraction(sum(syllables(word) for word in words), len(words))
    score = Fraction(206835, 1000) - Fraction(623, 10) * of_word - Fraction(len(words), sentences)
    return min(100, max(0, round(score)))


def longest_sentence(text: str) -> int:
    """Return how many words the longest sentence has."""
    return max((len(_WORD.findall(part)) for part in _SENTENCE.split(text)), default=0)


def vague_words(text: str) -> str | None:
    """Return the first words of a text that promise nothing, as they stand in it; None where there are
    none.
    """
    plain = _plain(text)
    for vague in _VAGUE:
        at = plain.find(vague)
        if at >= 0 and (at == 0 or not plain[at - 1].isalnum()):
            rest = re.match(r"\w*", text[at + len(vague) :])
            return text[at : at + len(vague)] + (rest[0] if rest else "")
    return None


def _plain(text: str) -> str:
    folded = (unicodedata.normalize("NFD", letter)[:1] for letter in unicodedata.normalize("NFC", text))
    return "".join(folded).lower()
