# SPDX-License-Identifier: EUPL-1.2
"""One act on many cases, until its job begins: chosen, previewed, begun; stopped and taken up again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from siac.cases.access import may, visible_to
from siac.cases.assignable import colleagues_with_load, may_take
from siac.cases.bulk.domain import ACTS, LIMIT, foreseen
from siac.cases.bulk.rows import Outcome, outcome, write_rows
from siac.cases.domain.rights import CaseRight
from siac.cases.models import CHOOSING, PREVIEW, BulkAction, BulkRow, BulkRowState, Case
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, begin, stop
from siac.journal.public import record
from siac.kernel.approvals import Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, absence_words

LINE = Line(BulkAction, "cases.bulk_action", "bulk_id", queue=ASKED, related=("institution", "requested_by"))
KEPT_FOR = timedelta(days=30)
PREVIEW_FOR = timedelta(days=1)
RIGHTS: Mapping[str, CaseRight] = {
    "asignar": CaseRight.ASSIGN,
    "derivar": CaseRight.CLASSIFY,
    "clasificar": CaseRight.CLASSIFY,
    "cerrar": CaseRight.WORK,
}
"""What each act needs over every case: the same as on the page of one case."""
_S, _R = WorkState, BulkRowState
APPROVAL = Approval(
    after={
        (CHOOSING, ApprovalStep.SUBMIT): PREVIEW,
        (PREVIEW, ApprovalStep.SUBMIT): PREVIEW,
        (PREVIEW, ApprovalStep.APPROVE): _S.WAITING,
        (_S.STOPPED, ApprovalStep.RESUME): _S.WAITING,
        (_S.FAILED, ApprovalStep.RESUME): _S.WAITING,
    },
    closed=dict.fromkeys((ApprovalStep.SUBMIT, ApprovalStep.APPROVE, ApprovalStep.RESUME), "bulk_begun"),
)
"""How a bulk action is confirmed: by whoever chose the cases, once they have seen the preview."""


@transaction.atomic
def choose_cases(*, access: Access, code: str, cases: "QuerySet[Case]", now: datetime) -> BulkAction:
    """Keep which of `cases` (those that the user sees) a bulk action is about; nothing is changed.

    Raises:
        PermissionDenied: the user may do this nowhere.
        Refused: none of them, or more than `LIMIT`.
    """
    access.require(RIGHTS.get(code, CaseRight.EXPORT))
    visible = cases.filter(pk__in=visible_to(access).values("pk"))
    chosen = list(visible.order_by("pk").values_list("pk", flat=True)[: LIMIT + 1])
    if not chosen:
        raise Refused("bulk_none")
    if len(chosen) > LIMIT:
        raise Refused("bulk_too_many", limit=LIMIT)
    bulk = BulkAction.objects.create(
        institution=access.institution,
        requested_by=access.user,
        code=code,
        total=len(chosen),
        created_at=now,
        state=CHOOSING if code in ACTS else _S.DONE,
    )
    BulkRow.objects.bulk_create((BulkRow(action=bulk, case_id=pk) for pk in chosen), batch_size=2000)
    return bulk


@transaction.atomic
def preview_bulk(*, access: Access, bulk_id: int, values: Mapping[str, Any], now: datetime) -> BulkAction:
    """Look at every case of a bulk action and keep which would change with `values` and which not, and why.

    Raises:
        Refused: it has begun already (bulk_begun).
    """
    bulk = _own(access, bulk_id)
    bulk.state = APPROVAL.move(bulk.state, ApprovalStep.SUBMIT)
    act, right = ACTS[bulk.code], RIGHTS[bulk.code]
    seen = visible_to(access).filter(pk__in=bulk.rows.values("case_id"))
    cases = {
        case.pk: case
        for case in seen.only("version", "state", "kind_id", "unit_id", "assignee_id", "topic_id").order_by(
            "pk"
        )
    }
    found: list[Outcome] = []
    refuses = _refuses(access, values, now=now) if bulk.code == "asignar" else None
    for pk in bulk.rows.order_by("case_id").values_list("case_id", flat=True):
        case = cases.get(pk)
        problem: tuple[str, dict[str, str]] | None = ("bulk_gone", {})
        if case is not None:
            problem = foreseen(
                act, state=case.state, has=getattr(case, act.field) if act.field else None,
                allowed=may(access, case, right), values=values,
            )  # fmt: skip
            problem = problem or (refuses(case) if refuses else None)
        found.append(outcome(pk, problem, case.version if case else 0, _R.PENDING))
    write_rows(bulk, found)
    bulk.values, bulk.digest = dict(values), digest_of(bulk.code, values, found)
    bulk.done = bulk.refused = sum(state == _R.REFUSED for _, state, *_ in found)
    bulk.save(update_fields=["values", "digest", "state", "done", "refused"])
    return bulk


def _refuses(
    access: Access, values: Mapping[str, Any], *, now: datetime
) -> Callable[[Case], tuple[str, dict[str, str]] | None]:
    """Return what tells why a case may not be given to whoever was chosen; None: it
    may (2 SQL at once, none for each case).
    """
    institution, user_id = access.institution, values["assignee_id"]
    people = colleagues_with_load(institution, today=institution.local_date(now))
    chosen = next((one for one in people if one.pk == user_id), None)

    def why(case: Case) -> tuple[str, dict[str, str]] | None:
        if user_id is None:
            return None
        if chosen is None or not may_take(institution, chosen.pk, chosen.grants, case):
            return "assignee_unknown", {}
        return (
            ("assignee_away", {"name": chosen.name, "words": absence_words(chosen.absence)})
            if chosen.absence
            else None
        )

    return why


@transaction.atomic
def begin_bulk(*, access: Access, bulk_id: int, seen: str | None = None, now: datetime) -> BulkAction:
    """Start the job of a previewed action, or go on with one that was stopped or broke off.

    `seen` is the digest of the preview that was looked at; None does not ask.

    Raises:
        Refused: it waits, runs or is done (bulk_begun), another preview was made since, in another tab, say
            (approval_overtaken), no case would change (bulk_none), or which ones they were is
            forgotten (bulk_forgotten).
    """
    bulk = _own(access, bulk_id)
    if (bulk.state, ApprovalStep.RESUME) not in APPROVAL.after:
        APPROVAL.approve(bulk.state, stands=bulk.digest, seen=seen)
    if not bulk.pending:
        raise Refused("bulk_none")
    if not is_kept(bulk):
        raise Refused("bulk_forgotten")
    if bulk.begun_at is None:
        codes = {name: value for name, value in bulk.values.items() if not isinstance(value, str)}
        data = {"act": bulk.code, "cases": bulk.pending, "values": codes}
        record(
            bulk.institution_id, bulk.stream, "cases.bulk_begun", now, access.user.pk, data, new_stream=True
        )
    return begin(LINE, bulk, now=now, refusal="bulk_begun")


@transaction.atomic
def stop_bulk(*, access: Access, bulk_id: int, now: datetime) -> BulkAction:
    """Stop an action after the batch it is in; what is done stays done.

    Raises:
        Refused: it does not wait or run (bulk_not_running).
    """
    bulk = _own(access, bulk_id)
    stop(bulk, now=now, refusal="bulk_not_running")
    return bulk


@transaction.atomic
def retry_refused(*, access: Access, bulk_id: int, now: datetime) -> BulkAction:
    """Make a new action, to be previewed again, of the cases that did not change in one that has ended.

    Raises:
        Refused: it has not ended (bulk_begun), every case changed (bulk_none), or which ones they were is
            forgotten (bulk_forgotten).
    """
    bulk = _own(access, bulk_id)
    if bulk.state not in (_S.DONE, _S.STOPPED):
        raise Refused("bulk_begun")
    if not is_kept(bulk):
        raise Refused("bulk_forgotten")
    left = Case.objects.filter(
        institution=access.institution,
        pk__in=bulk.rows.exclude(state=_R.CHANGED).values("case_id"),
    )
    fresh = choose_cases(access=access, code=bulk.code, cases=left, now=now)
    return preview_bulk(access=access, bulk_id=fresh.pk, values=bulk.values, now=now)


def _own(access: Access, bulk_id: int) -> BulkAction:
    """Return an action of this user, locked; nobody else confirms, stops or repeats it."""
    return BulkAction.objects.select_for_update().get(
        institution=access.institution, requested_by=access.user, pk=bulk_id
    )


def is_kept(bulk: BulkAction) -> bool:
    """Return whether it is still known which cases an action was about (1 SQL): without that nothing can be
    gone on with, tried again or listed.
    """
    return bulk.rows.exists()


def forget_old_bulk(*, now: datetime) -> int:
    """Delete what was never begun after a day, and the rows and texts of the
    others after a month; return how many actions.

    Who did what to how many stays; what became of each case is in its own history.
    """
    deleted, _ = BulkAction.objects.filter(begun_at=None, created_at__lte=now - PREVIEW_FOR).delete()
    old = BulkAction.objects.filter(created_at__lte=now - KEPT_FOR).exclude(
        state__in=(_S.WAITING, _S.RUNNING)
    )
    rows, _ = BulkRow.objects.filter(action__in=old).delete()
    old.exclude(values={}, digest="").update(values={}, digest="")
    return deleted + rows
