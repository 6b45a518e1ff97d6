# SPDX-License-Identifier: EUPL-1.2
"""What words say of the topic of a text: naive Bayes, learned from texts whose topic is known.

Values in, values out.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Generic, NamedTuple, TypeVar

Label = TypeVar("Label", bound=Hashable)
SMOOTHING = 0.1
"""Of a word never seen with a topic: so much of one occurrence."""
MEASURED_PART = 5
"""One in so many, the latest, is measured and not learned from."""
OFFERED = 3
RARE = 3


class Example(NamedTuple, Generic[Label]):
    """A text of known topic, as folded tokens (see `infra.search`)."""

    words: Collection[str]
    label: Label


class Learned(Generic[Label]):
    """What was learned: `texts` counts them by topic; `words` by word and topic, a word once a text."""

    def __init__(self, texts: Mapping[Label, int], words: Mapping[str, Mapping[Label, int]]) -> None:
        self.texts = Counter(texts)
        self.words = words
        self.frequent = [label for label, _ in self.texts.most_common(OFFERED)]
        totals: Counter[Label] = Counter()
        for counts in words.values():
            totals.update(counts)
        room = SMOOTHING * len(words)
        self._totals, self._room = totals, room
        self._prior = {label: log(count) for label, count in self.texts.items()}
        self._unseen = {
            label: log(SMOOTHING / (totals[label] + room)) if words else 0.0 for label in self.texts
        }
        self._weights = {
            word: {label: log(count / SMOOTHING + 1) for label, count in counts.items()}
            for word, counts in words.items()
        }

    def ranked(self, words: Collection[str]) -> list[Label]:
        """Return the likeliest topics, the best first, at most `OFFERED`; the
        most frequent where no word is known.
        """
        known = [self._weights[word] for word in set(words) if word in self._weights]
        scores = {label: prior + len(known) * self._unseen[label] for label, prior in self._prior.items()}
        for weights in known:
            for label, weight in weights.items():
                scores[label] += weight
        return sorted(scores, key=lambda label: (-scores[label], str(label)))[:OFFERED]

    def telling(self, words: Collection[str], label: Label) -> list[str]:
        """Return which of `words` speak for `label`, the strongest first, at most `OFFERED`:
        each is likelier in its texts than in all.
        """
        share, everything = self._totals[label] + self._room, self._totals.total() + self._room
        lifts = {
            word: (self.words[word].get(label, 0) + SMOOTHING) * everything
            / ((sum(self.words[word].values()) + SMOOTHING) * share)
            for word in set(words)
            if word in self.words
        }  # fmt: skip
        told = [word for word, lift in lifts.items() if lift > 1]
        return sorted(told, key=lambda word: (-lifts[word], word))[:OFFERED]


def learn(examples: Iterable[Example[Label]]) -> Learned[Label]:
    """Learn from texts; words of fewer than `RARE` of them are forgotten: they
    say little, and may be somebody's name.
    """
    texts: Counter[Label] = Counter()
    words: dict[str, Counter[Label]] = {}
    for said, label in examples:
        texts[label] += 1
        for word in set(said):
            words.setdefault(word, Counter())[label] += 1
    return Learned(texts, {word: counts for word, counts in words.items() if counts.total() >= RARE})


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How often topics were right on the latest part in time, in texts; beside
    it, always naming the most frequent.
    """

    learned: int
    measured: int
    labels: int
    """Different topics in the part learned from."""
    first: int
    among: int
    """The topic was one of the `OFFERED`."""
    frequent_first: int
    frequent_among: int

    @property
    def is_better(self) -> bool:
        """Whether words beat naming the most frequent at first, and do no worse among
        those offered (equal where there are few).
        """
        return self.first > self.frequent_first and self.among >= self.frequent_among


def evaluate(examples: Sequence[Example[Label]]) -> Evaluation:
    """Learn from the earlier part of `examples`, which are in order of time, and measure on the latest."""
    cut = len(examples) - len(examples) // MEASURED_PART
    earlier, latest = examples[:cut], examples[cut:]
    learned = learn(earlier)
    ranks = [(learned.ranked(words), label) for words, label in latest]
    frequent = learned.frequent
    return Evaluation(
        learned=len(earlier),
        measured=len(latest),
        labels=len(learned.texts),
        first=sum(found[:1] == [label] for found, label in ranks),
        among=sum(label in found for found, label in ranks),
        frequent_first=sum(frequent[:1] == [label] for _, label in ranks),
        frequent_among=sum(label in frequent for _, label in ranks),
    )
