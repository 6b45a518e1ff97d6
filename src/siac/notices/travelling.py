# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named_by
from siac.notices.models import Notice


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(Notice, "subject_id", by="subject_type")
    register_named_by(Notice, "recipient", by="recipient")
