# SPDX-License-Identifier: EUPL-1.2
"""What complaints teach: causes that come back, with the cases behind each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from siac.cases.access import visible_to
from siac.cases.decisions import says_measures
from siac.cases.models import Case, CaseMessage, Cause, MessageKind, Nature
from siac.cases.queries import NO_CAUSE, causes, in_view, kinds, narrowed
from siac.catalogue.public import topics
from siac.infra.counting import COUNT_CAP, counted, ready_counts
from siac.organizations.public import Access

PERIOD = 90
"""Days that a period has; each is compared with the one before it."""
LATEST_MEASURES = 200
RECURRING = 3
"""So many cases of one cause in a period make it recurrent."""
_VIEW = "cerradas"


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
    """Answered or closed complaints of the period without a cause, counted up to `COUNT_CAP`."""


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
    """Return what the complaints that `access` may see teach about the `PERIOD` days up to `today` (2
    SQL).

    Read are those with a cause, by their index, and no more of the others than are told of: never all of
    the period.
    """
    first = today - timedelta(days=PERIOD - 1)
    starts = datetime.combine(first, time.min, tzinfo=access.institution.zone)
    known = causes(access.institution)
    coded = (
        listed(access, first - timedelta(days=PERIOD), today=today)
        .filter(cause__in=list(known))
        .order_by()
        .values("cause")
        .annotate(
            count=Count("cause", filter=Q(filed_at__gte=starts)),
            before=Count("cause", filter=Q(filed_at__lt=starts)),
        )
    )
    found = [CauseCount(known[row["cause"]], row["count"], row["before"]) for row in coded]
    found.sort(key=lambda item: (-item.count, item.cause.sort_key))
    return Lessons(first, today, found, _uncoded(access, first, today=today))


def _uncoded(access: Access, since: date, *, today: date) -> int:
    """Count by kind, each in the order of its index: else PostgreSQL reads the period for the first few."""
    rows = listed(access, since, NO_CAUSE, today=today).order_by("-filed_at")
    complaints = [pk for pk, kind in kinds(access.institution).items() if kind.nature == Nature.COMPLAINT]
    by_kind = {str(pk): rows.filter(kind=pk) for pk in complaints}
    return min(sum(counted(ready_counts(by_kind, in_order=True)).values()), COUNT_CAP)


def list_address(since: date, cause: int | str) -> dict[str, str]:
    """Return the address of the list of complaints of a cause since a local day, by its names. No SQL."""
    return {"vista": _VIEW, "desde": since.isoformat(), "naturaleza": Nature.COMPLAINT, "causa": str(cause)}


def listed(access: Access, since: date, cause: int | str = "", *, today: date) -> QuerySet[Case]:
    """Return the very cases that the list at `list_address` shows. Lazy: no SQL until they are read."""
    visible = in_view(visible_to(access), _VIEW, access=access, today=today)
    return narrowed(visible, access, list_address(since, cause))[0]
