# SPDX-License-Identifier: EUPL-1.2
"""The tables of outreach."""

from siac.outreach.models.campaign import (
    MOST_COST,
    MOST_REACH,
    AudienceSide,
    Campaign,
    CampaignVersion,
    Medium,
)
from siac.outreach.models.material import Material, MaterialKind

__all__ = [
    "MOST_COST",
    "MOST_REACH",
    "AudienceSide",
    "Campaign",
    "CampaignVersion",
    "Material",
    "MaterialKind",
    "Medium",
]
