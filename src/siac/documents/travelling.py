# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.documents.models import Attachment
from siac.infra.travelling import register_named, register_named_by


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(Attachment, keeps=True, uploaded_by_id="accounts_user")
    register_named_by(Attachment, "subject_id", by="subject_type")
