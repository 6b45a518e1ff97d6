# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named, register_sorts
from siac.integrations.transparency.models import AnswerPackage


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(AnswerPackage, attachment_id="documents_attachment")
    register_sorts({"portal_package": AnswerPackage, "portal_package_built": AnswerPackage})
