# SPDX-License-Identifier: EUPL-1.2
"""Invented cases as plain values: who writes what, when, and what happens to it.

The same seed gives the same cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

CHANNELS = ("web", "counter", "phone", "letter", "email")
CHANNEL_WEIGHTS = (58, 22, 12, 3, 5)
RATINGS = (5, 4, 3, 2, 1)
RATING_WEIGHTS = (34, 30, 16, 11, 9)


@dataclass(frozen=True, slots=True)
class Story:
    """One invented case: its filing, and how many days (real days) later what
    happens; None where it does not.
    """

    kind: str
    at: datetime
    subject: str
    body: str
    channel: str
    person: tuple[str, str] | None
    number: int
    topic: int
    school: str
    asks_after: float | None
    informs_after: float | None
    answers_after: float | None
    outcome: str
    answer: str
    contests_after: float | None
    second_answer_after: float | None
    rating: int | None
    ends_as: str = ""
    """transferred, withdrawn or dismissed instead of answered; empty for most."""
    ends_after: float | None = None
    classified: bool = field(default=True)


def stories(
    script: Mapping[str, Any], places: Sequence[str], *, first: datetime, last: datetime
) -> Iterator[Story]:
    """Yield the cases of a body in the order they were filed, from `first` to `last` (aware)."""
    random = Random(script["seed"])  # noqa: S311 - invented data, not secrets
    moments = sorted(_working_moment(random, first, last) for _ in range(script["cases"]))
    kinds = [kind["code"] for kind in script["kinds"]]
    weights = [kind["weight"] for kind in script["kinds"]]
    anonymous = {kind["code"] for kind in script["kinds"] if kind.get("allows_anonymous")}
    since = {kind["code"]: kind["since"] for kind in script["kinds"] if "since" in kind}
    for number, at in enumerate(moments, start=1):
        kind = random.choices(kinds, weights)[0]
        if kind in since and at.date() < since[kind]:
            kind = kinds[0]  # its rule did not exist yet
        yield _story(
            random, script, kind, at, number, places, anonymous=kind in anonymous and random.random() < 0.5
        )


def _working_moment(random: Random, first: datetime, last: datetime) -> datetime:
    moment = first + (last - first) * random.random()
    if moment.weekday() >= 5 and random.random() < 0.8:
        moment -= timedelta(days=2)
    # Filed between 11:00 and 23:00 UTC: daytime in the three countries.
    return moment.replace(hour=random.randint(12, 20), minute=random.randint(0, 59), tzinfo=UTC)


def _story(
    random: Random,
    script: Mapping[str, Any],
    kind: str,
    at: datetime,
    number: int,
    places: Sequence[str],
    *,
    anonymous: bool,
) -> Story:
    texts, names = script["texts"], script["names"]
    school = random.choice(places) if places else ""
    values = {"year": at.year, "school": school, "sector": random.choice(texts["sectors"])}
    subject, _, body = random.choice(texts[kind]).format(**values).partition(": ")
    answer = random.choice(texts["answers"]).format(action=random.choice(texts["actions"]))
    person = (
        random.choice(names["given"]),
        f"{random.choice(names['family'])} {random.choice(names['family'])}",
    )
    asks = random.random() < 0.12
    asks_after = random.uniform(1, 4) if asks else None
    informs_after = asks_after + random.uniform(1, 7) if asks_after and random.random() < 0.85 else None
    base = informs_after or 0.0
    stuck = asks and informs_after is None
    answers_after = None if stuck else base + min(random.lognormvariate(2.15, 0.62), 60)
    contests = answers_after is not None and random.random() < 0.05
    return Story(
        kind=kind,
        at=at,
        subject=subject,
        body=body,
        channel=random.choices(CHANNELS, CHANNEL_WEIGHTS)[0],
        person=None if anonymous else person,
        number=number,
        topic=random.randrange(1000),
        school=school,
        asks_after=asks_after,
        informs_after=informs_after,
        answers_after=answers_after,
        outcome=random.choices(("upheld", "partly", "denied", "informed"), (40, 15, 12, 33))[0],
        answer=answer,
        contests_after=answers_after + random.uniform(1, 6) if answers_after and contests else None,
        second_answer_after=answers_after + random.uniform(8, 14) if answers_after and contests else None,
        rating=random.choices(RATINGS, RATING_WEIGHTS)[0] if random.random() < 0.38 else None,
        classified=random.random() < 0.9,
        ends_as=random.choices(("", "transferred", "withdrawn", "dismissed"), (90, 5, 3, 2))[0],
        ends_after=random.uniform(1, 4),
    )
