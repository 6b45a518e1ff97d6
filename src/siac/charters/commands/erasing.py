# SPDX-License-Identifier: EUPL-1.2
"""What charters hold of a case at the end of its retention."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from siac.charters.models import WAITING, Claim, ClaimState, Remedy

GONE = "Borrado al terminar su plazo de conservación."


def cases_owed(institution_id: int) -> QuerySet[Any, int]:
    """Return the keys of the cases of a body whose person is still owed a remedy, for the case or for the
    attention it came from, or waits for what they claimed to be decided: they are not erased yet.
    """
    owed = Remedy.objects.filter(institution_id=institution_id, state__in=WAITING).order_by()
    waiting = Claim.objects.filter(institution_id=institution_id, state=ClaimState.FILED).order_by()
    of_cases = owed.filter(breach__case__isnull=False).values_list("breach__case", flat=True)
    filed = owed.filter(breach__interaction__case__isnull=False)
    return of_cases.union(
        filed.values_list("breach__interaction__case", flat=True), waiting.values_list("case", flat=True)
    )


def attentions_owed() -> QuerySet[Any, int]:
    """Return the keys of the attentions whose person is still owed a remedy: they are not forgotten yet."""
    owed = Remedy.objects.filter(state__in=WAITING, breach__interaction__isnull=False)
    return owed.order_by().values_list("breach__interaction", flat=True)


def erase_proofs_of_attentions(institution_id: int, ids: Sequence[int], now: datetime) -> None:
    """Erase what was written of how remedies for attentions were delivered; that there were stays (1 SQL)."""
    rows = Remedy.objects.filter(institution_id=institution_id, breach__interaction__in=list(ids))
    rows.exclude(state__in=WAITING).update(proof=GONE, letter="")


def erase_proofs(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Erase what was written of how remedies were delivered, and of claims; that there were, and when,
    stays.
    """
    rows = Remedy.objects.filter(institution_id=institution_id, breach__case__in=list(case_ids))
    rows.exclude(state__in=WAITING).update(proof=GONE, letter="")
    Claim.objects.filter(institution_id=institution_id, case__in=list(case_ids)).exclude(
        state=ClaimState.FILED
    ).update(words="", answer=GONE, salt="")
