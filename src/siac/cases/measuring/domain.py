# SPDX-License-Identifier: EUPL-1.2
"""Terms of what is counted, fixed here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

REOPENED_WITHIN = timedelta(days=30)
"""What is reopened so soon after its first answer was not resolved by it."""


@dataclass(frozen=True, slots=True)
class Happened:
    """When what matters happened to a case, each in its order."""

    registered: tuple[datetime, ...] = ()
    referred: tuple[datetime, ...] = ()
    referral_undone: tuple[datetime, ...] = ()
    asked: tuple[datetime, ...] = ()
    ask_undone: tuple[datetime, ...] = ()
    contested: tuple[datetime, ...] = ()
    reopened: tuple[datetime, ...] = ()

    def first(self, name: str) -> datetime | None:
        """Return when something first happened."""
        moments: Sequence[datetime] = getattr(self, name)
        return moments[0] if moments else None

    @property
    def stayed(self) -> list[datetime]:
        """When it was referred, without what was taken back: each taking back is of the latest before."""
        moves = [(at, 0) for at in self.referred] + [(at, 1) for at in self.referral_undone]
        found: list[datetime] = []
        for at, is_undone in sorted(moves):
            if not is_undone:
                found.append(at)
            elif found:
                found.pop()
        return found


def hour_of_week(local: datetime) -> int:
    """Return the hour of a moment on its wall clock, counted from Monday at midnight."""
    return local.weekday() * 24 + local.hour


def reopened_soon(answered_at: datetime | None, happened: Happened) -> bool:
    """Return whether a case was reopened within 30 calendar days after its first answer."""
    return answered_at is not None and any(
        answered_at <= at <= answered_at + REOPENED_WITHIN for at in happened.reopened
    )


def first_contact(answered_at: datetime | None, happened: Happened) -> bool:
    """Return whether a case was resolved at first contact: its first answer came from the first unit that had
    it, nothing was asked back, and it was neither contested nor reopened within 30 calendar days.
    """
    if answered_at is None:
        return False
    moves = sum(at <= answered_at for at in happened.referred)
    moves -= sum(at <= answered_at for at in happened.referral_undone)
    asked = sum(at <= answered_at for at in happened.asked) - sum(
        at <= answered_at for at in happened.ask_undone
    )
    contested = any(answered_at <= at <= answered_at + REOPENED_WITHIN for at in happened.contested)
    return moves <= 1 and asked <= 0 and not contested and not reopened_soon(answered_at, happened)
