# SPDX-License-Identifier: EUPL-1.2
"""What became of each case of a bulk action, written for many rows in one statement."""

import json
from collections.abc import Sequence

from django.db import connection

from siac.cases.models import BulkAction, BulkRowState

_WRITE = """
UPDATE cases_bulkrow r SET state = v.state, reason = v.reason, context = v.context::jsonb, version = v.version
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::int[]) AS v(case_id, state, reason, context,
  version)
WHERE r.action_id = %s AND r.case_id = v.case_id
"""

Outcome = tuple[int, str, str, dict[str, str], int]
"""Case, state of the row, code and words of the refusal, version of the case."""


def outcome(pk: int, problem: tuple[str, dict[str, str]] | None, version: int, good: str) -> Outcome:
    """Return the row of a case: `good` where there is no problem."""
    if problem is None:
        return pk, good, "", {}, version
    return pk, BulkRowState.REFUSED.value, problem[0], problem[1], version


def write_rows(bulk: BulkAction, found: Sequence[Outcome]) -> None:
    """Write down what became of cases (1 SQL)."""
    columns = (
        [pk for pk, *_ in found],
        [str(state) for _, state, *_ in found],
        [reason for _, _, reason, *_ in found],
        [json.dumps(context) for *_, context, _ in found],
        [version for *_, version in found],
    )
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*columns, bulk.pk])
