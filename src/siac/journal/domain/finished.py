# SPDX-License-Identifier: EUPL-1.2
"""Which transactions had finished at one moment, by their numbers.

Numbers are given out when a transaction first writes, not when it commits: what is committed is no stretch of
numbers but all below a bound, without those that were still running. A transaction that is finished stays
so, so of two moments the later one holds all that the earlier one held.
"""

from dataclasses import dataclass

FIRST = -(2**62)
"""Below the number of every transaction; those of before a restore are negative (`commands.renumbering`)."""


@dataclass(frozen=True, slots=True)
class Finished:
    """All transactions below `bound`, without the `running`; `lowest`: all below it are finished."""

    lowest: int
    bound: int
    running: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Finished":
        """Return what `10:20:12,15` says, as PostgreSQL writes a snapshot; an empty text: none has."""
        if not text:
            return cls(FIRST, FIRST)
        lowest, bound, running = text.split(":")
        return cls(int(lowest), int(bound), frozenset(int(number) for number in running.split(",") if number))

    def __str__(self) -> str:
        return f"{self.lowest}:{self.bound}:{','.join(str(number) for number in sorted(self.running))}"

    def without(self, number: int) -> "Finished":
        """Return the same with one transaction running: the reader's own, which PostgreSQL leaves out."""
        if number >= self.bound or number in self.running:
            return self
        return Finished(min(self.lowest, number), self.bound, self.running | {number})

    def moved(self, by: int) -> "Finished":
        """Return the same where every transaction has a number `by` lower."""
        return Finished(self.lowest - by, self.bound - by, frozenset(number - by for number in self.running))
