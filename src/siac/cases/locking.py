# SPDX-License-Identifier: EUPL-1.2
"""The one order in which every writer of a case takes its locks, so that no two wait for each other for ever.

First the rows of all the cases it will change, the lowest id first; then their clocks, the lowest id first;
then what hangs on them; last the chains of the journal (`journal.record` takes those itself). Rows are
locked `FOR NO KEY UPDATE`: writers exclude each other, while a row that only points at a case (an alert, a
line of a bulk action) may be written meanwhile.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from siac.cases.models import Case


def cases_to_lock() -> "QuerySet[Case]":
    """Return cases whose rows are locked as they are read, in order; narrow it before reading."""
    return Case.objects.select_for_update(of=("self",), no_key=True).order_by("pk")


def lock_cases(case_ids: Iterable[int]) -> None:
    """Lock the rows of cases, the lowest id first (1 SQL): whoever changes
    several does this before the first change.
    """
    list(cases_to_lock().filter(pk__in=set(case_ids)).values_list("pk"))


def lock_with_main(case_id: int) -> None:
    """Lock a case and the one it was joined to, the lowest id first (5 SQL): whoever judges a case by the
    state of that one does this before looking at it, so that it is not reopened meanwhile.

    Where it was joined to another while this waited, all are let go and locked anew.
    """
    main = Case.objects.filter(pk=case_id, merged_into__isnull=False).order_by().values_list("merged_into_id")
    known = set(main)
    while True:
        point = transaction.savepoint()
        lock_cases({case_id, *(pk for (pk,) in known)})
        now = set(main.all())
        if now <= known:
            transaction.savepoint_commit(point)
            return
        transaction.savepoint_rollback(point)
        known = now


def lock_with_joined(case_id: int, *others: int) -> None:
    """Lock a case, those joined to it and `others`, the lowest id first (5 SQL): what ends it changes them.

    Where another one was joined while this waited, all are let go and locked anew: taken by itself it would
    be out of order.
    """
    joined = Case.objects.filter(merged_into=case_id).order_by().values_list("pk", flat=True)
    wanted, known = {case_id, *others}, set(joined)
    while True:
        point = transaction.savepoint()
        lock_cases(wanted | known)
        if set(joined.all()) <= known:
            transaction.savepoint_commit(point)
            return
        transaction.savepoint_rollback(point)
        known = set(joined.all())
