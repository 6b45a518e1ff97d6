# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.governance.models import AgendaItem, Agreement, Sitting
from siac.infra.travelling import register_named_by, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(AgendaItem, "subject_id", by="subject_kind")
    register_sorts({"sitting": Sitting, "acta": Sitting, "agreement": Agreement})
