# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.starter.models import AdoptedPart
from siac.infra.travelling import register_named_by


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(AdoptedPart, "object_id", by="key")
