# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for full-text search: one string of tokens, the same for what is kept and what is asked.

Each word is folded (accents away, ñ kept), its -ción/-sión ending restored so that the stemmer
knows it, stemmed and folded again; then a short table of synonyms makes near words one.
PostgreSQL's own Spanish configuration does not find "inundación" by "inundaciones"; these tokens
do. Column: `to_tsvector('simple', tokens)`.
"""

from functools import cache, lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value

from siac.kernel.text import fold, one_letter_off, words

_LONGEST = 40
_MOST_WORDS_ASKED = 12
_MOST_FORGIVEN = 4
_SHORTEST_FORGIVEN = 5

STOP_WORDS = frozenset(
    [
        "a",
        "al",
        "ante",
        "con",
        "como",
        "cual",
        "cuando",
        "de",
        "del",
        "desde",
        "donde",
        "e",
        "el",
        "ella",
        "ellas",
        "ellos",
        "en",
        "entre",
        "era",
        "es",
        "esa",
        "ese",
        "eso",
        "esta",
        "este",
        "esto",
        "fue",
        "ha",
        "hasta",
        "hay",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "mas",
        "me",
        "mi",
        "mis",
        "muy",
        "ni",
        "no",
        "nos",
        "o",
        "para",
        "pero",
        "por",
        "porque",
        "que",
        "se",
        "segun",
        "ser",
        "si",
        "sin",
        "sobre",
        "son",
        "su",
        "sus",
        "tambien",
        "te",
        "tiene",
        "tu",
        "u",
        "un",
        "una",
        "uno",
        "unos",
        "unas",
        "y",
        "ya",
        "yo",
    ]
)

SYNONYMS: tuple[str, ...] = (
    "luz luces",
    "vez veces",
    "voz voces",
    "cruz cruces",
    "juez jueces",
    "raiz raices",
    "pez peces",
    "matriz matrices",
    "lombriz lombrices",
    "basura residuo desecho desperdicio",
    "vereda acera",
    "farola farol luminaria",
    "reclamo reclamos reclamacion reclamar",
    "tramo tramos",
    "prestamo prestamos",
    "ramo ramos",
    "auto automovil coche carro",
    "bus autobus micro",
    "celular movil",
    "computador computadora ordenador",
    "municipio municipalidad ayuntamiento",
    "colegio escuela",
    "ruido bulla",
    "inscripcion matricula",
    "aseo limpieza",
)
"""Groups of words that count as the same; the first gives the token."""


@cache
def _stemmer() -> Any:
    """Return the stemmer, loaded by whoever first needs it: its package brings those of thirty languages."""
    import snowballstemmer

    return snowballstemmer.stemmer("spanish")


def _stem(word: str) -> str:
    if word.endswith(("cion", "sion")):
        word = word[:-2] + "ón"
    return fold(_stemmer().stemWord(word))


@cache
def _canonical() -> dict[str, str]:
    groups = [group.split() for group in SYNONYMS]
    return {_stem(word): _stem(group[0]) for group in groups for word in group}


@lru_cache(maxsize=50_000)
def token(word: str) -> str:
    """Return the token of one folded word; numbers stay as they are. Pure and cached."""
    if any(c.isdigit() for c in word):
        return word[:_LONGEST]
    stem = _stem(word[:_LONGEST])
    return _canonical().get(stem, stem)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` in order, stop words left out."""
    return [token(word) for word in words(text) if word not in STOP_WORDS]


def search_tokens(text: str) -> str:
    """Return the blank-separated tokens of `text`, to be kept as `to_tsvector('simple', …)`."""
    return " ".join(tokens(text))


class StoredWords(SearchVector):
    """The expression that stores words; `stems` is all it says."""

    def __init__(self, stems: str) -> None:
        super().__init__(Value(stems), config="simple")
        self.stems = stems


def stored_words(*texts: str) -> StoredWords:
    """Return the expression that stores the stems of `texts`: what `search_query` finds again."""
    return StoredWords(search_tokens(" ".join(texts)))


def forgiving_query(text: str) -> SearchQuery | None:
    """Return the query that also finds words with one letter wrong, in the first
    four; None where no word is long enough.

    A wrong letter may hide an ending from the stemmer, so letters left out or swapped are tried before
    stemming too. Some five hundred alternatives a word: only asked where `search_query` found nothing.
    """
    asked = list(dict.fromkeys(word for word in words(text) if word not in STOP_WORDS))[:_MOST_WORDS_ASKED]
    said, forgiven = [], 0
    for word in asked:
        alternatives = [token(word)]
        if (
            forgiven < _MOST_FORGIVEN
            and len(word) >= _SHORTEST_FORGIVEN
            and word < "\u0250"
            and not word.isdigit()
        ):
            alternatives += _near(word[:_LONGEST])
            forgiven += 1
        said.append("(" + " | ".join(dict.fromkeys(alternatives)) + ")")
    if not forgiven:
        return None
    return SearchQuery(" & ".join(said), config="simple", search_type="raw")


def _near(word: str) -> list[str]:
    """Return the tokens of words one letter off; stemmed where a letter was
    added or two were swapped, which are few.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word))]
    changed = [head + tail[1:] for head, tail in cuts]
    changed += [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    stems = [_canonical().get(stem, stem) for stem in map(_stem, changed)]
    return [*stems, *(other for other in one_letter_off(token(word)) if other)]


def search_query(text: str) -> SearchQuery | None:
    """Return the query that finds rows holding every word of `text`, or None if it has no word to look for.

    Only the first twelve different words count; a text of stop words alone finds nothing to ask.
    """
    asked = list(dict.fromkeys(tokens(text)))[:_MOST_WORDS_ASKED]
    if not asked:
        return None
    return SearchQuery(" & ".join(asked), config="simple", search_type="raw")
