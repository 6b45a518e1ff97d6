# SPDX-License-Identifier: EUPL-1.2
"""Cases that nobody contested close by themselves."""

from datetime import datetime

from django.db.models import Q

from siac.cases.commands.handling import close_case
from siac.cases.domain.states import State
from siac.cases.models import Case
from siac.kernel.errors import Refused
from siac.organizations.public import institutions


def close_lapsed_cases(*, now: datetime, limit: int = 500) -> int:
    """Close answered cases whose window to contest has ended, up to `limit` per body; return how many.

    Each case is its own transaction: a fault on one leaves the others closed.
    """
    closed = 0
    for institution in institutions():
        today = institution.local_date(now)
        lapsed = (
            Case.objects.filter(institution=institution, state=State.ANSWERED)
            .filter(Q(contest_until=None) | Q(contest_until__lt=today))
            .order_by("pk")
            .values_list("pk", "version")[:limit]
        )
        for pk, version in lapsed:
            try:
                close_case(institution=institution, case_id=pk, version=version, actor=None, now=now)
            except Refused:
                continue  # contested or changed since it was read: it is no longer ours to close
            closed += 1
    return closed
