# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named, register_named_by, register_sorts
from siac.signing.models import Signature, SigningCertificate


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(Signature, original_id="documents_attachment", signed_id="documents_attachment")
    register_named_by(Signature, "subject_id", by="kind")
    register_sorts({"signature": Signature, "certificate": SigningCertificate})
