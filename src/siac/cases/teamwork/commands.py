# SPDX-License-Identifier: EUPL-1.2
"""Work that people of the house share on a case: mentions, tasks, the checklist of its kind."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User, user_of
from siac.cases.access import visible_to
from siac.cases.commands.handling import add_note, keep, locked
from siac.cases.commands.writing import REPEATED_WITHIN
from siac.cases.domain.checklist import owed
from siac.cases.domain.states import Move
from siac.cases.models import Case, CaseMessage, CaseTask, ChecklistTick, Mention
from siac.cases.queries import kinds
from siac.cases.teamwork.mentions import mentioned
from siac.documents.public import CheckedFile
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Access, Institution, access_in, colleagues, is_colleague, unit_tree

TASK_LIMIT = 300
FARTHEST_DAYS = 730


@transaction.atomic
def note_with_mentions(
    *,
    institution: Institution,
    case_id: int,
    body: str,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Write an internal note, and tell those whom it names with an @ that it does.

    Raises:
        Refused: as `add_note`, or it names somebody who may not read the case (mention_cannot_read).
    """
    people = dict(colleagues(institution)) if "@" in body else {}
    named = [pk for pk in mentioned(body, list(people.items())) if pk != actor.pk]
    for pk in named:
        if not _reads(institution, pk, case_id):
            raise Refused("mention_cannot_read", name=people[pk])
    case = add_note(institution=institution, case_id=case_id, body=body, actor=actor, now=now, files=files)
    if named:
        message = CaseMessage.objects.filter(case=case, author=actor).order_by("-pk")[0]
        _mention(institution, case, message, named, now=now)
    return case


def _mention(
    institution: Institution, case: Case, message: CaseMessage, user_ids: Sequence[int], *, now: datetime
) -> None:
    known = set(Mention.objects.filter(message=message).values_list("user_id", flat=True))
    new = [pk for pk in user_ids if pk not in known]  # a note sent twice at once is one
    Mention.objects.bulk_create(
        [Mention(institution=institution, case=case, message=message, user_id=pk) for pk in new]
    )
    notices = [
        NewNotice(
            kind="cases.mentioned",
            recipient=f"user:{pk}",
            channel="email",
            subject_type="user",
            subject_id=pk,
        )
        for pk in new
    ]
    queue_many(institution.pk, notices, now)


def _reads(institution: Institution, user_id: int, case_id: int) -> bool:
    access = access_in(user_of(user_id), institution.slug)
    return visible_to(access).filter(pk=case_id).exists()


def see_mention(*, access: Access, mention_id: int, now: datetime) -> Case | None:
    """Note that the holder of `access` opened a mention of theirs; return its
    case, None where there is no such one.
    """
    mention = (
        Mention.objects.filter(institution=access.institution, user=access.user, pk=mention_id)
        .filter(case__in=visible_to(access))
        .select_related("case")
        .first()
    )
    if mention is None:
        return None
    Mention.objects.filter(pk=mention.pk, seen_at=None).update(seen_at=now)
    return mention.case


@transaction.atomic
def add_task(
    *,
    institution: Institution,
    case_id: int,
    text: str,
    user_id: int | None,
    unit_id: int | None,
    due_on: date,
    actor: User,
    now: datetime,
) -> Case:
    """Write down what a person or a unit shall do on a case until the local day `due_on`; a second press on
    the button adds nothing.

    Raises:
        Refused: no text, nobody or two to do it or somebody unknown (task_for_whom), somebody who may not
            read the case (mention_cannot_read), a day that is past or more than two years away (task_day).
    """
    case, _ = locked(institution, case_id, None, Move.NOTE)
    words = squeeze(text)[:TASK_LIMIT]
    if not words:
        raise Refused("text_missing")
    _check_doer(institution, case, user_id, unit_id)
    today = institution.local_date(now)
    if due_on < today or (due_on - today).days > FARTHEST_DAYS:
        raise Refused("task_day")
    same = {"text": words, "user_id": user_id, "unit_id": unit_id, "due_on": due_on, "created_by": actor}
    if CaseTask.objects.filter(case=case, created_at__gte=now - REPEATED_WITHIN, **same).exists():
        return case
    task = CaseTask.objects.create(institution=institution, case=case, created_at=now, **same)
    data = {"task": task.pk, "user": user_id, "unit": unit_id, "due_on": due_on.isoformat()}
    return keep(case, "cases.task_added", actor=actor, now=now, fields=(), data=data)


def _check_doer(institution: Institution, case: Case, user_id: int | None, unit_id: int | None) -> None:
    if (user_id is None) == (unit_id is None):
        raise Refused("task_for_whom")
    if unit_id is not None:
        node = unit_tree(institution).nodes.get(unit_id)
        if node is None or not node.is_active:
            raise Refused("task_for_whom")
    elif user_id is not None:
        if not is_colleague(institution, user_id):
            raise Refused("task_for_whom")
        if not _reads(institution, user_id, case.pk):
            raise Refused("mention_cannot_read", name=dict(colleagues(institution))[user_id])


@transaction.atomic
def finish_task(
    *, institution: Institution, case_id: int, task_id: int, done: bool, actor: User, now: datetime
) -> Case:
    """Note that a task was done, or take that back; twice is once.

    Raises:
        Refused: the case has no such task (task_unknown), or it was erased.
    """
    case, _ = locked(institution, case_id, None, Move.NOTE)
    task = CaseTask.objects.select_for_update(of=("self",)).filter(case=case, pk=task_id).first()
    if task is None:
        raise Refused("task_unknown")
    if (task.done_at is not None) is done:
        return case
    task.done_at, task.done_by = (now, actor) if done else (None, None)
    task.save(update_fields=["done_at", "done_by"])
    kind = "cases.task_done" if done else "cases.task_undone"
    return keep(case, kind, actor=actor, now=now, fields=(), data={"task": task.pk})


@transaction.atomic
def tick(
    *, institution: Institution, case_id: int, code: str, done: bool, actor: User, now: datetime
) -> Case:
    """Tick an item of the checklist of the case's kind, or take the tick back; twice is once.

    Raises:
        Refused: the kind has no such item (checklist_unknown), or the case was erased.
    """
    case, _ = locked(institution, case_id, None, Move.NOTE)
    if code not in {item.code for item in kinds(institution)[case.kind_id].checklist_items()}:
        raise Refused("checklist_unknown")
    rows = ChecklistTick.objects.filter(case=case, code=code)
    if rows.exists() is done:
        return case
    if done:
        ChecklistTick.objects.create(institution=institution, case=case, code=code, user=actor, at=now)
    else:
        rows.delete()
    kind = "cases.checked" if done else "cases.unchecked"
    return keep(case, kind, actor=actor, now=now, fields=(), data={"item": code})


def check_checklist(institution: Institution, case: Case) -> None:
    """Refuse an answer before what its kind wants checked was checked (1 SQL where it wants something).

    Raises:
        Refused: checklist_owed, with the items.
    """
    items = kinds(institution)[case.kind_id].checklist_items()
    if any(item.required for item in items):
        left = owed(items, _ticked(case))
        if left:
            raise Refused("checklist_owed", items="; ".join(left))


def _ticked(case: Case) -> set[str]:
    codes: Iterable[str] = ChecklistTick.objects.filter(case=case).values_list("code", flat=True)
    return set(codes)
