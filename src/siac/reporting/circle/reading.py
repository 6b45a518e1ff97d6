# SPDX-License-Identifier: EUPL-1.2
"""The chain of each promise: service, indicator, cases, breaches, remedies, register, findings, actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from siac.catalogue.public import Service, services
from siac.charters.public import (
    ABOUT_PROMISES,
    Commitment,
    Kept,
    kept_promises,
    lineage,
    promises_found,
    year_until_yesterday,
)
from siac.findings.public import Finding, visible_findings
from siac.improvement.public import Action, Moved, chained_actions
from siac.indicators.public import Indicator
from siac.organizations.public import Access
from siac.policy.public import PolicyEdition, PolicyRight, edition_in_force

MOST_FOUND = 500
"""So many findings about promises are read at most, the newest; a body that has more looks at their list."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action with the findings it answers and what moved, as it was measured last."""

    action: Action
    answers: tuple[int, ...]
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class Chain:
    """One promise with all that hangs on it."""

    kept: Kept
    service: Service | None
    findings: Sequence[Finding]
    deeds: Sequence[Deed]

    @property
    def promise(self) -> Commitment:
        """The commitment in force."""
        return self.kept.commitment

    @property
    def indicator(self) -> Indicator | None:
        """What it is measured by; None while none was made."""
        return self.kept.commitment.indicator

    @property
    def is_measured(self) -> bool:
        """Whether there is a figure to hold against its target."""
        return self.kept.standing.reached is not None


@dataclass(frozen=True, slots=True)
class Circle:
    """The chains of all promises in force, or of one of them, over some local days."""

    access: Access
    first: date
    last: date
    chains: Sequence[Chain]
    policy: PolicyEdition | None
    chosen: Commitment | None = None

    @property
    def services(self) -> list[Service]:
        """The services that the chains begin with, each once."""
        return list({each.service.pk: each.service for each in self.chains if each.service}.values())

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators of the chains, each once."""
        return list({each.indicator.pk: each.indicator for each in self.chains if each.indicator}.values())

    @property
    def findings(self) -> list[Finding]:
        """The findings about the promises, each once, the newest first."""
        found = {row.pk: row for each in self.chains for row in each.findings}
        return sorted(found.values(), key=lambda row: -row.pk)

    @property
    def deeds(self) -> list[Deed]:
        """The actions of the chains, each once, those due first first."""
        found = {deed.action.pk: deed for each in self.chains for deed in each.deeds}
        return sorted(found.values(), key=lambda deed: (deed.action.due_on, deed.action.pk))

    @property
    def measured(self) -> list[Chain]:
        """The chains whose promise has a figure."""
        return [each for each in self.chains if each.is_measured]

    def reached(self, is_reached: bool) -> list[Chain]:
        """Return the chains whose promise reaches its target, or does not."""
        return [each for each in self.chains if each.kept.standing.reached is is_reached]

    @property
    def closed(self) -> list[Chain]:
        """The chains whose promise has a closed period in the register."""
        return [each for each in self.chains if each.kept.closed is not None]

    def of(self, promise_id: int) -> "Circle":
        """Return the chain of one promise alone; all of them where it is not in force."""
        chosen = [each for each in self.chains if each.promise.pk == promise_id]
        if not chosen:
            return self
        return Circle(self.access, self.first, self.last, chosen, self.policy, chosen[0].promise)


def circle(access: Access, *, now: datetime) -> Circle:
    """Return the chains of the promises of a body in the year up to yesterday, with what whoever asks may see
    of findings and actions (at most 9 SQL when warm, however many promises).
    """
    body = access.institution
    first, last = year_until_yesterday(body, now)
    kept = kept_promises(body, first=first, last=last)
    seen = visible_findings(access).filter(subject_kind__in=ABOUT_PROMISES)
    found = list(seen.order_by("-pk")[:MOST_FOUND])
    about = promises_found(body, [(row.subject_kind, row.subject_id or 0) for row in found])
    indicators = {each.commitment.indicator_id for each in kept if each.commitment.indicator_id}
    by_promise: dict[tuple[int, str], list[Finding]] = {}
    for row in found:
        if of := about.get((row.subject_kind, row.subject_id or 0)):
            by_promise.setdefault(of, []).append(row)
    in_force = {lineage(each.commitment) for each in kept}
    findings = [row.pk for of, rows in by_promise.items() if of in in_force for row in rows]
    deeds = [
        Deed(*each) for each in chained_actions(access, findings=findings, indicators=sorted(indicators))
    ]
    policy = edition_in_force(body, body.local_date(now)) if access.has(PolicyRight.READ) else None
    known = services(body)
    chains = []
    for each in kept:
        own = by_promise.get(lineage(each.commitment), [])
        keys = {row.pk for row in own}
        doing = [deed for deed in deeds if keys & set(deed.answers) or _moves(deed, each.commitment)]
        chains.append(Chain(each, known.get(each.commitment.service_id or 0), own, doing))
    return Circle(access, first, last, chains, policy)


def _moves(deed: Deed, promise: Commitment) -> bool:
    """Return whether an action means to move the very indicator of a promise. No SQL."""
    baseline = getattr(deed.action, "baseline", None)
    return baseline is not None and baseline.indicator_id == promise.indicator_id
