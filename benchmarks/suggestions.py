# SPDX-License-Identifier: EUPL-1.2
"""What a suggestion costs: learning, from made-up texts and from the body's own
register, then naming three for one text.
"""

import random
from time import process_time

from django.utils.timezone import now

from benchmarks.measuring import timed
from siac.cases.suggesting.commands import learn_suggestions
from siac.cases.suggesting.domain import Example, learn
from siac.cases.suggesting.queries import LEARNED_FROM
from siac.organizations.public import Institution

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
        (
            f"suggestions: learning from {TEXTS:,} texts of {TOPICS} "
            f"topics, {len(learned.words):,} words: {spent * 1e3:,.0f} ms"
        ),
        f"suggestions: three topics for a text of {WORDS} words: {best * 1e3:.1f} µs each",
    ]


def learning(institution: Institution) -> str:
    """Return one line: the nightly job for the topics of the body, reading included."""
    spent = timed(lambda: learn_suggestions(institution=institution, target="topic", now=now()))
    return (
        "suggestions: the nightly job, from the body's latest "
        f"{LEARNED_FROM:,} texts at most: {spent.wall:.1f} s,"
        f" {spent.cpu:.1f} s of CPU"
    )


def _example(topic: int) -> Example[int]:
    """Return a text with words of its topic among words of all."""
    own = [f"tema{topic}-{random.randrange(40)}" for _ in range(WORDS // 4)]
    return Example([*own, *(f"comun{random.randrange(2000)}" for _ in range(WORDS - len(own)))], topic)
