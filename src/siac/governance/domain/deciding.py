# SPDX-License-Identifier: EUPL-1.2
"""When a collegiate body can decide, and what it decided: quorum and majorities, exact, nothing rounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Quorum(StrEnum):
    """How many must be present: of all who have a seat with a vote."""

    MAJORITY = "majority"
    """More than half."""
    THIRD = "third"
    TWO_THIRDS = "two_thirds"
    NUMBER = "number"
    """A number that the body says."""


class Majority(StrEnum):
    """What approves."""

    SIMPLE = "simple"
    """More votes for than against."""
    ABSOLUTE = "absolute"
    """More than half of all who have a seat with a vote, present or not."""
    TWO_THIRDS = "two_thirds"
    """Two of three of those present."""


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Result(StrEnum):
    """What became of a motion."""

    APPROVED = "approved"
    REJECTED = "rejected"
    TIED = "tied"
    """As many for as against, and whoever presides did not decide it."""
    NO_QUORUM = "no_quorum"
    """Too few were left when the vote closed: nothing is decided."""


def needed(quorum: Quorum, seats: int, number: int = 0) -> int:
    """Return how many must be present of `seats` who vote; at least one."""
    match quorum:
        case Quorum.MAJORITY:
            return seats // 2 + 1
        case Quorum.THIRD:
            return max(1, -(-seats // 3))
        case Quorum.TWO_THIRDS:
            return max(1, -(-2 * seats // 3))
        case Quorum.NUMBER:
            return max(1, number)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many voted how."""

    favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """All votes, abstentions too."""
        return self.favour + self.against + self.abstained


def tally(votes: Iterable[Choice]) -> Tally:
    """Return how many voted how."""
    found = list(votes)
    return Tally(found.count(Choice.FOR), found.count(Choice.AGAINST), found.count(Choice.ABSTAIN))


def decide(
    votes: Tally, *, majority: Majority, seats: int, present: int, casting: Choice | None = None
) -> Result:
    """Return what a vote decided. `seats`: who vote by mandate; `present`: those of them present;
    `casting`: how whoever presides voted, where that breaks a tie.

    A tie is one of the simple majority only: the others ask for a number that is reached or not.
    """
    if majority is Majority.ABSOLUTE:
        return Result.APPROVED if 2 * votes.favour > seats else Result.REJECTED
    if majority is Majority.TWO_THIRDS:
        return Result.APPROVED if votes.favour and 3 * votes.favour >= 2 * present else Result.REJECTED
    if votes.favour != votes.against:
        return Result.APPROVED if votes.favour > votes.against else Result.REJECTED
    if votes.favour and casting in (Choice.FOR, Choice.AGAINST):
        return Result.APPROVED if casting is Choice.FOR else Result.REJECTED
    return Result.TIED


def voting(titulars: Iterable[int], stands_in: Mapping[int, int], present: Iterable[int]) -> set[int]:
    """Return who votes of those present, by the number of their seat: those with a vote of their own, and
    whoever stands in for one who is away, only the first of those who would. `stands_in`: by alternate, for
    whom; alternates come in the order of the mapping.
    """
    here, own = set(present), set(titulars)
    found = own & here
    taken: set[int] = set()
    for alternate, titular in stands_in.items():
        if alternate in here and titular in own - here - taken:
            taken.add(titular)
            found.add(alternate)
    return found
