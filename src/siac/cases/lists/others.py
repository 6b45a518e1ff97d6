# SPDX-License-Identifier: EUPL-1.2
"""How many more requests the people of a list have, among those that its reader sees."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField
from django.db.models.expressions import RawSQL

from siac.cases.access import visible_to
from siac.infra.config_cache import ReaderCache
from siac.organizations.public import Access
from siac.people.public import marked

SHOWN = 50
"""Beyond, it is only said that there are more."""
_PER_PERSON = """
SELECT asked.person, (SELECT count(*) FROM ({seen}) AS counted)
FROM unnest(%s::bigint[], %s::text[]) AS asked (person, marks)
  CROSS JOIN LATERAL (SELECT asked.person || ARRAY({same}) AS entries) AS known
"""
_THEIRS = RawSQL('"cases_case"."person_id" = ANY(known.entries)', [], output_field=BooleanField())
_MARKS = RawSQL("asked.marks::bigint[]", [], output_field=ArrayField(BigIntegerField()))
_READY: ReaderCache[tuple[str, tuple[Any, ...], tuple[Any, ...]]] = ReaderCache()


def others_of(access: Access, marks: Mapping[int, frozenset[int]]) -> dict[int, str]:
    """Return, by person, how many more requests than one they have among those that this reader sees, in
    words; who has no more is left out (1 SQL, none without `marks`).

    `marks` are those of `people.names_and_marks`. Entries of each are found by the index of marks and their
    cases by that of people, no further than told: it costs as much as is shown, whatever the register holds.
    """
    if not marks:
        return {}
    text, before, after = _READY.get(access, None, lambda: _made(access))
    asked: list[list[Any]] = [
        list(marks),
        [f"{{{','.join(map(str, sorted(own)))}}}" for own in marks.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(text, [*before, *asked, *after])
        found = cursor.fetchall()
    return {person: _words(count - 1) for person, count in found if count > 1}


def _made(access: Access) -> tuple[str, tuple[Any, ...], tuple[Any, ...]]:
    """Return the statement, and the values before and after those that are asked for."""
    # An array of entries, not a join: how rare a mark is cannot be told beforehand, and PostgreSQL, which
    # expects one of a hundred people to have it, would read the register. The own entry is in it even while
    # its marks are made anew.
    seen = visible_to(access).filter(_THEIRS).order_by().values("pk")[: SHOWN + 2]
    same = marked(access.institution.pk, _MARKS).order_by().values("person")
    (seen_text, before), (same_text, after) = seen.query.sql_with_params(), same.query.sql_with_params()
    return _PER_PERSON.format(seen=seen_text, same=same_text), tuple(before), tuple(after)


def _words(more: int) -> str:
    count = f"más de {SHOWN}" if more > SHOWN else str(more)
    return f"{count} {'solicitud' if more == 1 else 'solicitudes'} más"
