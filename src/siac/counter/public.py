# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `counter`."""

from siac.counter.commands.attending import call_next, end, hold, miss, resume, start, transfer
from siac.counter.commands.configuring import save_desk, save_line
from siac.counter.commands.shifts import close_desk, open_desk
from siac.counter.commands.tickets import take_ticket
from siac.counter.domain.states import State as VisitState
from siac.counter.doors import KioskDoor, register_kiosk_door
from siac.counter.models import QueueLine, Visit
from siac.counter.offers import ClosingOffer, register_closing_offer
from siac.counter.queries import lines, lines_of, visit_ends, visits_of_attentions

__all__ = [
    "ClosingOffer",
    "KioskDoor",
    "QueueLine",
    "Visit",
    "VisitState",
    "call_next",
    "close_desk",
    "end",
    "hold",
    "lines",
    "lines_of",
    "miss",
    "open_desk",
    "register_closing_offer",
    "register_kiosk_door",
    "resume",
    "save_desk",
    "save_line",
    "start",
    "take_ticket",
    "transfer",
    "visit_ends",
    "visits_of_attentions",
]
