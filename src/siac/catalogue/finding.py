# SPDX-License-Identifier: EUPL-1.2
"""Finding a service by everyday words: accents, endings and a slip of the finger do not matter.

The services of a body are configuration: their words are put in order once for each version of it, in the
process, and asking costs no SQL. What people say is led to what the house calls it by the body's own list of
everyday words.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from siac.catalogue.models import EverydayWord, Service
from siac.catalogue.queries import QuestionTold, frequent_questions, services, topics
from siac.infra.config_cache import ConfigCache
from siac.infra.search import STOP_WORDS, token, tokens
from siac.kernel.text import one_letter_off, words
from siac.organizations.public import Institution

MOST_WORDS = 12
"""Words of a question that are looked up: the first ones."""
SHORTEST_NEAR = 4
"""Letters from which on a word may have a slip, or be the beginning of another."""
_ASKING = frozenset(
    [
        "ayuda", "debo", "hacer", "hago", "informacion", "necesito", "obtener", "pedir", "pido", "puedo",
        "quiero", "quisiera", "saber", "saco", "sacar", "solicitar", "solicito", "tramitar", "tramite",
        "tramito",
    ]
)  # fmt: skip
"""Words with which people ask for anything, and that tell nothing of what."""
_NAME, _SAID, _TOPIC, _SUMMARY, _REST = 8, 8, 4, 3, 1
"""How much a word counts by where it stands."""
_WHOLE, _NEAR, _BEGINNING = 1.0, 0.6, 0.5
"""How much a word counts by how it was found."""
Texts = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that answers a question, by its key: how many of the words of the question it has, and how
    well.
    """

    key: int
    matched: int
    score: float


class Index:
    """What can be found: texts by key, each with how much it counts. Pure; made once, asked often."""

    def __init__(self, documents: Mapping[int, Texts]) -> None:
        self._order = {key: place for place, key in enumerate(documents)}
        self._postings: dict[str, dict[int, int]] = {}
        said: dict[str, str] = {}
        for key, texts in documents.items():
            for weight, text in texts:
                for word in words(text):
                    if word in STOP_WORDS:
                        continue
                    stem = said.setdefault(word, token(word))
                    of = self._postings.setdefault(stem, {})
                    of[key] = max(of.get(key, 0), weight)
        self._said = said
        self._sorted = sorted(said)

    def find(self, text: str, *, most: int = 20) -> list[Found]:
        """Return what answers a question, the best first: whatever has more of its words, then whatever has
        them where they count more.
        """
        asked = [word for word in words(text) if word not in STOP_WORDS]
        asked = list(dict.fromkeys(word for word in asked if word not in _ASKING) or dict.fromkeys(asked))
        matched: dict[int, int] = {}
        scores: dict[int, float] = {}
        for word in asked[:MOST_WORDS]:
            for key, score in self._of_word(word).items():
                matched[key] = matched.get(key, 0) + 1
                scores[key] = scores.get(key, 0.0) + score
        found = [Found(key, matched[key], scores[key]) for key in scores]
        found.sort(key=lambda each: (-each.matched, -each.score, self._order[each.key]))
        return found[:most]

    def _of_word(self, word: str) -> dict[int, float]:
        """Return by key how well a word of a question is found: as it is, else with a slip, else as the
        beginning of another.
        """
        return (
            self._scored({token(word)}, _WHOLE)
            or self._scored(self._near(word), _NEAR)
            or self._scored(self._begun(word), _BEGINNING)
        )

    def _scored(self, stems: Iterable[str], factor: float) -> dict[int, float]:
        scores: dict[int, float] = {}
        for stem in stems:
            of = self._postings.get(stem, {})
            rare = log(1 + len(self._order) / len(of)) if of else 0.0
            for key, weight in of.items():
                scores[key] = max(scores.get(key, 0.0), factor * rare * weight)
        return scores

    def _near(self, word: str) -> set[str]:
        if len(word) < SHORTEST_NEAR or any(sign.isdigit() for sign in word):
            return set()
        return {self._said[other] for other in one_letter_off(word) if other in self._said}

    def _begun(self, word: str) -> set[str]:
        if len(word) < SHORTEST_NEAR:
            return set()
        found = set()
        for other in self._sorted[bisect_left(self._sorted, word) :]:
            if not other.startswith(word):
                break
            found.add(self._said[other])
        return found


