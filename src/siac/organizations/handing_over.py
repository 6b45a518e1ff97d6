# SPDX-License-Identifier: EUPL-1.2
"""What somebody who leaves, or a unit that closes, has at hand: higher contexts
say how much, and hand it over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.models import Institution

Count = Callable[[Institution, int], int]
Give = Callable[[Institution, int, int | None, User | None, datetime], int]


@dataclass(frozen=True, slots=True)
class _Holding:
    of_person: Count
    give_person: Give
    of_unit: Count
    give_unit: Give


_HOLDINGS: list[_Holding] = []


def register_hand_over(*, of_person: Count, give_person: Give, of_unit: Count, give_unit: Give) -> None:
    """Have `of_person(body, user)` and `of_unit(body, unit)` tell how many open things they have, and the
    others give them, in the transaction of the change, to (user or nobody) and (unit).
    """
    _HOLDINGS.append(_Holding(of_person, give_person, of_unit, give_unit))


def held_by_person(institution: Institution, user_id: int) -> int:
    """Return how many open things are assigned to somebody in a body."""
    return sum(holding.of_person(institution, user_id) for holding in _HOLDINGS)


def hand_over_person(
    institution: Institution, user_id: int, heir_id: int | None, *, actor: User | None, now: datetime
) -> int:
    """Give what is assigned to somebody who leaves to another, or to nobody; return how many things."""
    return sum(holding.give_person(institution, user_id, heir_id, actor, now) for holding in _HOLDINGS)


def hand_over_unit(
    institution: Institution, unit_id: int, successor_id: int | None, *, actor: User | None, now: datetime
) -> int:
    """Give what a closing unit has open to its successor; return how many things.

    Raises:
        Refused: it has something open and no successor (unit_in_use).
    """
    count = sum(holding.of_unit(institution, unit_id) for holding in _HOLDINGS)
    if count and successor_id is None:
        raise Refused("unit_in_use", open_cases=count)
    return (
        sum(holding.give_unit(institution, unit_id, successor_id, actor, now) for holding in _HOLDINGS)
        if count
        else 0
    )
