# SPDX-License-Identifier: EUPL-1.2
"""What must hold of the tables themselves: the triggers that forbid rewriting, no
rule or policy that hides rows, constraints.

Whoever owns the tables could take any of it away for a moment; `siac verify`
compares it with what is written here.
"""

from collections.abc import Iterator

from django.db import connection

from siac.journal.models import Checkpoint, JournalEntry, SealedHead

APPEND_ONLY = ("journal_journalentry", "journal_checkpoint", "journal_sealedhead")
_FUNCTION = "journal_append_only"
_BODY = """
BEGIN
  RAISE EXCEPTION 'The journal only grows: % on % is forbidden', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END """
_DEFAULT_XID = "((pg_current_xact_id())::text)::bigint"
_WATCHED = frozenset({
    "journal", "cases", "catalogue", "documents", "people", "organizations", "charters", "notices",
    "indicators", "surveys", "findings", "procedures", "processes",
    "reporting", "servicepoints",
})  # fmt: skip
"""Applications on whose tables nothing but what the product brings may fire, rewrite or hide; those of
triggers that a context registered are so by that.
"""
_TRIGGERS = """
SELECT c.relname, t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid, true), t.tgisinternal
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND split_part(c.relname, '_', 1) = ANY (%s)
"""
_ODD = """
SELECT c.relname, CASE WHEN c.relkind NOT IN ('r', 'p') THEN 'kind'
  WHEN c.relrowsecurity OR c.relforcerowsecurity THEN 'policy'
  WHEN EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid) THEN 'rule'
  WHEN EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)) THEN 'heir' END AS odd
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND split_part(c.relname, '_', 1) = ANY (%s)
"""
_CONSTRAINTS = """
SELECT conname FROM pg_constraint WHERE conrelid = ANY (%s::regclass[]) AND convalidated
UNION SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = ANY (%s::regclass[]) AND x.indisunique AND x.indisvalid
"""
_XID = """
SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid
  AND a.attnum = d.adnum
WHERE d.adrelid = 'journal_journalentry'::regclass AND a.attname = 'xid'
"""


_OTHERS: dict[tuple[str, str], str] = {}


def register_guard(table: str, name: str, definition: str) -> None:
    """Have `siac verify` hold the trigger `name` of another context's table
    against `definition`, as PostgreSQL writes it.
    """
    _OTHERS[(table, name)] = definition


def _expected() -> dict[tuple[str, str], str]:
    """Return the definition of every trigger of ours by table and name, as PostgreSQL writes it."""
    found = dict(_OTHERS)
    for table in APPEND_ONLY:
        rows = (
            f"CREATE TRIGGER {table}_rows BEFORE DELETE OR UPDATE "
            f"ON {table} FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
        )
        every = (
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON "
            f"{table} FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
        )
        found |= {(table, f"{table}_rows"): rows, (table, f"{table}_truncate"): every}
    return found


def guard_problems() -> Iterator[tuple[str, str]]:
    """Yield (code of `texts.PROBLEMS`, name) of everything about the tables
    that is not as the product made it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.prosrc FROM pg_proc p WHERE p.proname = %s AND p.pronamespace = 'public'::regnamespace",
            [_FUNCTION],
        )
        if [row[0].strip() for row in cursor.fetchall()] != [_BODY.strip()]:
            yield "guard_function", _FUNCTION
        watched = sorted(_WATCHED | {table.partition("_")[0] for table, _ in _OTHERS})
        cursor.execute(_TRIGGERS, [watched])
        yield from _trigger_problems(cursor.fetchall())
        cursor.execute(_ODD, [watched])
        yield from ((f"guard_{odd}", table) for table, odd in cursor.fetchall() if odd)
        cursor.execute(_CONSTRAINTS, [list(APPEND_ONLY), list(APPEND_ONLY)])
        names = {row[0] for row in cursor.fetchall()}
        wanted = {c.name for model in (JournalEntry, Checkpoint, SealedHead) for c in model._meta.constraints}
        yield from (("guard_constraint", name) for name in sorted(wanted - names))
        cursor.execute(_XID)
        if cursor.fetchall() != [(_DEFAULT_XID,)]:
            yield "guard_default", "journal_journalentry.xid"


def _trigger_problems(rows: list[tuple[str, str, str, str, bool]]) -> Iterator[tuple[str, str]]:
    expected = _expected()
    for table, name, enabled, definition, is_internal in rows:
        if is_internal:
            if enabled == "D":
                yield "guard_disabled", f"{table}.{name}"
            continue
        wanted = expected.pop((table, name), None)
        if wanted is None:
            yield "guard_unknown", f"{table}.{name}"
        elif definition.replace(" public.", " ").replace("FUNCTION public.", "FUNCTION ") != wanted:
            yield "guard_changed", f"{table}.{name}"
        elif enabled != "A" and (table in APPEND_ONLY or enabled != "O"):
            yield "guard_disabled", f"{table}.{name}"
    yield from (("guard_missing", f"{table}.{name}") for table, name in expected)


def owner_role() -> str:
    """Return the role of this connection where it owns the journal, and so
    could rewrite it; else an empty text (1 SQL).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user FROM pg_class c WHERE c.oid = 'journal_journalentry'::regclass"
            " AND pg_has_role(c.relowner, 'USAGE')"
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""
