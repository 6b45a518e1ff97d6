# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named_by, register_sorts
from siac.organizations.models import Institution, RecordTranslation, Unit


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(RecordTranslation, "record_id", by="record")
    register_sorts({"institution": Institution, "unit": Unit})
