# SPDX-License-Identifier: EUPL-1.2
"""Ten million narrow rows: what counting them costs, and what reading a figure from their cells does."""

import time
from collections.abc import Iterable

from django.db import connection
from django.utils.timezone import now

from benchmarks.figures import page_times, read_times
from benchmarks.measuring import database_time
from siac.cases.models import CaseFact
from siac.indicators.figures.cube import recount
from siac.indicators.models import Cell
from siac.infra.metrics import source
from siac.organizations.public import Institution

YEARS = 10
_COPIES = """
INSERT INTO cases_casefact ({columns})
SELECT {chosen} FROM cases_casefact f, generate_series(1, %(copies)s) AS copy
WHERE f.institution_id = %(institution)s AND f.case_id > 0
"""
"""Copies of the facts of real cases, moved back some years and days. They have no case behind them, so the
benchmark's table loses what ties it to cases; their numbers are below zero, and they are deleted at the end.
"""
_INDEXES = """
SELECT i.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = 'cases_casefact'::regclass AND NOT x.indisprimary
"""
_TO_CASES = """
SELECT conname FROM pg_constraint WHERE conrelid = 'cases_casefact'::regclass AND contype = 'f'
  AND confrelid = 'cases_case'::regclass
"""


def ten_million(institution: Institution, rows: int = 10_000_000) -> Iterable[str]:
    """Yield what figures cost over `rows` facts, copied from those that are there."""
    own = CaseFact.objects.filter(institution=institution).count()
    copies = max(rows // own - 1, 1)
    begun = time.perf_counter()
    _copy(institution, copies, own)
    yield f"- {own * (copies + 1):,} narrow rows: copied in {time.perf_counter() - begun:.0f} s"
    yield from _measured(institution, own * (copies + 1))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_casefact WHERE case_id < 0")
        cursor.execute("VACUUM ANALYZE cases_casefact")
    for _ in recount(institution, source("cases"), now=now()):
        continue


def _copy(institution: Institution, copies: int, own: int) -> None:
    fields = [field.column for field in CaseFact._meta.concrete_fields]
    days = [
        field.column for field in CaseFact._meta.concrete_fields if field.get_internal_type() == "DateField"
    ]
    back = f"(copy %% {YEARS}) * 365 + (copy * 7) %% 30"
    # What is late today was ended long ago in a copy: a register has no thousands that wait for ten years.
    ended = 'coalesce(f."ended_on", f."late_from")'
    chosen = [
        f'-(f.case_id + copy::bigint * {own * 100})' if name == "case_id"
        else f'{ended} - ({back})' if name == "ended_on"
        else f'f."{name}" - ({back})' if name in days
        else f'f."{name}"'
        for name in fields
    ]  # fmt: skip
    statement = _COPIES.format(columns=", ".join(f'"{each}"' for each in fields), chosen=", ".join(chosen))
    with connection.cursor() as cursor:
        cursor.execute(_TO_CASES)
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE cases_casefact DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()  # made again at the end, many times faster than kept row by row
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(statement, {"institution": institution.pk, "copies": copies})
        cursor.execute("SET synchronous_commit = on")
        for _, made in indexes:
            cursor.execute(made)
        cursor.execute("VACUUM ANALYZE cases_casefact")


def _measured(institution: Institution, rows: int) -> Iterable[str]:
    before, begun = database_time(), time.perf_counter()
    for _ in recount(institution, source("cases"), now=now()):
        continue
    took, db = time.perf_counter() - begun, database_time() - before
    cells = Cell.objects.filter(institution=institution).count()
    yield (
        f"- {rows:,} narrow rows: every cell computed in {took:.0f} s ({db:.0f} s of the database), {cells:,}"
        f" cells; a year of them {took / (YEARS + 1):.0f} s"
    )
    yield from read_times(institution, f"{rows:,} narrow rows")
    yield from page_times(f"{rows:,} narrow rows")
