# SPDX-License-Identifier: EUPL-1.2
from siac.clocks.models.calendar import CalendarLayer, LayerDay
from siac.clocks.models.change import CalendarChange, ClockMove
from siac.clocks.models.clock import Clock
from siac.clocks.models.own_rule import OwnRule
from siac.clocks.models.preview import APPLIED, CalendarPreview, MoveList

__all__ = [
    "APPLIED",
    "CalendarChange",
    "CalendarLayer",
    "CalendarPreview",
    "Clock",
    "ClockMove",
    "LayerDay",
    "MoveList",
    "OwnRule",
]
