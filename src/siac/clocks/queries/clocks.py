# SPDX-License-Identifier: EUPL-1.2
"""What runs, and why a day is the last day."""

from collections.abc import Collection, Sequence
from copy import copy
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.rules import Rule, RuleBook
from siac.clocks.explanations import Explanation, explain_term
from siac.clocks.models import CalendarLayer, Clock, LayerDay
from siac.clocks.queries.calendars import (
    calendar_for,
    layer_codes,
    pinned_calendar,
    place_of,
)
from siac.clocks.reckoning import rule_of, term_of
from siac.infra import ready
from siac.organizations.public import Change, ToldVersion

PROMISED = "commitment"
"""The kind of clocks that a public promise runs."""
# On every page of a case, where Django takes longer to make these few lines than PostgreSQL to answer them.
_CLOCK = ready.ReadyRows(Clock, "c")
_OF_SUBJECTS = f"""
SELECT {_CLOCK.columns} FROM clocks_clock AS c
WHERE institution_id = %s::bigint AND subject_type = %s AND subject_id = ANY(%s::bigint[]) ORDER BY due_at, id
"""  # noqa: S608 - names of our own columns


def clocks_of(institution_id: int, subject_type: str, subject_ids: Sequence[int]) -> list[Clock]:
    """Return all clocks of some subjects, by due instant. One SQL query."""
    return [
        _CLOCK(row) for row in ready.rows(_OF_SUBJECTS, [institution_id, subject_type, list(subject_ids)])
    ]


def open_clocks(
    institution_id: int, subject_type: str, kinds: Collection[str], *, subject_id: int | None = None
) -> QuerySet[Clock]:
    """Return the clocks of some kinds that have not ended, of all subjects of a body or of one. Lazy: no SQL
    until it is read.
    """
    rows = Clock.objects.filter(
        institution_id=institution_id, subject_type=subject_type, kind__in=kinds, ended_at=None
    )
    return rows if subject_id is None else rows.filter(subject_id=subject_id)


def running_clocks(
    institution_id: int, subject_type: str, kinds: Collection[str], *, first: date, last: date
) -> QuerySet[Clock]:
    """Return the clocks of some kinds that run and whose last day lies from `first` to `last`, local days of
    the body; the earliest first. Lazy: no SQL until it is read.
    """
    return Clock.objects.filter(
        institution_id=institution_id,
        subject_type=subject_type,
        kind__in=kinds,
        state=Clock.State.RUNNING,
        due_on__gte=first,
        due_on__lte=last,
    ).order_by("due_on", "pk")


def running_by_source(
    institution_id: int, sources: Sequence[str], *, first: date, last: date
) -> dict[str, int]:
    """Return how many clocks of each source run and have their last day from `first` to `last`, local days of
    the body (1 SQL, none of no source).
    """
    if not sources:
        return {}
    rows = Clock.objects.filter(
        institution_id=institution_id,
        source__in=sources,
        state=Clock.State.RUNNING,
        due_on__gte=first,
        due_on__lte=last,
    )
    return dict(rows.order_by().values_list("source").annotate(count=Count("pk")))


def ended_by_source(
    institution_id: int, sources: Sequence[str], *, start: datetime, end: datetime
) -> dict[str, tuple[int, int]]:
    """Return, by source, how many of its clocks ended in time and how many late, from the instant `start` up
    to `end`, not included (1 SQL, none of no source).
    """
    if not sources:
        return {}
    rows = Clock.objects.filter(
        institution_id=institution_id, source__in=sources, kind=PROMISED, ended_at__gte=start,
        ended_at__lt=end,
    )  # fmt: skip
    met, missed = (Count("pk", filter=Q(state=state)) for state in (Clock.State.MET, Clock.State.MISSED))
    counted = rows.order_by().values("source").annotate(met=met, missed=missed)
    return {source: (met, missed) for source, met, missed in counted.values_list("source", "met", "missed")}


def subjects_ended(
    institution_id: int, sources: Sequence[str], *, start: datetime, end: datetime, only_met: bool = False
) -> QuerySet[Clock, Any]:
    """Return the numbers of the subjects that `ended_by_source` counts, or `only_met`, to filter others by.
    Lazy: no SQL until it is read.
    """
    states = [Clock.State.MET] if only_met else [Clock.State.MET, Clock.State.MISSED]
    rows = Clock.objects.filter(
        institution_id=institution_id, source__in=sources, kind=PROMISED, ended_at__gte=start,
        ended_at__lt=end, state__in=states,
    )  # fmt: skip
    return rows.order_by().values("subject_id")


def judged_clocks(
    institution_id: int, subject_type: str, kinds: Collection[str], *, start: datetime, end: datetime
) -> QuerySet[Clock]:
    """Return the clocks of some kinds that show how terms were kept from the instant `start` up to `end`, not
    included: those that ended in it, in time (MET) or late, and those that were over before `end` and went on
    then. Whatever is not MET was not kept. Lazy: no SQL until it is read.
    """
    ended = Q(ended_at__gte=start, ended_at__lt=end, state__in=[Clock.State.MET, Clock.State.MISSED])
    went_on = Q(state=Clock.State.RUNNING) | Q(state=Clock.State.MISSED, ended_at__gte=end)
    rows = Clock.objects.filter(institution_id=institution_id, subject_type=subject_type, kind__in=kinds)
    return rows.filter(ended | (Q(due_at__lt=end) & went_on))


