# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody behind an entry of the menu: the very lists that its page shows."""

from django.db.models import Q, QuerySet

from siac.cases.access import alerts_for, answers_to_approve, visible_to
from siac.cases.models import AnswerDraft, CaseAlert, CaseTask, Mention
from siac.organizations.public import Access, unit_tree


def tasks_for(access: Access) -> QuerySet[CaseTask]:
    """Return the tasks of the holder of `access` and of their units, done or not, seen or not."""
    units: set[int] = set()
    for grant in access.grants:
        if grant.unit_id is not None:
            units |= unit_tree(access.institution).below(grant.unit_id)
    return CaseTask.objects.filter(Q(user=access.user) | Q(unit__in=units), institution=access.institution)


def open_tasks(access: Access) -> QuerySet[CaseTask]:
    """Return the tasks that the holder of `access`, or a unit of theirs, has still to do."""
    return tasks_for(access).filter(done_at=None, case__in=visible_to(access).values("pk"))


def mentions_of(access: Access) -> QuerySet[Mention]:
    """Return where the holder of `access` was named, in cases they see."""
    seen = visible_to(access).values("pk")
    return Mention.objects.filter(institution=access.institution, user=access.user, case__in=seen)


def unseen_alerts(access: Access) -> QuerySet[CaseAlert]:
    """Return the alerts for the holder of `access` that nobody of the same role has seen yet."""
    return alerts_for(access).filter(seen_at=None)


def tasks_and_mentions(access: Access) -> tuple[QuerySet[CaseTask], QuerySet[Mention]]:
    """Return what «Tareas y menciones» counts."""
    return open_tasks(access), mentions_of(access).filter(seen_at=None)


def alerts(access: Access) -> tuple[QuerySet[CaseAlert]]:
    """Return what «Alertas de plazo» counts."""
    return (unseen_alerts(access),)


def approvals(access: Access) -> tuple[QuerySet[AnswerDraft]]:
    """Return what «Por aprobar» counts."""
    return (answers_to_approve(access),)
