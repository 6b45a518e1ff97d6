# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `servicepoints`."""

from siac.servicepoints.commands.care import save_care
from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.domain.geography import Coordinates, kilometres
from siac.servicepoints.domain.hours import Hours, OtherDay, Season, State, Visit, Window, instant, week_words
from siac.servicepoints.domain.mapping import Outline
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.outlines import outline_of, register_outline
from siac.servicepoints.point_panels import PointPanel, register_point_panel
from siac.servicepoints.queries import (
    hours_words,
    open_spells,
    points_giving,
    service_points,
    state_of,
    states_of,
)

__all__ = [
    "Coordinates",
    "Hours",
    "OtherDay",
    "Outline",
    "PointPanel",
    "Season",
    "ServicePoint",
    "State",
    "Visit",
    "Window",
    "hours_words",
    "instant",
    "kilometres",
    "open_spells",
    "outline_of",
    "points_giving",
    "register_outline",
    "register_point_panel",
    "save_care",
    "save_service_point",
    "service_points",
    "state_of",
    "states_of",
    "week_words",
]
