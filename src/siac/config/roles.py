# SPDX-License-Identifier: EUPL-1.2
"""Two roles of the database: one owns the tables and is used by `siac setup`
alone, the other only reads and writes rows.

Web and worker connect with the second (`DATABASE_URL`). It cannot change a table, a trigger
or a rule, and of the journal it can only read and add. Without `DATABASE_OWNER_URL` one role
does both, which `siac verify` mentions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import sql

from siac.config.settings.database import connection as settings_of
from siac.infra.environment import text

APPEND_ONLY = ("journal_journalentry", "journal_checkpoint", "journal_sealedhead")
READ_ONLY = ("django_migrations",)
_PARTS = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
_SETUP_LOCK = 0x51AC5E7


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the role of `DATABASE_OWNER_URL` for a while; where there is none nothing changes."""
    url = text("DATABASE_OWNER_URL", "")
    if not url:
        yield
        return
    known: dict[str, Any] = connection.settings_dict
    kept = {part: known[part] for part in _PARTS}
    connection.close()
    known.update({part: settings_of(url)[part] for part in _PARTS})
    try:
        yield
    finally:
        connection.close()
        known.update(kept)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other set-up works on this database, and keep others waiting meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_SETUP_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_SETUP_LOCK])


def application_role() -> str:
    """Return the role of `DATABASE_URL` where another one owns the tables, else an empty text."""
    owner = text("DATABASE_OWNER_URL", "")
    role = str(settings_of(text("DATABASE_URL", ""))["USER"])
    return role if owner and role != settings_of(owner)["USER"] else ""


def grant_rows(role: str) -> None:
    """Let `role` read and write the rows of every table, and of the journal
    only read and add; run it as the owner.

    It may run again at any time: what an earlier version allowed beyond that is taken back.
    """
    name = sql.Identifier(role)
    words = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(name),
        *(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), name)
            for table in APPEND_ONLY
        ),
        *(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name)
            for table in READ_ONLY
        ),
    ]
    with connection.cursor() as cursor:
        for each in words:
            cursor.execute(each)
