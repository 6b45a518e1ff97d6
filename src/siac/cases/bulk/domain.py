# SPDX-License-Identifier: EUPL-1.2
"""What can be done to many cases at once, and what can be known beforehand about each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from siac.cases.domain.states import TRANSITIONS, Move, State

LIMIT = 20_000
"""Cases of one bulk action at most: more is another kind of work."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to many cases: `field` of the case becomes `value` of what was chosen, by `move`."""

    code: str
    move: Move
    field: str = ""
    value: str = ""
    same: str = ""
    """Code of the refusal where the case has that value already."""


ACTS: Mapping[str, Act] = {
    act.code: act
    for act in (
        Act("asignar", Move.ASSIGN, "assignee_id", "assignee_id", "bulk_same_assignee"),
        Act("derivar", Move.REFER, "unit_id", "unit_id", "same_unit"),
        Act("clasificar", Move.CLASSIFY, "topic_id", "topic_id", "bulk_same_topic"),
        Act("cerrar", Move.CLOSE),
    )
}


def foreseen(
    act: Act, *, state: str, has: int | None, allowed: bool, values: Mapping[str, Any]
) -> tuple[str, dict[str, str]] | None:
    """Return why a case would refuse `act` (code and what its sentence needs),
    or None where nothing is known against it.

    `has` is what the case has in the field of the act, `allowed` whether the person may do it to this case.
    """
    if not allowed:
        return "bulk_no_right", {}
    if (State(state), act.move) not in TRANSITIONS:
        return "move_not_allowed", {"move": act.move.value, "state": state}
    if act.field and has == values[act.value]:
        return act.same, {}
    return None
