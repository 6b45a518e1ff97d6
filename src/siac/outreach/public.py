# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `outreach`."""

from siac.outreach.commands.campaigns import evaluate_campaign, save_campaign
from siac.outreach.commands.materials import make_material, retire_material
from siac.outreach.domain.rights import OutreachRight
from siac.outreach.models import Campaign, Material
from siac.outreach.queries import campaigns

__all__ = [
    "Campaign",
    "Material",
    "OutreachRight",
    "campaigns",
    "evaluate_campaign",
    "make_material",
    "retire_material",
    "save_campaign",
]
