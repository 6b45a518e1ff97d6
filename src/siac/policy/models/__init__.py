# SPDX-License-Identifier: EUPL-1.2
from siac.policy.models.policy import (
    EditionVersion,
    LineLink,
    PolicyEdition,
    PolicyRound,
    PolicySection,
    PolicyVersion,
    QualityPolicy,
    SectionVersion,
)

__all__ = [
    "EditionVersion",
    "LineLink",
    "PolicyEdition",
    "PolicyRound",
    "PolicySection",
    "PolicyVersion",
    "QualityPolicy",
    "SectionVersion",
]
