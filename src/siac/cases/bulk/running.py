# SPDX-License-Identifier: EUPL-1.2
"""The job of a bulk action: the ordinary command on each case, so that rights, journal and clocks hold.

It works in batches, each a transaction that writes down what became of its rows: whoever takes over from a
dead worker goes on behind the last whole batch, and no case is changed twice.
"""

import logging
from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404

from siac.cases.access import may, visible_to
from siac.cases.bulk.commands import RIGHTS
from siac.cases.bulk.domain import ACTS
from siac.cases.bulk.rows import outcome, write_rows
from siac.cases.commands.handling import assign_case, classify_case, close_case, refer_case
from siac.cases.locking import lock_cases
from siac.cases.models import BulkAction, BulkRowState, Case
from siac.infra.longwork import Step, TimeSource, finish
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Access, access_in

BATCH = 50
"""Cases locked at once: a colleague who works on one of them waits less than a second."""
_COMMANDS: Mapping[str, Callable[..., Case]] = {
    "asignar": assign_case,
    "derivar": refer_case,
    "clasificar": classify_case,
    "cerrar": close_case,
}
_R = BulkRowState
log = logging.getLogger(__name__)


def changing(bulk: BulkAction, clock: TimeSource) -> Generator[Step[BulkAction], Any, None]:
    """Do a bulk action batch by batch; begun again by the next worker if this one dies."""
    while (yield change_batch):
        continue


def change_batch(bulk: BulkAction, now: datetime) -> bool:
    """Change the next cases of an action and write down what became of each;
    return whether there may be more.

    They are changed with the rights that whoever asked has now, and only if
    nobody changed them since the preview.
    """
    rows = list(bulk.rows.filter(state=_R.PENDING).order_by("case_id")[:BATCH])
    if not rows:
        return _finish(bulk, now)
    lock_cases(row.case_id for row in rows)
    access = _access_now(bulk)
    seen: dict[int, Case] = {}
    if access is not None:
        seen = {case.pk: case for case in visible_to(access).filter(pk__in=[row.case_id for row in rows])}
    found = [
        outcome(
            row.case_id,
            _change(bulk, access, seen.get(row.case_id), row.version, now),
            row.version,
            _R.CHANGED,
        )
        for row in rows
    ]
    write_rows(bulk, found)
    bulk.refused += sum(state == _R.REFUSED for _, state, *_ in found)
    bulk.done += len(found)
    bulk.save(update_fields=["done", "refused"])
    return True


def _access_now(bulk: BulkAction) -> Access | None:
    try:
        return access_in(bulk.requested_by, bulk.institution.slug) if bulk.requested_by.is_active else None
    except (PermissionDenied, Http404):
        return None


def _change(
    bulk: BulkAction, access: Access | None, case: Case | None, version: int, now: datetime
) -> tuple[str, dict[str, str]] | None:
    """Do the act to one case; return why not, if not."""
    if access is None:
        return "bulk_no_right", {}
    if case is None:
        return "bulk_gone", {}
    if not may(access, case, RIGHTS[bulk.code]):
        return "bulk_no_right", {}
    try:
        _COMMANDS[bulk.code](
            institution=access.institution,
            case_id=case.pk,
            version=version,
            actor=access.user,
            now=now,
            **bulk.values,
        )
    except Refused as refused:
        return _refusal(refused, ACTS[bulk.code].move.value, case)
    except (OperationalError, InterfaceError):
        raise  # the database is away or chose this transaction to break off: the batch is done again
    except Exception:
        log.exception("bulk %s: case %s", bulk.pk, case.pk)
        return "bulk_fault", {}
    return None


def _refusal(refused: Refused, move: str, case: Case) -> tuple[str, dict[str, str]]:
    if refused.code == "changed_meanwhile":
        return "bulk_changed", {}
    if refused.code == "move_not_allowed":
        return refused.code, {"move": move, "state": case.state}
    return refused.code, {}


def _finish(bulk: BulkAction, now: datetime) -> bool:
    finish(bulk, now)
    data = {"changed": bulk.changed, "refused": bulk.refused}
    record(bulk.institution_id, bulk.stream, "cases.bulk_done", now, bulk.requested_by_id, data)
    return False
