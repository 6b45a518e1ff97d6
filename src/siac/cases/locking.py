# SPDX-License-Identifier: EUPL-1.2
"""The one order in which every writer of a case takes its locks, so that no two wait for each other for ever.

First the rows of all the cases it will change, the lowest id first; then their clocks, the lowest id first;
then what hangs on them; last the chains of the journal (`journal.record` takes those itself). Rows are
locked `FOR NO KEY UPDATE`: writers exclude each other, while a row that only points at a case (an alert, a
line of a bulk action) may be written meanwhile.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from siac.cases.models import Case


def cases_to_lock() -> "QuerySet[Case]":
    """Return cases whose rows are locked as they are read, in order; narrow it before reading."""
    return Case.objects.select_for_update(of=("self",), no_key=True).order_by("pk")


def lock_cases(case_ids: Iterable[int]) -> None:
    """Lock the rows of cases, the lowest id first (1 SQL): whoever changes
    several does this before the first change.
    """
    list(cases_to_lock().filter(pk__in=set(case_ids)).values_list("pk"))


def lock_with_joined(case_id: int) -> None:
    """Lock a case and those joined to it, the lowest id first (1 SQL): what ends it changes them too."""
    list(cases_to_lock().filter(Q(pk=case_id) | Q(merged_into=case_id)).values_list("pk"))
