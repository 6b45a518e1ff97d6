# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `counter`."""

from siac.counter.commands.attending import call_next, end, hold, miss, resume, start, transfer
from siac.counter.commands.configuring import save_desk, save_line
from siac.counter.commands.shifts import close_desk, open_desk
from siac.counter.commands.tickets import take_ticket

__all__ = [
    "call_next",
    "close_desk",
    "end",
    "hold",
    "miss",
    "open_desk",
    "resume",
    "save_desk",
    "save_line",
    "start",
    "take_ticket",
    "transfer",
]
