# SPDX-License-Identifier: EUPL-1.2
"""Which cases a person may mean by what they typed in the search box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from siac.cases.domain.numbers import parse_code, parse_folio, parse_short_folio
from siac.cases.models import Case, CaseText, FolioCounter
from siac.infra.search import forgiving_query, search_query
from siac.kernel.text import squeeze
from siac.organizations.public import Access
from siac.people.public import PeopleRight, people_meant

PEOPLE_CAP = 200
RARE = 5000
"""Up to this many requests with the words asked, their ids are read first: the newest are then found by key.
Beyond, the words are so common that walking the list from its newest end meets them soon.
"""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text typed in the search box may mean."""

    people: Sequence[int] = ()
    """People called so, for whoever may read identities (primary keys)."""
    exact: Q | None = None
    """The cases whose number or code it is; None where it is none."""
    cases: Q | None = None
    """All cases that it may mean; None where it means nothing."""


def found(cases: QuerySet[Case], access: Access, text: str) -> QuerySet[Case]:
    """Narrow `cases` to those a person may mean by `text` (see `meant_by`, and its SQL)."""
    meant = meant_by(access, text)
    return cases.none() if meant.cases is None else cases.filter(meant.cases)


def meant_by(access: Access, text: str) -> Meant:
    """Return what may be meant by `text`: a folio, a tracking code, a person, or words of the request.

    Words are found whatever their accents and inflection ("inundaciones" finds "inundación"); all must
    occur. People are found only by whoever may read identities: else a search would tell who wrote which
    request. 1 SQL to look up people and words, 2 where nothing is called or written so: then one wrong
    letter in a word is forgiven. None for a folio.
    """
    number = parse_folio(text)
    if number is not None:
        own = Q(year=number[0], number=number[1])
        return Meant(exact=own, cases=own)
    code, short = parse_code(text), parse_short_folio(text)
    exact = Q(tracking_code=code) if code else Q()
    if short is not None:
        years = FolioCounter.objects.filter(institution=access.institution).values("year")
        exact |= Q(number=short, year__in=years)
    original = squeeze(text)
    is_number = any(c.isdigit() for c in original)
    if is_number:
        exact |= Q(original_number=original)
    people, worded = _looked_up(access, text)
    query = search_query(text)
    if not (people or worded or is_number):
        people, worded = _looked_up(access, text, forgiving=True)
        query = forgiving_query(text)
    matches = exact
    if people:
        matches |= Q(person__in=people)
    if len(worded) > RARE:
        matches |= Q(text__search=query)
    elif worded:
        matches |= Q(pk__in=worded)
    return Meant(people, exact or None, matches or None)


def _looked_up(access: Access, text: str, *, forgiving: bool = False) -> tuple[list[int], list[int]]:
    """Return the ids of people called so, and of cases with these words, one
    more than `RARE` at most (1 SQL).

    `forgiving`: also those called almost so, and words with one letter wrong.

    The planner cannot know how rare a word is unless it is common. Left to itself it may walk a whole
    register backwards for five requests; a materialized query is planned for all its rows, by the index
    of words, and read only as far as asked.
    """
    parts: list[str] = []
    params: list[Any] = []
    institution = access.institution
    may_find = access.has(PeopleRight.IDENTITY)
    people = people_meant(institution.pk, text, limit=PEOPLE_CAP, forgiving=forgiving) if may_find else None
    if people is not None:
        sql, values = people.query.sql_with_params()
        parts.append(f"(SELECT TRUE, id FROM ({sql}) AS people (id))")  # noqa: S608 - compiled queries, values stay apart
        params.extend(values)
    query = forgiving_query(text) if forgiving else search_query(text)
    if query is not None:
        rows = CaseText.objects.filter(institution=institution, search=query).values("case_id")
        sql, values = rows.query.sql_with_params()
        parts.append(
            f"(WITH worded (id) AS MATERIALIZED ({sql}) SELECT FALSE, id FROM worded LIMIT {RARE + 1})"  # noqa: S608
        )
        params.extend(values)
    if not parts:
        return [], []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows_found = cursor.fetchall()
    return [pk for is_person, pk in rows_found if is_person], [
        pk for is_person, pk in rows_found if not is_person
    ]
