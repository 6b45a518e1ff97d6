# SPDX-License-Identifier: EUPL-1.2
"""A change of calendar moved clocks of cases: their due days follow, each with a journal entry."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from siac.cases.commands.terms import set_due
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.locking import cases_to_lock
from siac.clocks.public import Clock, Moved, clocks_of
from siac.journal.public import NewEntry, record_many

_WRITE = """
UPDATE cases_case AS c SET due_on = v.due_on, legal_due_on = v.legal_due_on
FROM unnest(%s::bigint[], %s::date[], %s::date[]) AS v(id, due_on, legal_due_on) WHERE c.id = v.id
"""


def follow_moved_clocks(moves: Sequence[Moved], now: datetime) -> None:
    """Put the moved days on the cases and journal from which day to which; set-based per body."""
    for institution_id in sorted({move.institution_id for move in moves}):
        own = [move for move in moves if move.institution_id == institution_id]
        ids = sorted({move.subject_id for move in own})
        clocks: dict[int, list[Clock]] = {}
        for clock in clocks_of(institution_id, SUBJECT, ids):
            clocks.setdefault(clock.subject_id, []).append(clock)
        rows = cases_to_lock().filter(pk__in=ids, institution=institution_id)
        cases = list(rows.only("pk", "due_on", "legal_due_on"))
        for case in cases:
            set_due(case, clocks.get(case.pk, []))
        columns: list[Any] = [
            [case.pk for case in cases],
            [case.due_on for case in cases],
            [case.legal_due_on for case in cases],
        ]
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, columns)
        entries = [
            NewEntry(
                stream=f"case:{move.subject_id}",
                kind="cases.term_moved",
                data={
                    "clock": move.clock_id,
                    "from": move.due_from.isoformat(),
                    "to": move.due_to.isoformat(),
                },
            )
            for move in own
        ]
        record_many(institution_id, entries, at=now)
