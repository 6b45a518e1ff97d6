# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.appointments.models import Appointment, AppointmentFact, Waiter
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(AppointmentFact, point_id="servicepoints_servicepoint", service_id="catalogue_service")
    register_sorts({"appointment": Appointment, "appointment_waiter": Waiter})
