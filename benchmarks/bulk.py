# SPDX-License-Identifier: EUPL-1.2
"""A bulk change of many open cases, end to end, beside a bare update of the same column."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from benchmarks.fill import open_cases
from benchmarks.measuring import timed
from siac.accounts.public import Role, User
from siac.cases.bulk.commands import LINE, begin_bulk, choose_cases, preview_bulk
from siac.cases.bulk.running import changing
from siac.cases.models import BulkAction, Case
from siac.infra.longwork import run_long
from siac.organizations.public import Access, Institution, access_in, grant_role, unit_tree

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
EMAIL = "lote@bench.example"


def bulk_action(institution: Institution, count: int) -> Iterable[str]:
    """Yield a table: `count` open cases assigned, then referred, by one quality
    manager; then a bare `UPDATE` of a column.
    """
    grant_role(
        institution=institution,
        actor=None,
        now=NOW,
        email=EMAIL,
        name="Lote",
        role=Role.QUALITY_MANAGER,
        unit_id=None,
    )
    institution.refresh_from_db()
    with connection.cursor() as cursor:
        open_cases(cursor, institution, count)
    user = User.objects.get(email=EMAIL)
    access = access_in(user, institution.slug)
    unit = next(pk for pk, node in unit_tree(institution).nodes.items() if node.is_active)
    yield from (f"\n| {count:,} cases | s | CPU s of Python | cases/s |", "|---|---:|---:|---:|")
    yield from _acted(access, "assign", "asignar", {"assignee_id": user.pk}, count)
    yield from _acted(access, "refer to a unit", "derivar", {"unit_id": unit, "reason": ""}, count)
    spent = timed(lambda: _cases(institution, count).update(assignee=None))
    yield (
        f"| bare: one `UPDATE` of the column | {spent.wall:.1f} "
        f"| {spent.cpu:.1f} | {count / spent.wall:,.0f} |"
    )


def _cases(institution: Institution, count: int) -> Any:
    return Case.objects.filter(institution=institution, year=2020, number__lte=count)


def _acted(access: Access, name: str, code: str, values: Mapping[str, Any], count: int) -> Iterable[str]:
    chosen = timed(
        lambda: choose_cases(access=access, code=code, cases=_cases(access.institution, count), now=NOW)
    )
    bulk: BulkAction = chosen.found
    preview = timed(lambda: preview_bulk(access=access, bulk_id=bulk.pk, values=values, now=NOW))
    begin_bulk(access=access, bulk_id=bulk.pk, now=NOW)

    def job() -> None:
        run_long(LINE, bulk.pk, changing, clock=lambda: NOW)

    done = timed(job)
    bulk.refresh_from_db()
    for step, spent in (("marked", chosen), ("preview, a verdict on each", preview), ("the job", done)):
        yield f"| {name}: {step} | {spent.wall:.1f} | {spent.cpu:.1f} | {count / spent.wall:,.0f} |"
    yield f"| {name}: {bulk.changed:,} changed, {bulk.refused:,} left alone | | | |"
