# SPDX-License-Identifier: EUPL-1.2
"""What a body's own history suggests for a case: topics and units, never applied by themselves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case as Choice
from django.db.models import F, Func, QuerySet, Subquery, TextField, When
from django.db.models.functions import JSONObject

from siac.cases.domain.states import OPEN
from siac.cases.models import Case, Channel, SuggestionModel, SuggestionTarget
from siac.cases.suggesting.domain import Evaluation, Example, Learned
from siac.catalogue.public import topics
from siac.infra.search import token, tokens
from siac.kernel.text import words
from siac.organizations.public import Institution, unit_tree

_WORD = re.compile(r"\w+")
_FIGURES = ("learned", "measured", "labels", "first", "among", "frequent_first", "frequent_among")

LEARNED_FROM = 50_000
"""So many of a body's latest requests are learned from."""
LEAST_MEASURED = 20
"""With fewer measured, a figure says nothing and nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Option:
    """A topic or unit that is suggested; `because` are words of the text that
    speak for it, as they were written.
    """

    pk: int
    name: str
    because: list[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is suggested of one sort, the likeliest first."""

    target: str
    options: list[Option]
    evaluation: Evaluation


def examples_of(institution: Institution, target: str) -> list[Example[int]]:
    """Return the latest requests with their topic or unit, in order of time (1 SQL).

    Restricted ones are left out, and earlier registers: their text is often put
    together from the very column of the topic.
    """
    rows = Case.objects.filter(institution=institution, is_restricted=False).exclude(channel=Channel.IMPORT)
    rows = rows.exclude(**{f"{target}_id": None}).exclude(text__search=None).order_by("-pk")
    stems = Func(F("text__search"), function="tsvector_to_array")
    found = rows.annotate(stems=stems).values_list("stems", f"{target}_id")[:LEARNED_FROM]
    return [Example(words, label) for words, label in reversed(found)]


@lru_cache(maxsize=16)
def _learned(model_id: int, digest: str) -> Learned[int]:
    """Return a model as it is used, remembered by the digest of its content: a key
    alone outlives the database it came from.
    """
    content = SuggestionModel.objects.values_list("content", flat=True).get(pk=model_id) or {}
    words = {
        word: {int(label): count for label, count in counts.items()}
        for word, counts in content.get("words", {}).items()
    }
    return Learned({int(label): count for label, count in content.get("texts", {}).items()}, words)


def suggestions_for(institution: Institution, case: Case) -> list[Suggestion]:
    """Return what history suggests beside what the case has (1 SQL when warm);
    empty where it is no better than a guess.
    """
    text = case.text
    said = "\n".join([text.subject, text.body, text.place, *text.answers.values()])
    has = {SuggestionTarget.TOPIC.value: case.topic_id, SuggestionTarget.UNIT.value: case.unit_id}
    return suggestions_for_words(institution, said, has=has)


def suggestions_for_words(
    institution: Institution, said: str, *, has: Mapping[str, int | None] = MappingProxyType({})
) -> list[Suggestion]:
    """Return what history suggests for a text, by target, without what is chosen already (1 SQL when
    warm).
    """
    latest = SuggestionModel.objects.filter(institution=institution).order_by("target", "-number")
    known = list(dict.fromkeys(tokens(said)))
    found = []
    for row in latest.distinct("target").defer("content") if known else ():
        if row.measured < LEAST_MEASURED or not row.evaluation.is_better:
            continue
        names, learned = (
            _names(institution, row.target),
            _learned(row.pk, row.digest or row.learned_at.isoformat()),
        )
        options = [
            Option(label, names[label], as_written(said, learned.telling(known, label)))
            for label in learned.ranked(known)
            if label in names and label != has.get(row.target)
        ]
        if options:
            found.append(Suggestion(row.target, options, row.evaluation))
    return found


def with_words_to_route(cases: QuerySet[Case], institution: Institution) -> QuerySet[Case]:
    """Bring along, in the same SQL, what `unit_to_route` needs of the cases that no unit has."""
    latest = SuggestionModel.objects.filter(institution=institution, target=SuggestionTarget.UNIT)
    known = latest.order_by("-number").values(
        model=JSONObject(**{name: name for name in ("pk", "digest", "learned_at", *_FIGURES)})
    )
    stems = Func(F("text__search"), function="tsvector_to_array", output_field=ArrayField(TextField()))
    unrouted = When(unit=None, state__in=sorted(OPEN), then=stems)
    return cases.annotate(
        stems=Choice(unrouted, default=None, output_field=ArrayField(TextField())),
        unit_model=Subquery(known[:1]),
    )


def unit_to_route(institution: Institution, case: Any) -> tuple[int, str] | None:
    """Return the likeliest unit of a case that none has, and why in words: its
    topic's, else by its words; no SQL when warm.

    The case was read through `with_words_to_route`.
    """
    units = _names(institution, SuggestionTarget.UNIT)
    topic = topics(institution).get(case.topic_id or 0)
    if topic is not None and topic.unit_id in units:
        return topic.unit_id, "por el tema"
    row, known = case.unit_model, case.stems
    if not row or not known or row["measured"] < LEAST_MEASURED:
        return None
    if not Evaluation(**{name: row[name] for name in _FIGURES}).is_better:
        return None
    ranked = _learned(row["pk"], row["digest"] or row["learned_at"]).ranked(known)
    return next(((pk, "por sus palabras") for pk in ranked[:1] if pk in units), None)


def as_written(said: str, stems: Sequence[str]) -> list[str]:
    """Return for each stem the first word of `said` that has it. No SQL."""
    written: dict[str, str] = {}
    for word in _WORD.findall(said):
        for part in words(word):
            written.setdefault(token(part), word)
    return [written[stem] for stem in stems if stem in written]


def _names(institution: Institution, target: str) -> dict[int, str]:
    if target == SuggestionTarget.TOPIC:
        return {pk: topic.name for pk, topic in topics(institution).items() if topic.is_active}
    return {pk: unit.name for pk, unit in unit_tree(institution).nodes.items() if unit.is_active}
