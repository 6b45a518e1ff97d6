# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `organizations`."""

from siac.organizations.access import (
    Access,
    access_in,
    bodies_of,
    entered,
    portal_page,
    staff_access,
    staff_institution,
    staff_page,
)
from siac.organizations.commands.inviting import invite
from siac.organizations.commands.keys import create_program_token
from siac.organizations.commands.publishing import publish_version, register_drawn, save_version
from siac.organizations.commands.setup import (
    create_institution,
    grant_role,
    note_configuration,
    revoke_role,
    save_unit,
    touch_configuration,
    touch_country,
    update_institution,
)
from siac.organizations.domain.tree import UnitNode, UnitTree
from siac.organizations.handing_over import register_hand_over
from siac.organizations.models import Institution, Jurisdiction, Membership, PublicText, Unit
from siac.organizations.programs import Throttled, program_access
from siac.organizations.published import Published, published_texts, text_in_force
from siac.organizations.queries import (
    Holders,
    colleagues,
    colleagues_by_email,
    holders,
    in_each_body,
    institutions,
    is_colleague,
    memberships,
    unit_tree,
)
from siac.organizations.setup_pages import SetupTab, register_setup_tab, setup_tabs
from siac.organizations.texts import ROLE_HINTS, ROLE_NAMES

__all__ = [
    "ROLE_HINTS",
    "ROLE_NAMES",
    "Access",
    "Holders",
    "Institution",
    "Jurisdiction",
    "Membership",
    "PublicText",
    "Published",
    "SetupTab",
    "Throttled",
    "Unit",
    "UnitNode",
    "UnitTree",
    "access_in",
    "bodies_of",
    "colleagues",
    "colleagues_by_email",
    "create_institution",
    "create_program_token",
    "entered",
    "grant_role",
    "holders",
    "in_each_body",
    "institutions",
    "invite",
    "is_colleague",
    "memberships",
    "note_configuration",
    "portal_page",
    "program_access",
    "publish_version",
    "published_texts",
    "register_drawn",
    "register_hand_over",
    "register_setup_tab",
    "revoke_role",
    "save_unit",
    "save_version",
    "setup_tabs",
    "staff_access",
    "staff_institution",
    "staff_page",
    "text_in_force",
    "touch_configuration",
    "touch_country",
    "unit_tree",
    "update_institution",
]
