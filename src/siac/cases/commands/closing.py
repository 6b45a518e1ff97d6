# SPDX-License-Identifier: EUPL-1.2
"""Cases that nobody contested close by themselves."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q

from siac.cases.commands.handling import close_case
from siac.cases.domain.states import State
from siac.cases.models import Case
from siac.infra.turns import Step
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, steps_in_each_body


def close_lapsed_cases(*, now: datetime, limit: int = 500) -> int:
    """Close answered cases whose window to contest has ended, up to `limit` per body; return how many.

    Each case is its own transaction: a fault on one leaves the others closed.
    """
    return steps_in_each_body("cases.close_lapsed", partial(_lapsed, now=now, limit=limit), now=now)


def _lapsed(institution: Institution, *, now: datetime, limit: int) -> Iterator[Step]:
    lapsed = Case.objects.filter(institution=institution, state=State.ANSWERED).filter(
        Q(contest_until=None) | Q(contest_until__lt=institution.local_date(now))
    )
    for pk, version in lapsed.order_by("pk").values_list("pk", "version")[:limit]:
        yield f"case:{pk}", partial(_close, institution, pk, version, now)


def _close(institution: Institution, pk: int, version: int, now: datetime) -> int:
    try:
        close_case(institution=institution, case_id=pk, version=version, actor=None, now=now)
    except Refused:
        return 0  # contested or changed since it was read: it is no longer ours to close
    return 1
