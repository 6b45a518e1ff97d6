# SPDX-License-Identifier: EUPL-1.2
"""What a suggestion costs: learning from ten thousand texts of sixty topics, then naming three for one. No database."""

import random
from time import process_time

from siac.cases.domain.suggesting import Example, learn

TEXTS, TOPICS, WORDS = 10_000, 60, 20


def costs() -> list[str]:
    """Return the processor time of learning once and of one suggestion, best of five, one line each."""
    random.seed(7)
    examples = [_example(random.randrange(TOPICS)) for _ in range(TEXTS)]
    start = process_time()
    learned = learn(examples)
    spent = process_time() - start
    best = float("inf")
    for _ in range(5):
        start = process_time()
        for example in examples[:1000]:
            learned.ranked(example.words)
        best = min(best, process_time() - start)
    return [
        f"suggestions: learning from {TEXTS:,} texts of {TOPICS} topics, {len(learned.words):,} words: {spent * 1e3:,.0f} ms",
        f"suggestions: three topics for a text of {WORDS} words: {best * 1e3:.1f} µs each",
    ]


def _example(topic: int) -> Example[int]:
    """Return a text with words of its topic among words of all."""
    own = [f"tema{topic}-{random.randrange(40)}" for _ in range(WORDS // 4)]
    return Example([*own, *(f"comun{random.randrange(2000)}" for _ in range(WORDS - len(own)))], topic)
