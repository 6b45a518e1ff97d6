# SPDX-License-Identifier: EUPL-1.2
"""Erasures as runs: proposed (which is the dry run), approved or discarded, done
by the worker, done again after a restore.
"""

from collections.abc import Generator, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from siac.accounts.public import User
from siac.cases.locking import lock_with_main
from siac.cases.models import DISCARDED, PROPOSED, Case, ErasureItem, ErasureRun, ItemOutcome
from siac.cases.protection.erasing import erase_case
from siac.cases.protection.ledger import Erased
from siac.cases.protection.policy import past_retention, policies
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, begin, fail, finish, tell
from siac.infra.models import JobFault
from siac.infra.turns import Step as Turn
from siac.infra.turns import each_in_turn
from siac.journal.public import record
from siac.kernel.approvals import Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, in_each_body, institutions_by_slug, lock_institution
from siac.people.public import ErasedPerson, erase_person_again

ERASE = "cases.run_erasure"
LINE = Line(ErasureRun, ERASE, "run_id", queue=LONG, related=("institution", "decided_by"))
MOST = 50_000
"""Cases of one run; the rest is proposed again when it is done."""
_DECISION = ("decided_by", "decided_at")
_OPEN = (PROPOSED, WorkState.WAITING, WorkState.RUNNING, WorkState.FAILED)
APPROVAL = Approval(
    after={
        (PROPOSED, ApprovalStep.APPROVE): WorkState.WAITING,
        (PROPOSED, ApprovalStep.DISCARD): DISCARDED,
        (WorkState.FAILED, ApprovalStep.DISCARD): DISCARDED,
        (WorkState.FAILED, ApprovalStep.RESUME): WorkState.WAITING,
    },
    closed={
        ApprovalStep.APPROVE: "erasure_decided",
        ApprovalStep.DISCARD: "erasure_decided",
        ApprovalStep.RESUME: "erasure_not_failed",
    },
)
"""How an erasure is approved: by any administrator, also who had it proposed."""


@transaction.atomic
def propose_erasure(*, institution: Institution, actor: User | None, now: datetime) -> ErasureRun:
    """Write down which cases have passed their retention; nothing is erased.

    Raises:
        Refused: there are none, or a run waits or is under way.
    """
    lock_institution(institution.pk)
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
    run.digest = items_digest((item.case_id, item.erases) for item in items)
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
def approve_erasure(
    *, institution: Institution, run_id: int, seen: str | None = None, actor: User, now: datetime
) -> ErasureRun:
    """Let the worker erase what a run proposes (1 SQL reads all its cases).

    `seen` is the digest that the page showed; None does not ask. The one approved stays in the history.

    Raises:
        Refused: it was decided already, or its cases are not those that were shown (approval_overtaken).
    """
    run = _locked(institution, run_id)
    stands = items_digest(run.items.order_by("case_id").values_list("case_id", "erases"))
    APPROVAL.approve(run.state, stands=stands, seen=seen)
    run.decided_by, run.decided_at = actor, now
    _note(run, "cases.erasure_approved", actor=actor, now=now, digest=stands)
    return begin(LINE, run, now=now, refusal="erasure_decided", also=_DECISION)


@transaction.atomic
def discard_erasure(*, institution: Institution, run_id: int, actor: User, now: datetime) -> ErasureRun:
    """Put a proposal aside, or what is left of a run that broke off; the next night
    proposes again what is past its retention.

    Raises:
        Refused: it was decided already, and did not break off.
    """
    run = _locked(institution, run_id)
    run.state = APPROVAL.move(run.state, ApprovalStep.DISCARD)
    run.decided_by, run.decided_at = actor, now
    run.save(update_fields=["state", *_DECISION])
    _note(run, "cases.erasure_discarded", actor=actor, now=now)
    return run


