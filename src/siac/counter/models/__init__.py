# SPDX-License-Identifier: EUPL-1.2
from siac.counter.models.facts import TurnFact
from siac.counter.models.halts import Halt
from siac.counter.models.places import Desk, DeskShift, DeskVersion, LineVersion, QueueLine
from siac.counter.models.visits import Stage, TicketCounter, Visit

__all__ = [
    "Desk",
    "DeskShift",
    "DeskVersion",
    "Halt",
    "LineVersion",
    "QueueLine",
    "Stage",
    "TicketCounter",
    "TurnFact",
    "Visit",
]
