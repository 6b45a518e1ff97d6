# SPDX-License-Identifier: EUPL-1.2
"""What is promised of a service, how that was kept, and how the steps of its process keep their clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from siac.cases.public import Case, all_cases, clocks_on_topics
from siac.catalogue.public import ClockLabel, Service, StepClock, topics_within
from siac.charters.commands.freezing import BACK
from siac.charters.models import Commitment
from siac.charters.queries import commitments_in_force
from siac.charters.register.closed import Closed, closed_periods
from siac.charters.standings import lineage
from siac.clocks.public import Clock
from siac.indicators.public import Share

_NOTHING = Share(0, 0)


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise on a service, and how it was kept in its newest closed period."""

    number: int
    commitment: Commitment
    last: Closed | None


@dataclass(frozen=True, slots=True)
class StepKept:
    """A step of the process of a service: what it sustains, and how the clock it is measured by was kept."""

    code: str
    step: str
    sustains: Sequence[int]
    """Numbers of the promises."""
    clock: str
    """The clock in words; empty: it has none."""
    share: Share

    @property
    def words(self) -> str:
        """How it was kept; «Sin dato» where there is no clock or none that was over."""
        if self.share.percent is None:
            return "Sin dato"
        return f"{self.share.percent}\N{NO-BREAK SPACE}%".replace(".", ",")


def promises_on(service: Service, *, today: date) -> list[Commitment]:
    """Return what is promised of a service on a local day: what names it, and what the charters that are
    about it promise of all their services. No SQL when warm.
    """
    return [
        each
        for each in commitments_in_force(service.institution, today)
        if each.service_id == service.pk
        or (each.service_id is None and service.pk in each.edition.service_ids)
    ]


def kept_on(service: Service, *, today: date) -> list[Promised]:
    """Return what is promised of a service, each with its newest closed period (2 SQL, none of no
    promise).
    """
    found = promises_on(service, today=today)
    if not found:
        return []
    charters = {each.edition.charter_id for each in found}
    newest: dict[tuple[int, str], Closed] = {}
    for closed in closed_periods(service.institution, charters=charters, since=today - BACK):
        newest.setdefault((closed.result.charter_id, closed.result.code), closed)
    return [Promised(number, each, newest.get(lineage(each))) for number, each in enumerate(found, start=1)]


def steps_kept(service: Service, promised: Sequence[Promised], *, first: date, last: date) -> list[StepKept]:
    """Return the steps of the process of a service with how each kept its clock from `first` to `last`, local
    days (1 SQL; none where the service has no topic or no step has a clock).
    """
    kinds = {str(step.get("clock") or "") for step in service.process} - {""}
    met = Count("pk", filter=Q(state=Clock.State.MET))
    rows = _clocks(service, kinds, first, last).order_by().values("kind", "office_id")
    counted = rows.annotate(met=met, every=Count("pk"))
    found: dict[tuple[str, int | None], Share] = {
        (kind, office): Share(kept, every)
        for kind, office, kept, every in counted.values_list("kind", "office_id", "met", "every")
    }
    return [
        StepKept(
            step["code"], step["step"],
            [each.number for each in promised if step["code"] in each.commitment.sustained_by],
            ClockLabel(step["clock"]).label if step.get("clock") else "",
            _share(step, found),
        )
        for step in service.process
    ]  # fmt: skip


def _share(step: Mapping[str, Any], found: Mapping[tuple[str, int | None], Share]) -> Share:
    own = [
        share for (kind, office), share in found.items() if kind == step.get("clock") and _is_of(step, office)
    ]
    return Share(sum(each.met for each in own), sum(each.total for each in own)) if own else _NOTHING


def _is_of(step: Mapping[str, Any], office_id: int | None) -> bool:
    """Return whether a clock of an office is one of a step: the term of a unit is that of whoever does it."""
    return step.get("clock") != StepClock.UNIT or step.get("unit_id") in (None, office_id)


def step_clocks(service: Service, step: Mapping[str, Any], *, first: date, last: date) -> QuerySet[Clock]:
    """Return the clocks that the share of a step that has one counts; `subject_id` is the case. Lazy: no
    SQL until it is read.
    """
    clocks = _clocks(service, {str(step["clock"])}, first, last)
    by_unit = step["clock"] == StepClock.UNIT and step.get("unit_id") is not None
    return clocks.filter(office=step["unit_id"]) if by_unit else clocks


def cases_of(service: Service, clocks: Sequence[Clock]) -> Mapping[int, Case]:
    """Return the cases that some clocks run on, by their key (1 SQL, none of no clock)."""
    wanted = {clock.subject_id for clock in clocks}
    return all_cases(service.institution).in_bulk(wanted) if wanted else {}


def _clocks(service: Service, kinds: set[str], first: date, last: date) -> QuerySet[Clock]:
    """Return the clocks of some kinds on the topic of a service; none, without SQL, where it has no topic."""
    topic = service.topic_id
    topics = topics_within(service.institution, topic) if topic is not None else set()
    return clocks_on_topics(service.institution, topics, kinds, first=first, last=last)
