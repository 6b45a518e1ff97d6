# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `servicepoints`."""

from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.domain.hours import Hours, OtherDay, Season, State, Visit, Window
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import hours_words, points_giving, service_points, state_of, states_of

__all__ = [
    "Hours",
    "OtherDay",
    "Season",
    "ServicePoint",
    "State",
    "Visit",
    "Window",
    "hours_words",
    "points_giving",
    "save_service_point",
    "service_points",
    "state_of",
    "states_of",
]
