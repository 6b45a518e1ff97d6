# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.clocks.models import Clock, ClockMove, MoveList
from siac.infra.travelling import register_named, register_named_by, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(MoveList, attachment_id="documents_attachment")
    register_named(ClockMove, clock_id="clocks_clock")
    register_named_by(Clock, "subject_id", by="subject_type")
    register_named_by(ClockMove, "subject_id", by="subject_type")
    register_sorts({"move_list": MoveList, "move_list_built": MoveList})
