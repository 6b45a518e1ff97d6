# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.lists.models import CaseExport
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(CaseExport, attachment_id="documents_attachment")
    register_sorts({"export": CaseExport, "export_built": CaseExport})
