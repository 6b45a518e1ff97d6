# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named_by, register_sorts
from siac.policy.models import LineLink, PolicyEdition, PolicyRound, QualityPolicy


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named_by(LineLink, "number", by="kind")
    register_sorts(
        {
            "policy_document": QualityPolicy,
            "policy_edition": PolicyEdition,
            "politica": PolicyEdition,
            "policy_round": PolicyRound,
        }
    )
