# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `appointments`."""

from siac.appointments.commands.arriving import arrive
from siac.appointments.commands.booking import book, cancel, move, take_offer
from siac.appointments.commands.configuring import save_agenda
from siac.appointments.commands.offering import join_list
from siac.appointments.commands.tending import settle
from siac.appointments.contact import Contact
from siac.appointments.domain.slots import Opening, pack
from siac.appointments.models import Agenda, Appointment
from siac.appointments.queries import agendas, free_slots, open_agendas

__all__ = [
    "Agenda",
    "Appointment",
    "Contact",
    "Opening",
    "agendas",
    "arrive",
    "book",
    "cancel",
    "free_slots",
    "join_list",
    "move",
    "open_agendas",
    "pack",
    "save_agenda",
    "settle",
    "take_offer",
]
