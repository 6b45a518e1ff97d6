# SPDX-License-Identifier: EUPL-1.2
"""Erasures as runs: proposed (which is the dry run), approved or discarded, done
by the worker, done again after a restore.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from siac.accounts.public import User
from siac.cases.erasing.ledger import Erased
from siac.cases.erasing.one import erase_case
from siac.cases.erasing.policy import past_retention, policies
from siac.cases.locking import lock_cases
from siac.cases.models import Case, ErasureItem, ErasureRun, ItemOutcome, RunState
from siac.infra.models import JobFault
from siac.infra.turns import each_in_turn
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, in_each_body, institutions
from siac.people.public import ErasedPerson, erase_person_again

ERASE = "cases.run_erasure"
MOST = 50_000
"""Cases of one run; the rest is proposed again when it is done."""
_OPEN = (RunState.PROPOSED, RunState.RUNNING, RunState.FAILED)


@transaction.atomic
def propose_erasure(*, institution: Institution, actor: User | None, now: datetime) -> ErasureRun:
    """Write down which cases have passed their retention; nothing is erased.

    Raises:
        Refused: there are none, or a run waits or is under way.
    """
    Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    if ErasureRun.objects.filter(institution=institution, state__in=_OPEN).exists():
        raise Refused("erasure_open")
    run = ErasureRun(institution=institution, proposed_by=actor, proposed_at=now)
    items: list[ErasureItem] = []
    for kind in policies(institution):
        keys = past_retention(institution, kind, now=now).values_list("pk", flat=True)[: MOST - len(items)]
        items += [ErasureItem(run=run, case_id=pk, erases=list(kind.retention_erases)) for pk in keys]
    if not items:
        raise Refused("erasure_none")
    run.total = len(items)
    run.save()
    ErasureItem.objects.bulk_create(items, batch_size=2000)
    _note(run, "cases.erasure_proposed", actor=actor, now=now, new=True)
    return run


def propose_nightly(*, now: datetime) -> int:
    """Propose an erasure in each body that has cases past their retention and
    no open run; return how many bodies.
    """
    return in_each_body("cases.propose_erasures", partial(_propose, now=now), now=now)


def _propose(institution: Institution, *, now: datetime) -> int:
    try:
        propose_erasure(institution=institution, actor=None, now=now)
    except Refused:
        return 0
    return 1


@transaction.atomic
def approve_erasure(*, institution: Institution, run_id: int, actor: User, now: datetime) -> ErasureRun:
    """Let the worker erase what a run proposes.

    Raises:
        Refused: it was decided already.
    """
    run = _decide(institution, run_id, RunState.RUNNING, actor=actor, now=now)
    _note(run, "cases.erasure_approved", actor=actor, now=now)
    app.configure_task(ERASE).defer(run_id=run.pk)
    return run


@transaction.atomic
def discard_erasure(*, institution: Institution, run_id: int, actor: User, now: datetime) -> ErasureRun:
    """Put a proposal aside, or what is left of a run that broke off; the next night
    proposes again what is past its retention.

    Raises:
        Refused: it was decided already, and did not break off.
    """
    run = _decide(
        institution, run_id, RunState.DISCARDED, actor=actor, now=now, of=(RunState.PROPOSED, RunState.FAILED)
    )
    _note(run, "cases.erasure_discarded", actor=actor, now=now)
    return run


@transaction.atomic
def resume_erasure(*, institution: Institution, run_id: int, actor: User, now: datetime) -> ErasureRun:
    """Let the worker go on with a run that broke off; what it erased stays erased.

    Raises:
        Refused: it did not break off (erasure_not_failed).
    """
    run = _decide(
        institution,
        run_id,
        RunState.RUNNING,
        actor=actor,
        now=now,
        of=(RunState.FAILED,),
        refusal="erasure_not_failed",
    )
    _note(run, "cases.erasure_resumed", actor=actor, now=now)
    app.configure_task(ERASE).defer(run_id=run.pk)
    return run


def _decide(
    institution: Institution, run_id: int, state: RunState, *, actor: User, now: datetime,
    of: tuple[RunState, ...] = (RunState.PROPOSED,), refusal: str = "erasure_decided",
) -> ErasureRun:  # fmt: skip
    run = ErasureRun.objects.select_for_update(of=("self",)).get(institution=institution, pk=run_id)
    if run.state not in of:
        raise Refused(refusal)
    run.state, run.decided_by, run.decided_at = state, actor, now
    run.save(update_fields=["state", "decided_by", "decided_at"])
    return run


def _note(
    run: ErasureRun, kind: str, *, actor: User | None, now: datetime, new: bool = False, **told: Any
) -> None:
    data = {"cases": run.total, **told}
    record(run.institution_id, run.stream, kind, now, actor.pk if actor else None, data, new_stream=new)


def run_erasure(*, run_id: int, now: datetime) -> None:
    """Erase the cases of an approved run, each in a transaction of its own; a
    run broken off goes on where it stopped.

    Each case is looked at again, locked: what was reopened, appealed or put on hold meanwhile, or whose kind
    keeps longer now, is kept. A case that cannot be erased ends no other: it stays waiting, and the run is
    shown as failed with the reason (as `infra.turns` notes it) until somebody lets it go on.
    """
    run = ErasureRun.objects.select_related("institution", "decided_by").get(pk=run_id)
    if run.state != RunState.RUNNING:
        return
    waiting = ErasureItem.objects.filter(run=run, outcome=ItemOutcome.WAITING).order_by("pk")
    steps = (
        (f"case:{item.case_id}", partial(_erase_item, run, item, now=now))
        for item in waiting.iterator(chunk_size=500)
    )
    each_in_turn(ERASE, run.institution_id, steps, now=now)
    _conclude(run, now=now)


@transaction.atomic
def _erase_item(run: ErasureRun, item: ErasureItem, *, now: datetime) -> int:
    lock_cases([item.case_id])
    mine = ErasureItem.objects.select_for_update().filter(pk=item.pk, outcome=ItemOutcome.WAITING)
    if not mine.exists():
        return 0  # another worker took it
    kind_id = Case.objects.values_list("kind_id", flat=True).get(pk=item.case_id)
    done = _is_past(run.institution, item, kind_id, now=now) and erase_case(
        institution=run.institution,
        case_id=item.case_id,
        erases=item.erases,
        run_id=run.pk,
        actor=run.decided_by,
        now=now,
    )
    ErasureItem.objects.filter(pk=item.pk).update(outcome=ItemOutcome.ERASED if done else ItemOutcome.KEPT)
    return 1


@transaction.atomic
def _conclude(run: ErasureRun, *, now: datetime) -> None:
    """End a run, or show that a part of it could not be erased; another worker that is at it still
    goes on.
    """
    ErasureRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    left = ErasureItem.objects.filter(run=run, outcome=ItemOutcome.WAITING).count()
    if left:
        fault = JobFault.objects.filter(job=ERASE, institution=run.institution).order_by("-last_at").first()
        if fault is not None and _ended(run, RunState.FAILED, failure=fault.error):
            _note(run, "cases.erasure_failed", actor=None, now=now, left=left, error=fault.error)
    elif _ended(run, RunState.DONE, finished_at=now, failure=""):
        _note(run, "cases.erasure_done", actor=run.decided_by, now=now)


def _ended(run: ErasureRun, state: RunState, **values: Any) -> bool:
    return bool(ErasureRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(state=state, **values))


@transaction.atomic
def fail_erasure(*, run_id: int, error: str, now: datetime) -> None:
    """Show on a run that its job broke off, and why (the class of the error)."""
    run = ErasureRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if _ended(run, RunState.FAILED, failure=error[:100]):
        _note(run, "cases.erasure_failed", actor=None, now=now, error=error[:100])


def _is_past(institution: Institution, item: ErasureItem, kind_id: int, *, now: datetime) -> bool:
    kind = next((k for k in policies(institution) if k.pk == kind_id), None)
    return kind is not None and past_retention(institution, kind, now=now).filter(pk=item.case_id).exists()


def apply_ledger(lines: Iterable[Erased | ErasedPerson], *, now: datetime) -> tuple[int, int]:
    """Erase again what a ledger says was erased; return how many were, and how
    many lines name no case and nobody of today.

    A folio that another request bears since the restore is left alone: the moment of filing tells them apart.
    """
    bodies = {institution.slug: institution for institution in institutions()}
    again = missing = 0
    for line in lines:
        if isinstance(line, ErasedPerson):
            done = erase_person_again(line, now=now)
            missing, again = missing + (done is None), again + bool(done)
            continue
        institution = bodies.get(line.institution)
        case = (
            institution
            and Case.objects.filter(
                institution=institution,
                year=line.year,
                number=line.number,
                filed_at=datetime.fromisoformat(line.filed_at),
            ).first()
        )
        if not institution or not case:
            missing += 1
            continue
        again += erase_case(
            institution=institution,
            case_id=case.pk,
            erases=line.erases,
            run_id=0,
            actor=None,
            now=now,
            again=True,
        )
    return again, missing
