# SPDX-License-Identifier: EUPL-1.2
from siac.processes.models.process import Guide, GuideVersion, PhaseEnd, ProcessRun, TaskRecord

__all__ = ["Guide", "GuideVersion", "PhaseEnd", "ProcessRun", "TaskRecord"]
