# SPDX-License-Identifier: EUPL-1.2
from siac.governance.models.council import (
    VOTERS,
    Council,
    CouncilKind,
    CouncilVersion,
    MajorityLabel,
    QuorumLabel,
    Seat,
    SeatRole,
    SeatVersion,
)
from siac.governance.models.meeting import AgendaItem, Agreement, Attendance, Motion, Sitting, Vote

__all__ = [
    "VOTERS",
    "AgendaItem",
    "Agreement",
    "Attendance",
    "Council",
    "CouncilKind",
    "CouncilVersion",
    "MajorityLabel",
    "Motion",
    "QuorumLabel",
    "Seat",
    "SeatRole",
    "SeatVersion",
    "Sitting",
    "Vote",
]
