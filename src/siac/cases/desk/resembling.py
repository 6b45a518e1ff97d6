# SPDX-License-Identifier: EUPL-1.2
"""Requests that may be the same one again: of the same person, or saying the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, TextField

from siac.cases.access import visible_to
from siac.cases.domain.likeness import ALIKE, likeness
from siac.cases.domain.states import OPEN
from siac.cases.models import Case, CaseKind
from siac.infra.search import search_tokens
from siac.organizations.public import Access
from siac.people.public import PeopleRight, same_people

SPAN = timedelta(days=60)
BEFORE_FILING = timedelta(days=90)
READ = 500
"""So many of the newest open requests of the kind are compared by their words."""
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Resembling:
    """An open request that may be the same one: how alike its words are
    (percent), and whether the person is the same.
    """

    case: Case
    likeness: int
    same_person: bool


def resembling(access: Access, case: Case, *, now: datetime) -> list[Resembling]:
    """Return up to `SHOWN` open requests of the last 60 days that may be `case` again, the likeliest first.

    Those of the same person (by document or e-mail) always, where `access` may read identities; those of
    others from `ALIKE` percent of words in common, within the same kind. Only what `access` sees, and of
    the same confidentiality. At most 5 SQL.
    """
    recent = (
        visible_to(access)
        .filter(filed_at__gte=now - SPAN, state__in=sorted(OPEN), is_restricted=case.is_restricted)
        .exclude(pk=case.pk)
        .order_by("-pk")
    )
    own = next((words for _, words in _with_words(visible_to(access).filter(pk=case.pk))), [])
    found: dict[int, Resembling] = {}
    for other, words in _with_words(recent.filter(kind=case.kind_id)[:READ]):
        share = likeness(own, words)
        if share >= ALIKE:
            found[other.pk] = Resembling(other, share, same_person=False)
    if case.person_id is not None and access.has(PeopleRight.IDENTITY):
        people = same_people(access.institution.pk, case.person_id)
        for other, words in _with_words(recent.filter(person__in=people)[:READ]):
            found[other.pk] = Resembling(other, likeness(own, words), same_person=True)
    ranked = sorted(found.values(), key=lambda one: (not one.same_person, -one.likeness, -one.case.pk))
    return ranked[:SHOWN]


def repeated(
    access: Access, *, kind: CaseKind, body: str, person_ids: Collection[int], now: datetime
) -> list[Resembling]:
    """Return up to `SHOWN` open requests of the last 90 days, of these people,
    that what is about to be filed may be again.

    Those of the same kind, and those that say nearly the same; only what
    `access` sees (1 SQL, none without people).
    """
    if not person_ids:
        return []
    own = search_tokens(body).split()
    recent = visible_to(access).filter(
        filed_at__gte=now - BEFORE_FILING,
        state__in=sorted(OPEN),
        person__in=person_ids,
        is_restricted=kind.is_restricted,
    )
    found = [
        Resembling(other, likeness(own, words), same_person=True)
        for other, words in _with_words(recent.order_by("-pk")[:READ])
    ]
    alike = [one for one in found if one.case.kind_id == kind.pk or one.likeness >= ALIKE]
    return sorted(alike, key=lambda one: (-one.likeness, -one.case.pk))[:SHOWN]


def _with_words(cases: "QuerySet[Case]") -> list[tuple[Case, list[str]]]:
    stems = Func(F("text__search"), function="tsvector_to_array", output_field=ArrayField(TextField()))
    rows = (
        cases.select_related("text")
        .annotate(words=stems)
        .defer("text__body", "text__search", "text__answers")
    )
    return [(case, vars(case)["words"] or []) for case in rows]
