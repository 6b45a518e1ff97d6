# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `servicepoints`."""

from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.domain.hours import Hours, OtherDay, Season, State, Window
from siac.servicepoints.models import ServicePoint, ServicePointKind
from siac.servicepoints.queries import hours_words, points_giving, service_points, state_of

__all__ = [
    "Hours",
    "OtherDay",
    "Season",
    "ServicePoint",
    "ServicePointKind",
    "State",
    "Window",
    "hours_words",
    "points_giving",
    "save_service_point",
    "service_points",
    "state_of",
]
