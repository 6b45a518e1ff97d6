# SPDX-License-Identifier: EUPL-1.2
"""What complaints teach: causes that come back, with the cases behind each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q

from siac.cases.access import visible_to
from siac.cases.models import Cause, Nature
from siac.cases.queries import causes, kinds
from siac.organizations.public import Access

PERIOD = 90
"""Days that a period has; each is compared with the one before it."""
RECURRING = 3
"""So many cases of one cause in a period make it recurrent."""


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A cause with its complaints of the last period and of the one before; both by the local day of filing."""

    cause: Cause
    count: int
    before: int

    @property
    def is_recurrent(self) -> bool:
        """Whether it came back often enough to be acted upon."""
        return self.count >= RECURRING

    @property
    def more(self) -> int:
        """How many more than in the period before; 0 where not more."""
        return max(self.count - self.before, 0)

    @property
    def fewer(self) -> int:
        """How many fewer than in the period before; 0 where not fewer."""
        return max(self.before - self.count, 0)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Causes of complaints, the most frequent first, over the local days `first` to `last`; and what is not coded yet."""

    first: date
    last: date
    causes: list[CauseCount]
    uncoded: int
    """Answered or closed complaints of the period without a cause."""


def lessons(access: Access, *, today: date) -> Lessons:
    """Return what the complaints that `access` may see teach about the `PERIOD` days up to `today` (1 SQL)."""
    zone = access.institution.zone
    first = today - timedelta(days=PERIOD - 1)
    starts = datetime.combine(first, time.min, tzinfo=zone)
    earlier = datetime.combine(first - timedelta(days=PERIOD), time.min, tzinfo=zone)
    complaints = [pk for pk, kind in kinds(access.institution).items() if kind.nature == Nature.COMPLAINT]
    now_, past = Q(filed_at__gte=starts), Q(filed_at__lt=starts)
    rows = (
        visible_to(access)
        .filter(kind__in=complaints, filed_at__gte=earlier, state__in=("answered", "closed"))
        .order_by()
        .values("cause")
        .annotate(count=Count("pk", filter=now_), before=Count("pk", filter=past))
    )
    known = causes(access.institution)
    counted = list(rows)
    found = [
        CauseCount(known[row["cause"]], row["count"], row["before"])
        for row in counted
        if row["cause"] in known
    ]
    found.sort(key=lambda item: (-item.count, item.cause.sort_key))
    uncoded = sum(row["count"] for row in counted if row["cause"] is None)
    return Lessons(first, today, found, uncoded)
