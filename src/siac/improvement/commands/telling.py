# SPDX-License-Identifier: EUPL-1.2
"""Telling those whose complaint led to an action that it is done: each of them once."""

from collections.abc import Generator, Sequence
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import Case, lock_cases, tell_person
from siac.findings.public import findings_in
from siac.improvement.behind import cases_behind
from siac.improvement.commands.plans import locked_plan, tell_plan
from siac.improvement.domain.states import ActionState
from siac.improvement.models import Action, LinkedCase, Telling, Told, ToldState
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, Step, TimeSource, begin, finish
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.people.public import address, same_people

TELLING = Line(
    Telling, "improvement.tell", "telling_id", queue=ASKED, related=("institution", "action__plan")
)
DONE = "improvement.done"
"""The notice that tells the person of a case what was done."""
BATCH = 20


@transaction.atomic
def begin_telling(*, institution: Institution, action_id: int, actor: User, now: datetime) -> Telling:
    """Begin to tell those whose complaint led to an action that it is done; the same call goes on with one
    that broke off (6 SQL). Nobody is told twice.

    Raises:
        Refused: there is no such action (action_unknown), it is not done (telling_open), nothing is to be
            told (telling_words), or they were told or are being told (telling_begun).
    """
    rows = Action.objects.filter(institution=institution, pk=action_id)
    plan_id = rows.values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise Refused("action_unknown")
    plan = locked_plan(institution, plan_id)
    action = rows.select_for_update(of=("self",), no_key=True).get()
    if action.state != ActionState.DONE:
        raise Refused("telling_open")
    if not action.told_text:
        raise Refused("telling_words")
    standing = Telling.objects.select_for_update(of=("self",), no_key=True).filter(action=action).first()
    row = standing or Telling(institution=institution, action=action, begun_by=actor)
    if standing is None:
        row.total = cases_behind(institution, action).count()
    begin(TELLING, row, now=now, refusal="telling_begun")
    tell_plan(plan, "telling_begun", actor.pk, now, action=action.pk, cases=row.total)
    return row


def telling(row: Telling, clock: TimeSource) -> Generator[Step[Telling], bool, None]:
    """Tell them batch by batch; begun again by the next worker if this one dies."""
    while (yield tell_batch):
        continue


def tell_batch(row: Telling, now: datetime) -> bool:
    """Tell the next of them, each once whoever else tells them; return whether any may be left (5 SQL and up
    to 8 for each).
    """
    told = Told.objects.filter(action=row.action)
    waiting = cases_behind(row.institution, row.action).exclude(pk__in=told.values("case"))
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH])
    lock_cases(keys)
    for case in waiting.filter(pk__in=keys).order_by("pk"):
        _tell(row, case, now)
    row.done = told.count()
    row.save(update_fields=["done"])
    if len(keys) == BATCH:
        return True
    tell_plan(row.action.plan, "told", None, now, action=row.action_id, cases=row.done)
    finish(row, now)
    return False


def _tell(row: Telling, case: Case, now: datetime) -> None:
    state, person_id, notice_id = ToldState.ERASED, None, None
    if case.erased_at is None:
        state, person_id = _how(row.action, case)
    if state == ToldState.SENT:
        [notice] = tell_person(case, DONE, now=now, action=row.action_id)
        notice_id = notice.pk
    Told.objects.create(
        institution=row.institution, action=row.action, case=case, person_id=person_id, state=state,
        notice_id=notice_id, told_at=now,
    )  # fmt: skip
    if state != ToldState.ERASED:
        data = {"action": row.action_id, "state": state.value}
        record(case.institution_id, case.stream, "improvement.case_told", now, actor_id=None, data=data)


def _how(action: Action, case: Case) -> tuple[ToldState, int | None]:
    """Return how the person of a case that is there is told, and who that is where it is by a notice."""
    if case.person_id is None:
        return ToldState.BY_CODE, None
    to = address(case.institution_id, case.person_id)
    if to is None:
        return ToldState.ERASED, None
    if not to.email:
        return ToldState.BY_CODE, None
    same = {case.person_id, *same_people(case.institution_id, case.person_id)}
    if Told.objects.filter(action=action, person_id__in=same, state=ToldState.SENT).exists():
        return ToldState.TWICE, None
    return ToldState.SENT, case.person_id


@transaction.atomic
def link_cases(
    *, institution: Institution, finding_id: int, cases: Sequence[Case], actor: User, now: datetime
) -> int:
    """Say that a finding came from these requests; return how many are new (4 SQL).

    Raises:
        Refused: there is no such finding (finding_unknown).
    """
    found = findings_in(institution, [finding_id])
    if not found:
        raise Refused("finding_unknown")
    known = set(LinkedCase.objects.filter(finding=finding_id).values_list("case_id", flat=True))
    rows = [
        LinkedCase(institution=institution, finding_id=finding_id, case=case, linked_by=actor, linked_at=now)
        for case in cases
        if case.pk not in known
    ]
    LinkedCase.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        data = {"finding": finding_id, "cases": [each.case_id for each in rows]}
        stream = found[0].stream
        record(institution.pk, stream, "improvement.cases_linked", now, actor_id=actor.pk, data=data)
    return len(rows)
