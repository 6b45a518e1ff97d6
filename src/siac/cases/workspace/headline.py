# SPDX-License-Identifier: EUPL-1.2
"""What stands under the title of a case: its last day, and the one act it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from siac.cases.answer_day import ANSWER_CLOCKS, answer_day
from siac.cases.domain.clock_kinds import DUE_CLOCKS
from siac.cases.domain.states import State
from siac.cases.models import Case
from siac.cases.pages import ClockLine
from siac.cases.time_left import draw_last_day
from siac.clocks.public import Clock
from siac.ui.public import day_in_strip

_FIRST = ("aprobar", "responder", "enviar-a-aprobacion", "derivar", "cerrar")
"""What a case asks for, by code: the first of them that is offered stands filled on top."""
_BESIDE = ("derivar", "asignar")
"""What stands beside it, outlined."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The day a case is held to, drawn, under the words that say what day it is."""

    label: str
    drawn: SafeString


def last_day(case: Case, lines: Sequence[ClockLine], *, today: date) -> LastDay:
    """Return by which local day a case is to be answered, with the days left as its
    term counts them, or when it was; no SQL.
    """
    promise = answer_day(case, lines, today=today)
    if promise is not None:
        return LastDay("Responder a más tardar", draw_last_day(promise.line.clock, today))
    zone = case.institution.zone
    for label, moment in (("Respondida", case.answered_at), ("Cerrada", case.closed_at)):
        if moment is not None and not case.is_open:
            return LastDay(label, SafeString(day_in_strip(moment.astimezone(zone).date(), today)))
    words = "Espera a la persona" if case.state == State.WAITING else "Sin plazo en curso"
    return LastDay("Responder a más tardar", SafeString(words))


def earlier_day(lines: Sequence[ClockLine], *, today: date) -> LastDay | None:
    """Return the day due next, under the name of its term, where it comes before the answer is due; no SQL.

    It is the day by which lists show and order the case: the unit's own term,
    an acknowledgement, a report of delay.
    """
    running = [
        line for line in lines if line.clock.kind in DUE_CLOCKS and line.clock.state == Clock.State.RUNNING
    ]
    answers = [line.clock.due_on for line in running if line.clock.kind in ANSWER_CLOCKS]
    first = min(running, key=lambda line: line.clock.due_on, default=None)
    if first is None or not answers or first.clock.due_on >= min(answers):
        return None
    return LastDay(first.clock.label, draw_last_day(first.clock, today))


def first_act(
    actions: Sequence[Mapping[str, Any]],
) -> tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]:
    """Return which of the offered `actions` a case asks for (None: none of
    them), and those that stand beside it on top.
    """
    by_code = {action["code"]: action for action in actions}
    first = next((by_code[code] for code in _FIRST if code in by_code), None)
    beside = [by_code[code] for code in _BESIDE if code in by_code and by_code[code] is not first]
    return first, beside
