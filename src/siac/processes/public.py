# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `processes`."""

from siac.processes.commands.guides import adopt_guide, save_guide
from siac.processes.commands.running import (
    assign_task,
    close_phase,
    date_phase,
    finish_task,
    follow_newest,
    reopen_phase,
    skip_phase,
    start_process,
    undo_task,
)
from siac.processes.domain.guides import Differences, PhasePlan, SignOff, TaskPlan, differences, taken_over
from siac.processes.domain.line import State
from siac.processes.domain.rights import ProcessRight
from siac.processes.domain.subjects import (
    Named,
    Problem,
    register_process_check,
    register_process_subject,
)
from siac.processes.models import Guide, ProcessRun
from siac.processes.queries import FILES, PhaseLine, ToldPhase, ToldTask, guides_for, line_of, process_of
from siac.processes.shipped.reading import shipped

__all__ = [
    "FILES",
    "Differences",
    "Guide",
    "Named",
    "PhaseLine",
    "PhasePlan",
    "Problem",
    "ProcessRight",
    "ProcessRun",
    "SignOff",
    "State",
    "TaskPlan",
    "ToldPhase",
    "ToldTask",
    "adopt_guide",
    "assign_task",
    "close_phase",
    "date_phase",
    "differences",
    "finish_task",
    "follow_newest",
    "guides_for",
    "line_of",
    "process_of",
    "register_process_check",
    "register_process_subject",
    "reopen_phase",
    "save_guide",
    "shipped",
    "skip_phase",
    "start_process",
    "taken_over",
    "undo_task",
]