def ending_of(clock_id: OuterRef) -> tuple[Exists, Subquery]:
    """Return, for rows that name a clock, whether it has not ended and its last day: parts of their own
    statement.
    """
    clock = Clock.objects.filter(pk=clock_id)
    return Exists(clock.filter(ended_at=None)), Subquery(clock.values("due_on"))


def explanation(clock: Clock, *, event: str = "") -> Explanation:
    """Explain a clock on the very calendar versions it was computed with.

    No SQL when these are warm, else two.

    `event` names what started a clock of a bare amount, which no rule tells ("la presentación").

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    calendar = pinned_calendar(clock.calendar_version, decreed=clock.decreed)
    return explain_term(term_of(clock, calendar), calendar, event=event)


def days_left(clock: Clock, today: date) -> int:
    """Return how many days are left until the last one of a clock on the local day
    `today`; negative: since when it is late.

    Business days where its term is counted in them, on the calendar it is pinned
    to (no SQL when warm); else calendar days.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    if clock.unit != Unit.BUSINESS_DAYS:
        return (clock.due_on - today).days
    return pinned_calendar(clock.calendar_version, decreed=clock.decreed).business_between(
        today, clock.due_on
    )


def extended_due(clock: Clock) -> date | None:
    """Return the local day on which a live clock would end once extended by its
    rule; None where no length is given.

    Computed on the calendar it is pinned to (no SQL when warm).
    """
    rule = rule_of(clock)
    total = rule.extension.total if rule and rule.extension else None
    if total is None or clock.extended_amount is not None:
        return None
    calendar = pinned_calendar(clock.calendar_version, decreed=clock.decreed)
    longer = copy(clock)  # never saved
    longer.extended_amount = total.number
    return term_of(longer, calendar).due_on


def explained_term(
    what: str | Amount,
    *,
    place: str,
    zone: ZoneInfo,
    on: date,
    at: time | None = None,
    channel: str | None = "web",
    closes_at: time | None = None,
    extended: bool = False,
    pauses: Sequence[tuple[date, date]] = (),
    institution_id: int | None = None,
    decreed: bool = True,
    book: RuleBook | None = None,
    begun_on: date | None = None,
) -> Explanation:
    """Compute and explain the term of a rule id or a bare amount without storing anything ("try it").

    `book` names the rules of a body beside those of the law (`book_for`).

    Raises:
        Refused: whatever is wrong with the rule, the place, the dates or the pauses.
    """
    calendar = calendar_for(place, institution_id, decreed=decreed)
    term = compute(
        book or rule_book(),
        calendar,
        what=what,
        country=place_of(place).country,
        event=Event(on, zone, at, channel, closes_at, begun_on),
        extended=extended,
        pauses=pauses,
    )
    return explain_term(term, calendar)


def rules_of(country: str) -> list[Rule]:
    """Return every version of every rule of a country that starts terms, by id and version."""
    return [rule for rule in rule_book().rules if rule.country == country and not rule.withdrawn]


def layers_for(place: str, institution_id: int) -> list[CalendarLayer]:
    """Return the layers that apply to a body, the widest first, those of its units last. One SQL query."""
    codes = layer_codes(place, institution_id)
    wanted = Q(code__in=codes) | Q(institution_id=institution_id, unit__isnull=False)
    rows = {layer.code: layer for layer in CalendarLayer.objects.filter(wanted).order_by("name", "pk")}
    return [rows.pop(code) for code in codes if code in rows] + list(rows.values())


def days_of_year(layers: Sequence[CalendarLayer], year: int) -> list[LayerDay]:
    """Return the standing days of some layers in a year, by date, with their layer. One SQL query."""
    return list(
        LayerDay.objects.filter(layer__in=layers, date__year=year, revoked_at__isnull=True)
        .select_related("layer")
        .order_by("date", "layer__code", "pk")
    )


def layer_history(layer: CalendarLayer, limit: int = 200) -> list[ToldVersion]:
    """Return the versions of a layer that somebody made, the newest first, with the days each added or
    revoked.

    Those of the last `limit` edited days, without what shipped (1 SQL).
    """
    edited = LayerDay.objects.filter(layer=layer).exclude(added_by=None, revoked_at=None)
    found: dict[int, ToldVersion] = {}
    for day in edited.select_related("added_by", "revoked_by").order_by("-added_at", "-pk")[:limit]:
        label, name = f"{day.date:%d-%m-%Y}", f"{day.name}: {day.reason}" if day.reason else day.name
        if day.added_by is not None:
            version = ToldVersion(day.version_from, day.added_at, day.added_by.name, [])
            found.setdefault(day.version_from, version).changes.append(Change(label, "hábil", name))
        if day.version_to is not None and day.revoked_at is not None:
            version = ToldVersion(
                day.version_to, day.revoked_at, day.revoked_by.name if day.revoked_by else "", []
            )
            changes = found.setdefault(day.version_to, version).changes
            changes.append(Change(label, day.name, f"anulado: {day.revoked_reason}"))
    return [found[number] for number in sorted(found, reverse=True)]
