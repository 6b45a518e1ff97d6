# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.counter.found import ROOM
from siac.counter.models import TurnFact
from siac.infra.travelling import register_named, register_sorts
from siac.servicepoints.public import ServicePoint


def name_rows() -> None:
    """Say it of each column and sort of ours; a room is the one of a service point."""
    register_named(TurnFact, point_id="servicepoints_servicepoint", line_id="counter_queueline")
    register_sorts({ROOM: ServicePoint})
