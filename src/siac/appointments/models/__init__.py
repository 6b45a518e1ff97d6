# SPDX-License-Identifier: EUPL-1.2
from siac.appointments.models.agenda import Agenda, AgendaVersion, Suspension
from siac.appointments.models.appointment import Appointment, AppointmentFact, Waiter

__all__ = ["Agenda", "AgendaVersion", "Appointment", "AppointmentFact", "Suspension", "Waiter"]
