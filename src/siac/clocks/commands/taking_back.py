# SPDX-License-Identifier: EUPL-1.2
"""The clocks of a subject as they were a moment ago, for what is taken back before anybody was told."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from siac.clocks.models import Clock
from siac.infra.rows import give_back, held

_COLUMNS = (
    "state", "paused_on", "pauses", "due_on", "due_at", "calendar_version", "extended_amount", "extended_at",
    "extension_reason", "ended_at", "days_late",
)  # fmt: skip
"""Not `missed_at`: a term that has passed stays announced."""


def _of(institution_id: int, subject_type: str, subject_id: int) -> list[Clock]:
    rows = Clock.objects.select_for_update().filter(
        institution_id=institution_id, subject_type=subject_type, subject_id=subject_id
    )
    return list(rows.order_by("pk"))


def remember(*, institution_id: int, subject_type: str, subject_id: int) -> list[dict[str, Any]]:
    """Return the clocks of a subject as JSON values that `put_back`
    understands; the rows stay locked (1 SQL).
    """
    return [
        {"pk": clock.pk, **held(clock, _COLUMNS)} for clock in _of(institution_id, subject_type, subject_id)
    ]


def as_remembered(clocks: Sequence[Clock], saved: Sequence[dict[str, Any]]) -> list[Clock]:
    """Return `clocks`, unsaved, as they were when `remember` saw them, without
    those that started since; no SQL.
    """
    before = {row["pk"]: {name: row[name] for name in _COLUMNS} for row in saved}
    known = [clock for clock in clocks if clock.pk in before]
    for clock in known:
        give_back(clock, before[clock.pk])
    return known


@transaction.atomic
def put_back(
    saved: Sequence[dict[str, Any]], *, institution_id: int, subject_type: str, subject_id: int
) -> list[Clock]:
    """Make the clocks of a subject what they were when `remember` saw them; return them.

    A clock started since then is deleted: nobody was told of its term. Three SQL queries.
    """
    clocks = _of(institution_id, subject_type, subject_id)
    known = as_remembered(clocks, saved)
    kept = {clock.pk for clock in known}
    Clock.objects.filter(pk__in=[clock.pk for clock in clocks if clock.pk not in kept]).delete()
    Clock.objects.bulk_update(known, _COLUMNS)
    return known
