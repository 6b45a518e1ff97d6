# SPDX-License-Identifier: EUPL-1.2
"""Who is answering a case at this moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from siac.cases.access import visible_to
from siac.cases.models import Case, CaseTask, Mention, Presence
from siac.cases.teamwork.surroundings import Writer, checklist_of, tasks_of, writers_of
from siac.organizations.public import Access, unit_tree

FRESH = timedelta(seconds=50)
"""A sign of life comes every twenty seconds: two may be lost."""


def answering(access: Access, writers: Iterable[Writer], *, now: datetime) -> list[str]:
    """Return the names of those of `writers`, others than the reader, who are answering at this moment.

    No SQL.
    """
    return [
        writer.name for writer in writers if writer.user_id != access.user.pk and writer.seen_at > now - FRESH
    ]


def lately_writing(case: Case) -> list[Writer]:
    """Return who has been answering a case in the last hour, by name (1 SQL)."""
    rows = Presence.objects.filter(case=case).order_by("user__name", "user_id")
    return [Writer(*row) for row in rows.values_list("user_id", "user__name", "seen_at")]


def teamwork_part(access: Access, case: Case, now: datetime) -> Mapping[str, Any]:
    """Return what the page of a case shows of who works on it; no SQL after `read_whole`."""
    return {
        "others": answering(access, writers_of(case), now=now),
        "tasks": tasks_of(case),
        "checklist": checklist_of(case),
    }


def tasks_left(case: Case) -> list[str]:
    """Say what is still open on the case; it keeps nobody from going on. 1 SQL."""
    left = [task.text for task in tasks_of(case) if task.done_at is None]
    return [f"Tareas sin hacer: {'; '.join(left)}."] if left else []


def left_to_check(case: Case) -> list[str]:
    """Say what its kind wants checked before the answer. SQL as `checklist_of`."""
    left = [row.item.label for row in checklist_of(case) if row.item.required and row.by is None]
    return [f"Antes de responder falta revisar: {'; '.join(left)}."] if left else []


def tasks_for(access: Access) -> QuerySet[CaseTask]:
    """Return the tasks of the holder of `access` and of their units, done or not, seen or not.

    Lazy: no SQL until it is read.
    """
    units: set[int] = set()
    for grant in access.grants:
        if grant.unit_id is not None:
            units |= unit_tree(access.institution).below(grant.unit_id)
    return CaseTask.objects.filter(Q(user=access.user) | Q(unit__in=units), institution=access.institution)


def open_tasks(access: Access) -> QuerySet[CaseTask]:
    """Return the tasks that the holder of `access`, or a unit of theirs, has still to do.

    Lazy: no SQL until it is read.
    """
    return tasks_for(access).filter(done_at=None, case__in=visible_to(access).values("pk"))


def mentions_of(access: Access) -> QuerySet[Mention]:
    """Return where the holder of `access` was named, in cases they see. Lazy: no SQL until it is read."""
    seen = visible_to(access).values("pk")
    return Mention.objects.filter(institution=access.institution, user=access.user, case__in=seen)


def tasks_and_mentions(access: Access) -> tuple[QuerySet[CaseTask], QuerySet[Mention]]:
    """Return what «Tareas y menciones» counts. Lazy: no SQL until it is read."""
    return open_tasks(access), mentions_of(access).filter(seen_at=None)
