# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.protection.models import Dossier, Redaction
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(Dossier, attachment_id="documents_attachment")
    register_named(Redaction, attachment_id="documents_attachment", replacement_id="documents_attachment")
    register_sorts({"dossier": Dossier, "dossier_built": Dossier, "redaction": Redaction})