def documents_of(rows: Iterable[Service], everyday: Iterable[tuple[str, str]]) -> dict[int, Texts]:
    """Return the texts of services by which they are found, with what people say for it: (said, meant) pairs.
    No SQL when topics are at hand.
    """
    meanings = [(said, set(tokens(meant))) for said, meant in everyday]
    found: dict[int, Texts] = {}
    for row in rows:
        texts = [(_NAME, row.name), (_SUMMARY, row.summary), (_REST, row.entitled)]
        texts += [(_TOPIC, row.topic.name)] if row.topic else []
        texts += [(_REST, each["text"]) for each in (*row.requirements, *row.steps)]
        texts += [(_REST, f"{each['question']} {each['answer']}") for each in row.questions]
        texts += [(_REST, each["title"]) for each in row.form_links]
        own = {stem for _, text in texts for stem in tokens(text)}
        texts += [(_SAID, said) for said, meant in meanings if meant and meant <= own]
        found[row.pk] = texts
    return found


class _Body(NamedTuple):
    """A body whatever its configuration."""

    pk: int
    config_version: int


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Words put in order, and of what they were."""

    of: Hashable
    index: Index


_INDEXES: ConfigCache[dict[str, Index]] = ConfigCache(lambda institution_id: {}, size=16)
_ORDERED: ConfigCache[dict[str, _Ordered]] = ConfigCache(lambda institution_id: {}, size=16)
"""The last words put in order for each body: most changes of its configuration are none of them, and ten
thousand services take seconds.
"""


def _index(
    institution: Institution, name: str, of: Callable[[], Hashable], documents: Callable[[], dict[int, Texts]]
) -> Index:
    """Return the words of a sort in order: as they are kept for this configuration or, where nothing of what
    they were put in order `of` changed since, for the one before.
    """
    kept = _INDEXES.get(institution)
    if name not in kept:
        before, now = _ORDERED.get(_Body(institution.pk, 0)), of()
        if name not in before or before[name].of != now:
            before[name] = _Ordered(now, Index(documents()))
        kept[name] = before[name].index
    return kept[name]


def _stands(institution: Institution) -> tuple[Hashable, ...]:
    """Return what the words of the services of a body follow from, apart from everyday words."""
    rows = tuple((row.pk, row.version, row.is_active, row.topic_id) for row in services(institution).values())
    return rows, tuple((pk, topic.version) for pk, topic in topics(institution).items())


def find_services(institution: Institution, text: str) -> list[Service]:
    """Return the services that are given and answer a question, the best first. No SQL when warm, 3 else."""
    known = services(institution)
    said: list[tuple[str, str]] = []

    def of() -> Hashable:
        rows = EverydayWord.objects.filter(institution=institution, is_active=True).order_by("sort_key", "pk")
        said.extend(rows.values_list("said", "meant"))
        return (*_stands(institution), tuple(said))

    def documents() -> dict[int, Texts]:
        return documents_of([row for row in known.values() if row.is_active], said)

    return [known[each.key] for each in _index(institution, "services", of, documents).find(text)]


def find_questions(institution: Institution, text: str, *, most: int = 20) -> list[QuestionTold]:
    """Return the frequent questions of services that are given that answer a question, the best first; for
    whoever lists them beside services. No SQL when warm, 2 else.
    """
    known = frequent_questions(institution)

    def documents() -> dict[int, Texts]:
        return {
            at: [(_NAME, each.question), (_TOPIC, each.service), (_REST, each.answer)]
            for at, each in enumerate(known)
        }

    found = _index(institution, "questions", lambda: _stands(institution), documents)
    return [known[each.key] for each in found.find(text, most=most)]
