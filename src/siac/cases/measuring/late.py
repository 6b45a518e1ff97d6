# SPDX-License-Identifier: EUPL-1.2
"""How many answers came late, of everybody or of some people."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from siac.cases.measuring.models import CaseFact
from siac.organizations.public import Institution


def late_answers(
    institution: Institution, first: date, last: date, *, people: Collection[int] | None = None
) -> tuple[int, int]:
    """Return how many requests that had a legal term were answered after it, and how many were answered at
    all, from the local day `first` to `last`; of `people` (ids), where they are given (1 SQL).
    """
    rows = CaseFact.objects.filter(
        institution=institution, answered_on__range=(first, last), days_late__isnull=False
    )
    if people is not None:
        rows = rows.filter(case__person__in=list(people))
    found = rows.aggregate(late=Count("pk", filter=Q(days_late__gt=0)), all=Count("pk"))
    return found["late"], found["all"]
