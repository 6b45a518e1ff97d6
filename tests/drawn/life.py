# SPDX-License-Identifier: EUPL-1.2
"""The life of a case, from the table of its states and the deeds that features registered."""

from siac.cases.deeds import Deed, deeds
from siac.cases.domain.states import TRANSITIONS, Move, State
from siac.cases.texts import MOVE_NAMES, STATE_TAGS
from tests.drawn.source import features


def picture() -> str:
    """Draw the states of a case and the moves that lead from one to another."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"  {state.value}: {state.value} «{STATE_TAGS[state][0]}»" for state in State]
    lines.append(f"  [*] --> {State.RECEIVED.value}")
    for start in State:
        for target in State:
            moves = [move.value for move in Move if TRANSITIONS.get((start, move)) == target != start]
            if moves:
                lines.append(f"  {start.value} --> {target.value}: {', '.join(moves)}")
    return "\n".join([*lines, "```"])


def moves() -> str:
    """Draw the table of moves: their words, where they lead from where, which deeds make them."""
    lines = ["| move | on screen | from → to | deeds: address, declared in |", "|---|---|---|---|"]
    for move in Move:
        made = [f"`{deed.code}` ({_declared_in(deed)})" for deed in deeds().values() if deed.move is move]
        lines.append(f"| `{move.value}` | {MOVE_NAMES[move]} | {_ways(move)} | {', '.join(made)} |")
    return "\n".join(lines)


def _ways(move: Move) -> str:
    by_target: dict[str, list[str]] = {}
    for state in State:
        if (state, move) in TRANSITIONS:
            target = TRANSITIONS[state, move]
            by_target.setdefault("stays" if target in (None, state) else target.value, []).append(state.value)
    whole = [state.value for state in State]
    return "; ".join(
        f"{'any' if starts == whole else ', '.join(starts)} → {target}"
        for target, starts in by_target.items()
    )


def _declared_in(deed: Deed) -> str:
    homes = (part.__module__.split(".")[2] for part in (deed.command, deed.form) if _is_ours(part))
    return next((f"`{home}`" for home in homes if home in features()), "core")


def _is_ours(part: object) -> bool:
    return getattr(part, "__module__", "").startswith("siac.cases.")
