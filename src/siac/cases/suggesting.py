# SPDX-License-Identifier: EUPL-1.2
"""What a body's own history suggests for a case: topics and units, never applied by themselves."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Func

from siac.cases.domain.suggesting import Evaluation, Example, Learned
from siac.cases.models import Case, Channel, SuggestionModel, SuggestionTarget
from siac.catalogue.public import topics
from siac.organizations.public import Institution, unit_tree

LEARNED_FROM = 50_000
"""So many of a body's latest requests are learned from."""
LEAST_MEASURED = 20
"""With fewer measured, a figure says nothing and nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is suggested of one sort, the likeliest first: (id, name)."""

    target: str
    options: list[tuple[int, str]]
    evaluation: Evaluation


def examples_of(institution: Institution, target: str) -> list[Example[int]]:
    """Return the latest requests with their topic or unit, in order of time (1 SQL).

    Restricted ones are left out, and earlier registers: their text is often put together from the very column of the topic.
    """
    rows = Case.objects.filter(institution=institution, is_restricted=False).exclude(channel=Channel.IMPORT)
    rows = rows.exclude(**{f"{target}_id": None}).exclude(text__search=None).order_by("-pk")
    stems = Func(F("text__search"), function="tsvector_to_array")
    found = rows.annotate(stems=stems).values_list("stems", f"{target}_id")[:LEARNED_FROM]
    return [Example(words, label) for words, label in reversed(found)]


@lru_cache(maxsize=16)
def _learned(model_id: int) -> Learned[int]:
    content = SuggestionModel.objects.values_list("content", flat=True).get(pk=model_id) or {}
    words = {
        word: {int(label): count for label, count in counts.items()}
        for word, counts in content.get("words", {}).items()
    }
    return Learned({int(label): count for label, count in content.get("texts", {}).items()}, words)


def suggestions_for(institution: Institution, case: Case) -> list[Suggestion]:
    """Return what history suggests beside what the case has (2 SQL when warm); empty where it is no better than a guess."""
    latest = SuggestionModel.objects.filter(institution=institution).order_by("target", "-number")
    models = [
        row
        for row in latest.distinct("target").defer("content")
        if row.measured >= LEAST_MEASURED and row.evaluation.is_better
    ]
    if not models:
        return []
    stems = Func(F("text__search"), function="tsvector_to_array")
    words = Case.objects.filter(pk=case.pk).annotate(stems=stems).values_list("stems", flat=True).get() or ()
    found = []
    for row in models:
        names = _names(institution, row.target)
        has = case.topic_id if row.target == SuggestionTarget.TOPIC else case.unit_id
        ranked = [label for label in _learned(row.pk).ranked(words) if label in names and label != has]
        if ranked:
            found.append(Suggestion(row.target, [(pk, names[pk]) for pk in ranked], row.evaluation))
    return found


def _names(institution: Institution, target: str) -> dict[int, str]:
    if target == SuggestionTarget.TOPIC:
        return {pk: topic.name for pk, topic in topics(institution).items() if topic.is_active}
    return {pk: unit.name for pk, unit in unit_tree(institution).nodes.items() if unit.is_active}
