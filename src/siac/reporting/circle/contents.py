# SPDX-License-Identifier: EUPL-1.2
"""The circle as everybody reads it: only what is published already, and nothing of few people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from siac.charters.public import Charter, Closed, closed_periods, commitments_in_force, lineage
from siac.governance.public import published_agreements, publishes
from siac.improvement.public import Action, Moved, public_deeds
from siac.indicators.public import Share
from siac.organizations.public import Institution
from siac.policy.public import has_public
from siac.reporting.models import LetterRevision
from siac.reporting.opendata.reading import published

SHOWN = 5
"""So many of what was missed and of what was done stand on the page; the rest is where they lead."""


@dataclass(frozen=True, slots=True)
class Done:
    """An action that a published plan says is done, and what moved (None: not measured, or on too few)."""

    action: Action
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class PublicCircle:
    """What everybody reads of how a body keeps, tells, repairs and mends."""

    promises: int
    charters: Sequence[Charter]
    has_policy: bool
    newest: Sequence[Closed]
    """The last closed period of each promise in force."""
    year: Sequence[Closed]
    """Every closed period that began in the year before."""
    done: Sequence[Done]
    is_planned: bool
    """Whether a plan is published."""
    tables: int
    agreements: int
    publishes: bool
    has_letters: bool
    """Whether the authority rendered account."""

    @property
    def told(self) -> list[Closed]:
        """Of the newest periods those whose figure is shown."""
        return [each for each in self.newest if each.is_reached is not None]

    @property
    def hidden(self) -> int:
        """How many newest periods rest on too few to be shown."""
        return sum(each.is_hidden for each in self.newest)

    @property
    def kept(self) -> int:
        """How many of those that are shown reached their target."""
        return sum(each.is_reached is True for each in self.told)

    @property
    def missed(self) -> list[Closed]:
        """Those that are shown and did not reach it."""
        return [each for each in self.told if not each.is_reached]

    @property
    def cases(self) -> Share:
        """How many times a guarantee was kept, in the newest periods that are shown."""
        shown = [each.result for each in self.told if each.is_guarantee]
        return Share(sum(row.met for row in shown), sum(row.total for row in shown))

    @property
    def breaches(self) -> int:
        """How often promises were broken in the periods of the year that are shown."""
        return sum(each.given.breaches for each in self.year)

    @property
    def delivered(self) -> int:
        """How many remedies were delivered for them."""
        return sum(each.given.delivered for each in self.year)

    @property
    def owed(self) -> int:
        """How many are still to be delivered."""
        return sum(each.given.owed for each in self.year)


def public_circle(institution: Institution, *, today: date) -> PublicCircle:
    """Return what everybody reads of the circle of a body (7 SQL when warm, at most 9, however many
    promises).
    """
    current = commitments_in_force(institution, today)
    own = {lineage(each) for each in current}
    a_year_ago = date(today.year - 1, today.month, 1)
    closed = [
        each for each in closed_periods(institution, since=a_year_ago) if lineage(each.commitment) in own
    ]
    newest: dict[tuple[int, str], Closed] = {}
    for each in closed:
        newest.setdefault(lineage(each.commitment), each)
    deeds = public_deeds(institution)
    is_open = publishes(institution)
    return PublicCircle(
        promises=len(current),
        charters=list({each.edition.charter_id: each.edition.charter for each in current}.values()),
        has_policy=has_public(institution),
        newest=list(newest.values()),
        year=closed,
        done=[Done(row, shown_move(institution, moved)) for row, moved in deeds if row.done_on is not None],
        is_planned=bool(deeds),
        tables=published(institution).count(),
        agreements=published_agreements(institution).count() if is_open else 0,
        publishes=is_open,
        has_letters=LetterRevision.objects.filter(institution=institution).exists(),
    )


def shown_move(institution: Institution, moved: Moved | None) -> Moved | None:
    """Return what moved, where both sides rest on as many as may be told."""
    if moved is None or min(moved.before_total, moved.total) < institution.smallest_group:
        return None
    return moved


def has_circle(institution: Institution) -> bool:
    """Return whether a body promises anything at all, so that there is a circle. No SQL when warm."""
    return bool(commitments_in_force(institution, date.max))
