# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.findings.models import Finding
from siac.infra.travelling import register_named_by, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(Finding, "subject_id", by="subject_kind")
    register_sorts({"finding": Finding})
