# SPDX-License-Identifier: EUPL-1.2
"""Emptying the test database although triggers forbid it.

Django empties the database after a test that really commits. Tables that forbid TRUNCATE by a
trigger (the journal) would refuse, and tables of other makers (the job queue) must be emptied in
the same statement because they refer to each other. The role owns its tables, so it may switch
their triggers off for that one transaction; the product's own role in operation could too, which
is what checkpoints are for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.management import call_command
from django.core.management.commands import flush
from django.db import connections, transaction
from django.utils.module_loading import import_string

from siac.config.setup_steps import SETUP_STEPS

TABLES = """
    SELECT c.oid::regclass::text,
           ARRAY(SELECT t.tgname FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled = 'A'),
           EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND c.relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    ORDER BY 1
"""


def empty(alias: str = "default") -> None:
    """Empty every table except Django's own bookkeeping, and start all sequences again."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(TABLES)
        tables = cursor.fetchall()
        guarded = [name for name, _, has_triggers in tables if has_triggers]
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(name for name, *_ in tables)} RESTART IDENTITY CASCADE")
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        for name, always, _ in tables:
            for trigger in always:
                cursor.execute(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {trigger}")


def seed() -> None:
    """Run what `siac setup` runs after migrating."""
    for path in SETUP_STEPS:
        import_string(path)()


@contextmanager
def flush_past_triggers() -> Iterator[None]:
    """Replace the work of `manage.py flush` for the time of a test run."""

    def handle(self: Any, **options: Any) -> None:
        empty(options["database"])
        call_command("createcachetable", database=options["database"], verbosity=0)
        seed()

    with mock.patch.object(flush.Command, "handle", handle):
        yield
