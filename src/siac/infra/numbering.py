# SPDX-License-Identifier: EUPL-1.2
"""The number of a row says which installation gave it out, so a body takes its rows elsewhere as they are.

Each installation draws a block by lot, once, and every sequence of ours begins in it: 482 913 000 000 001 is
row 1 of block 482 913. Two installations have the same block once in a million; whoever brings a body in
looks whether its numbers are free all the same (`docs/decisions/0049`). Numbers stay below 2^53, so programs
that know only floating point read them whole.
"""

import secrets

from django.apps import apps
from django.db import connection

from siac.infra.models import NumberBlock

SIZE = 10**9
"""Numbers of a block, for each table. A table that grows beyond goes on in the next one."""
BLOCKS = 999_999
_SEQUENCES = """
SELECT c.oid::regclass::text, t.relname, a.attname, pg_sequence_last_value(c.oid)
FROM pg_class c JOIN pg_sequence q ON q.seqrelid = c.oid
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace AND q.seqtypid = 'bigint'::regtype
  AND t.relname = ANY (%s)
ORDER BY 2
"""
_SET = "SELECT count(setval(name::regclass, %s, false)) FROM unnest(%s::text[]) AS names (name)"


def first_number() -> int | None:
    """Return where the block of this installation begins; None before its first set-up (1 SQL)."""
    return NumberBlock.objects.values_list("first", flat=True).first()


def take_numbers() -> int:
    """Let every sequence that stands below the block of this installation go on in it; return how many.

    Part of `siac setup`, as the role that owns the tables: 2 SQL, 1 more the first time and 1 where a table
    is new. Rows that have numbers keep them.
    """
    first = first_number()
    if first is None:
        first = (1 + secrets.randbelow(BLOCKS)) * SIZE + 1
        NumberBlock.objects.create(first=first)
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES, [_tables()])
        behind = [name for name, _, _, last in cursor.fetchall() if last is None or last < first]
        # One that was never used stands nowhere yet, though it may begin in the block already.
        if behind:
            cursor.execute(_SET, [first, behind])
    return len(behind)


def sequences_of(tables: list[str]) -> list[tuple[str, str, str, int | None]]:
    """Return (sequence, table, column, last number given out) of the tables that count (1 SQL)."""
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES, [tables])
        return [tuple(row) for row in cursor.fetchall()]


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return [each._meta.db_table for each in models if each.__module__.startswith("siac.")]
