# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.journal.public import declare_events, register_guard
from siac.organizations.public import register_left_behind, version_guard
from siac.outreach.domain.rights import OutreachRight
from siac.outreach.models import CampaignVersion
from siac.outreach.texts import RECORDED, REFUSALS
from siac.outreach.tiles import TILES
from siac.outreach.travelling import name_rows
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages and what is verified."""
    name_rows()
    register_rights(OutreachRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_guard(*version_guard(CampaignVersion))
    for tile in TILES:
        register_tile(tile)
    register_nav(
        NavItem(
            "Difusión", "workspace:outreach:campaigns", OutreachRight.READ, 70, group=NavGroup.IMPROVEMENT
        )
    )
    told = "What the source told people; practice tells its own."
    register_left_behind({"outreach.Campaign": told, "outreach.Material": told})
