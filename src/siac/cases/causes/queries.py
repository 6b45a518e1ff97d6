# SPDX-License-Identifier: EUPL-1.2
"""What complaints teach: causes that come back, with the cases behind each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q

from siac.cases.access import visible_to
from siac.cases.decisions import says_measures
from siac.cases.models import CaseMessage, Cause, MessageKind, Nature
from siac.cases.queries import causes, kinds
from siac.catalogue.public import topics
from siac.organizations.public import Access

PERIOD = 90
"""Days that a period has; each is compared with the one before it."""
LATEST_MEASURES = 200
RECURRING = 3
"""So many cases of one cause in a period make it recurrent."""


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A cause with its complaints of the last period and of the one before; both by the local day of
    filing.
    """

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
    """Causes of complaints, the most frequent first, over the local days
    `first` to `last`; and what is not coded yet.
    """

    first: date
    last: date
    causes: list[CauseCount]
    uncoded: int
    """Answered or closed complaints of the period without a cause."""


@dataclass(frozen=True, slots=True)
class Remedied:
    """What the body did after complaints about one topic that it accepted, the newest first: (folio,
    text).
    """

    topic: str
    measures: list[tuple[str, str]]


def measures_by_topic(access: Access, *, since: date) -> list[Remedied]:
    """Return the latest corrective measures that `access` may see of complaints filed since
    the local day `since`, by topic, those with most first; of restricted requests none (1
    SQL, none where no kind is of Peru's book).
    """
    institution = access.institution
    book = [pk for pk, kind in kinds(institution).items() if says_measures(kind.rule_id)]
    if not book:
        return []
    starts = datetime.combine(since, time.min, tzinfo=institution.zone)
    cases = visible_to(access).filter(
        kind__in=book, filed_at__gte=starts, outcome="upheld", is_restricted=False
    )
    rows = CaseMessage.objects.filter(case__in=cases.order_by().values("pk"), kind=MessageKind.MEASURES)
    told = rows.select_related("case").order_by("-at", "-pk")[:LATEST_MEASURES]
    names, found = topics(institution), defaultdict(list)
    for message in told:
        topic = names.get(message.case.topic_id or 0)
        found[topic.name if topic else "Sin tema"].append((message.case.folio, message.body))
    return sorted(
        (Remedied(*item) for item in found.items()), key=lambda one: (-len(one.measures), one.topic)
    )


def lessons(access: Access, *, today: date) -> Lessons:
    """Return what the complaints that `access` may see teach about the `PERIOD` days up to `today` (1
    SQL).
    """
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
