# SPDX-License-Identifier: EUPL-1.2
from siac.policy.models.living import (
    Achievement,
    AchievementLabel,
    AchievementVersion,
    AreaLabel,
    Reference,
    ReferenceVersion,
)
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
    "Achievement",
    "AchievementLabel",
    "AchievementVersion",
    "AreaLabel",
    "EditionVersion",
    "LineLink",
    "PolicyEdition",
    "PolicyRound",
    "PolicySection",
    "PolicyVersion",
    "QualityPolicy",
    "Reference",
    "ReferenceVersion",
    "SectionVersion",
]
