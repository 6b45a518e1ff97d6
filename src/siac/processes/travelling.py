# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named_by, register_sorts
from siac.processes.models import ProcessRun, TaskRecord


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(ProcessRun, "subject_id", by="subject_kind")
    register_sorts({"process_task": TaskRecord})