@transaction.atomic
def resume_erasure(*, institution: Institution, run_id: int, actor: User, now: datetime) -> ErasureRun:
    """Let the worker go on with a run that broke off; what it erased stays erased.

    Raises:
        Refused: it did not break off (erasure_not_failed).
    """
    run = _locked(institution, run_id)
    APPROVAL.move(run.state, ApprovalStep.RESUME)
    run.decided_by, run.decided_at = actor, now
    _note(run, "cases.erasure_resumed", actor=actor, now=now)
    return begin(LINE, run, now=now, refusal="erasure_not_failed", also=_DECISION)


def items_digest(items: Iterable[tuple[int, list[str]]]) -> str:
    """Return the digest of the cases of a run and of what is erased of each, in whatever order they come."""
    return digest_of(sorted((pk, sorted(erases)) for pk, erases in items))


def _locked(institution: Institution, run_id: int) -> ErasureRun:
    return ErasureRun.objects.select_for_update(of=("self",)).get(institution=institution, pk=run_id)


def _note(
    run: ErasureRun, kind: str, *, actor: User | None, now: datetime, new: bool = False, **told: Any
) -> None:
    data = {"cases": run.total, **told}
    record(run.institution_id, run.stream, kind, now, actor.pk if actor else None, data, new_stream=new)


def erasing(run: ErasureRun, clock: TimeSource) -> Generator[Step[ErasureRun], Any, None]:
    """Erase the cases of an approved run, each in a transaction of its own; a
    run broken off goes on where it stopped.

    Each case is looked at again, locked with the one it was joined to: what was reopened, appealed or put on
    hold meanwhile, or whose kind keeps longer now, is kept. A case that cannot be erased ends no
    other: it stays waiting, and the run is shown as failed with the reason (as `infra.turns` notes it)
    until somebody lets it go on.
    """
    each_in_turn(ERASE, run.institution_id, _turns(run, clock), now=clock())
    yield _conclude


def _turns(run: ErasureRun, clock: TimeSource) -> Iterator[Turn]:
    waiting = ErasureItem.objects.filter(run=run, outcome=ItemOutcome.WAITING).order_by("pk")
    for item in waiting.iterator(chunk_size=500):
        tell(run, clock())
        yield f"case:{item.case_id}", partial(_erase_item, run, item, now=clock())


@transaction.atomic
def _erase_item(run: ErasureRun, item: ErasureItem, *, now: datetime) -> int:
    lock_with_main(item.case_id)
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
    ErasureRun.objects.filter(pk=run.pk).update(done=F("done") + 1)
    return 1


def _conclude(run: ErasureRun, now: datetime) -> None:
    """End a run, or show that a part of it could not be erased."""
    left = ErasureItem.objects.filter(run=run, outcome=ItemOutcome.WAITING).count()
    if left:
        fault = JobFault.objects.filter(job=ERASE, institution=run.institution).order_by("-last_at").first()
        fail(run, now, fault.error if fault else "")
        _note(run, "cases.erasure_failed", actor=None, now=now, left=left, error=run.fault)
        return
    finish(run, now)
    _note(run, "cases.erasure_done", actor=run.decided_by, now=now)


def broke_off(run: ErasureRun, error: Exception, now: datetime) -> None:
    """Tell in the history of a run that its job broke off, and why (the class of the error)."""
    _note(run, "cases.erasure_failed", actor=None, now=now, error=run.fault)


def _is_past(institution: Institution, item: ErasureItem, kind_id: int, *, now: datetime) -> bool:
    kind = next((k for k in policies(institution) if k.pk == kind_id), None)
    return kind is not None and past_retention(institution, kind, now=now).filter(pk=item.case_id).exists()


def apply_ledger(lines: Iterable[Erased | ErasedPerson], *, now: datetime) -> tuple[int, int]:
    """Erase again what a ledger says was erased; return how many were, and how
    many lines name no case and nobody of today.

    A folio that another request bears since the restore is left alone: the moment of filing tells them apart.
    """
    told = list(lines)
    bodies = institutions_by_slug({line.institution for line in told})  # a closed one erases, too
    again = missing = 0
    for line in told:
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
