# SPDX-License-Identifier: EUPL-1.2
from siac.processes.models.process import (
    ActLabel,
    Guide,
    GuideVersion,
    PhaseAct,
    PhaseEnd,
    ProcessRun,
    TaskRecord,
)

__all__ = ["ActLabel", "Guide", "GuideVersion", "PhaseAct", "PhaseEnd", "ProcessRun", "TaskRecord"]
