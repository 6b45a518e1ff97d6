# SPDX-License-Identifier: EUPL-1.2
"""A long register, written past the commands: what is asked of it, not what is in it, is tried."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

MANY = """
INSERT INTO cases_case (institution_id, year, number, tracking_code, kind_id, state, channel, topic_id,
  unit_id, assignee_id, filed_at, due_on, answered_at, answer_days, closed_at, outcome, ending, reviews,
  is_restricted, version, original_number, cause_id)
SELECT %(body)s, 2020, g, 'X' || g, CASE WHEN g %% 500 = 1 THEN %(rare)s ELSE %(usual)s END,
  CASE WHEN g %% 20 = 0 THEN 'with_unit' ELSE 'closed' END,
  CASE WHEN g %% 500 = 1 THEN 'letter' ELSE 'web' END,
  %(topic)s, CASE WHEN g %% 500 = 1 THEN %(unit)s END,
  CASE WHEN g %% 500 = 1 THEN %(officer)s END,
  timestamptz '2026-01-01' + g * interval '1 minute',
  CASE WHEN g %% 20 = 0 THEN date '2026-12-01' END,
  CASE WHEN g %% 20 > 0 THEN timestamptz '2026-02-01' + g * interval '1 minute' END,
  CASE WHEN g %% 20 > 0 THEN 5 END, CASE WHEN g %% 20 > 0 THEN timestamptz '2026-09-01' END,
  '', '', 0, false, 1, '', CASE WHEN g %% 500 = 1 THEN %(cause)s::bigint END
FROM generate_series(1, 20000) g
"""


def fill(values: Mapping[str, Any]) -> None:
    """Write 20,000 cases of January 2026, of which every five-hundredth has what is rare: `body`, `usual` and
    `rare` kind, `topic`, `unit`, `officer` and `cause`, all by primary key.
    """
    with connection.cursor() as cursor:
        cursor.execute(MANY, values)
        # What other tests took back lies in the indexes still, and is counted by the planner.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; REINDEX TABLE cases_case; ANALYZE cases_case")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
