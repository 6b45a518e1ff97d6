# SPDX-License-Identifier: EUPL-1.2
"""Emptying the test database although triggers forbid it.

Django empties the database after a test that really commits. Tables that forbid TRUNCATE by a
trigger (the journal) would refuse, and tables of other makers (the job queue) must be emptied in
the same statement because they refer to each other. The role owns its tables, so it may switch
their triggers off for that one transaction; the product's own role in operation could too, which
is what checkpoints are for.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from typing import Any
from unittest import mock

from django.core.management.commands import flush
from django.db import connection, connections, transaction
from django.utils.module_loading import import_string

from siac.config.setup_steps import SETUP_STEPS

KEPT = ("django_migrations", "django_content_type", "auth_permission")
TABLES = """
    SELECT c.relname, ARRAY(SELECT t.tgname FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
      AND t.tgenabled = 'A'),
           EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
    FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relnamespace = 'public'::regnamespace
    ORDER BY 1
"""
REFERENCES = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid
"""
_SEEDED: dict[str, bytes] = {}
_SEQUENCES: dict[str, int] = {}
USED = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"


def empty(alias: str = "default") -> None:
    """Empty every table except Django's own bookkeeping, and start all sequences again.

    Rows are deleted and only where there are any: truncating makes new files for each of some hundred tables
    and their indexes, which takes longer than most tests do.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(TABLES)
        tables = {name: (always, guarded) for name, always, guarded in cursor.fetchall() if name not in KEPT}
        full = _with_rows(cursor, tables)
        guarded = [name for name in full if tables[name][1]]
        for name in guarded:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        for name in full:
            cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table is not altered while checks on it are due
        for name in guarded:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
            for trigger in tables[name][0]:
                cursor.execute(f'ALTER TABLE "{name}" ENABLE ALWAYS TRIGGER "{trigger}"')
        cursor.execute(USED)
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{name}" RESTART')


def _with_rows(cursor: Any, tables: Iterable[str]) -> list[str]:
    """Return the tables that hold something, those that refer to others before them."""
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
    cursor.execute(asked)
    return by_reference(cursor, {name for (name,) in cursor.fetchall()})


def by_reference(cursor: Any, full: set[str]) -> list[str]:
    """Return these tables, those that refer to others before them."""
    cursor.execute(REFERENCES)
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(full), ()))
    for child, parent in cursor.fetchall():
        if child in full and parent in full:
            order.add(parent, child)
    return list(order.static_order())


def seed() -> None:
    """Run what `siac setup` runs after migrating."""
    for path in SETUP_STEPS:
        import_string(path)()


def remember() -> None:
    """Remember all that the database holds, to be brought back after each flush."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for name, *_ in cursor.fetchall() if name not in KEPT]
        for name in reversed(_with_rows(cursor, names)):
            with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT BINARY)') as copy:
                _SEEDED[name] = b"".join(bytes(part) for part in copy)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        _SEQUENCES.update(cursor.fetchall())


def bring_back(alias: str = "default") -> None:
    """Put back, into an empty database, what `remember` saw: reading the packs
    again takes longer than most tests do.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for name, rows in _SEEDED.items():
            with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT BINARY)') as copy:
                copy.write(rows)
        for name, last in _SEQUENCES.items():
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', last])


@contextmanager
def flush_past_triggers() -> Iterator[None]:
    """Replace the work of `manage.py flush` for the time of a test run."""

    def handle(self: Any, **options: Any) -> None:
        empty(options["database"])
        bring_back(options["database"])

    with mock.patch.object(flush.Command, "handle", handle):
        yield
