# SPDX-License-Identifier: EUPL-1.2
"""What a charter promises of an attention: that nobody waits longer than so many minutes for it.

The term runs from the arrival of the person to the beginning of the attention. Both are over when somebody
writes it down, so its clock is judged at once; without minutes of waiting nothing is known, and none is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from siac.cases.commands.planning import place_for
from siac.cases.domain.clock_kinds import ATTENTION, COMMITMENT
from siac.cases.extensions import Occasion, Promise, promises
from siac.cases.models import Interaction
from siac.clocks.public import (
    Amount,
    Clock,
    ClockSpec,
    Named,
    Unit,
    begin_ended,
    clocks_of,
    judge_anew,
    register_subject,
    retract,
)
from siac.organizations.public import Institution, institution_of

_RESTS_ON = ("channel", "service_point_id", "topic_id", "begun_at", "waited", "withdrawn_at")
Watched = tuple[Any, ...]


def occasion_of(row: Interaction) -> Occasion:
    """Return what of an attention a promise may speak of. No SQL."""
    return Occasion(ATTENTION, None, row.topic_id, row.channel, row.service_point_id)


def watched(row: Interaction) -> Watched:
    """Return what of an attention its promises rest on, to be held against it after a change. No SQL."""
    return (*(getattr(row, name) for name in _RESTS_ON), row.person_id is None)


def promised(institution: Institution, row: Interaction) -> list[Promise]:
    """Return what was promised of an attention on the day it was given; nothing where nobody says how long
    the person waited, or of one that was withdrawn. No SQL when warm.
    """
    if row.waited is None or row.withdrawn_at is not None:
        return []
    return promises(institution, occasion_of(row), institution.local_date(row.begun_at))


def _waiting(institution: Institution, row: Interaction, promise: Promise) -> ClockSpec:
    """Return what the clock of a promise on an attention measures: from the arrival of the person, who waited
    `row.waited` minutes before it began.
    """
    return ClockSpec(
        institution_id=institution.pk,
        subject_type=ATTENTION,
        subject_id=row.pk,
        kind=COMMITMENT,
        label=promise.label[:200],
        place=place_for(institution, row.unit_id),
        time_zone=institution.time_zone,
        event_at=row.begun_at.astimezone(UTC) - timedelta(minutes=row.waited or 0),
        amount=promise.amount,
        source=promise.source,
        channel=None,
    )


def begin_promised(institution: Institution, rows: Sequence[Interaction], *, now: datetime) -> None:
    """Judge what was promised of attentions that are new in the register (no SQL where nothing was)."""
    begin_ended(_ended(institution, rows), now=now)


def _ended(institution: Institution, rows: Sequence[Interaction]) -> list[tuple[ClockSpec, datetime]]:
    return [
        (_waiting(institution, row, promise), row.begun_at)
        for row in rows
        for promise in promised(institution, row)
    ]


def follow_change(institution: Institution, row: Interaction, was: Watched, *, now: datetime) -> None:
    """Judge what was promised of an attention anew where what it rests on changed since `was`; called with
    its row locked. Nobody gains time for what they owe by correcting what leaves the promise broken; whether
    it is known who waited is what decides if anything is owed, so that is judged as if it were new.
    """
    (*_, was_nobody), (*_, is_nobody) = was, watched(row)
    if watched(row) == was:
        return
    subject: dict[str, Any] = {"institution_id": institution.pk, "subject_type": ATTENTION}
    still = _still_promised(institution, row, was)
    ended = [(_waiting(institution, row, promise), row.begun_at) for promise in still]
    if was_nobody != is_nobody:
        retract(**subject, subject_ids=[row.pk], now=now)
        begin_ended(ended, now=now)
    else:
        judge_anew(**subject, subject_id=row.pk, ended=ended, now=now)


def _still_promised(institution: Institution, row: Interaction, was: Watched) -> list[Promise]:
    """Return what was promised of an attention that changed (1 SQL): of one that is still of the same day,
    topic, channel and place also what it was judged by, wherever its topic lies by now.
    """
    found = promised(institution, row)
    if row.waited is None or row.withdrawn_at is not None:
        return found
    channel, point_id, topic_id, begun_at, *_ = was
    given_on = institution.local_date(row.begun_at)
    of = (row.channel, row.service_point_id, row.topic_id, given_on)
    if of != (channel, point_id, topic_id, institution.local_date(begun_at)):
        return found
    known = {each.source for each in found}
    return found + [
        Promise(source=each.source, label=each.label, amount=Amount(each.amount, Unit(each.unit)))
        for each in clocks_of(institution.pk, ATTENTION, [row.pk])
        if each.state != Clock.State.CANCELLED and each.source not in known
    ]


def lock_attentions(ids: Sequence[int]) -> None:
    """Lock attentions, the lowest id first (1 SQL)."""
    rows = Interaction.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(rows.order_by("pk").values_list("pk"))


def attention_names(institution_id: int, ids: Sequence[int]) -> Mapping[int, Named]:
    """Return name, page and unit of attentions of a body by id (1 SQL); one that became a request that only
    some may see gives nothing away.
    """
    slug = institution_of(institution_id).slug
    rows = Interaction.objects.filter(institution_id=institution_id, pk__in=ids)
    rows = rows.select_related("unit", "case")
    found = {}
    for row in rows.order_by("pk"):
        page = reverse("workspace:cases:attention", args=[slug, row.pk])
        is_restricted = row.case is not None and row.case.is_restricted
        told = Named(f"Atención {row.pk}", page, row.unit.name)
        found[row.pk] = Named("Atención reservada", "", "") if is_restricted else told
    return found


def attentions_by_unit(institution_id: int, ids: Sequence[int]) -> Mapping[str, int]:
    """Return how many of some attentions each unit gave (1 SQL)."""
    rows = Interaction.objects.filter(institution_id=institution_id, pk__in=ids).order_by("unit__name")
    return dict(rows.values_list("unit__name").annotate(count=Count("pk")))


def attentions_within(institution_id: int, units: Collection[int], or_none: bool) -> QuerySet[Any, Any]:
    """Return the query of the ids of the attentions that units of a body gave."""
    return Interaction.objects.filter(institution_id=institution_id, unit__in=units).values("pk")


def without_person(attended: Mapping[int, int]) -> set[int]:
    """Return which keys of `attended` stand for attentions whose person nobody knows (1 SQL, none of
    nothing).
    """
    if not attended:
        return set()
    rows = Interaction.objects.filter(pk__in=set(attended.values()), person=None)
    nobody = set(rows.values_list("pk", flat=True))
    return {key for key, pk in attended.items() if pk in nobody}


def register_terms() -> None:
    """Let terms run on attentions. No calendar moves them: minutes pass on any day."""
    register_subject(
        ATTENTION, on_moved=lambda moves, now: None, lock=lock_attentions, names=attention_names,
        by_unit=attentions_by_unit, within=attentions_within,
    )  # fmt: skip
