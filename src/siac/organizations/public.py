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
from siac.organizations.commands.opening import appoint_administrator
from siac.organizations.commands.publishing import publish_version, register_drawn, save_text
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
from siac.organizations.domain.rights import StaffRight
from siac.organizations.domain.tree import UnitNode, UnitTree
from siac.organizations.handing_over import register_hand_over
from siac.organizations.models import Institution, Jurisdiction, Membership, PublicText, Unit
from siac.organizations.place_book import PlaceBook, register_place_book
from siac.organizations.practice.opening import begin_practice, latest_run, open_practice
from siac.organizations.practice.parts import (
    Copying,
    PracticeCases,
    PracticePart,
    left_behind,
    practice_parts,
    register_left_behind,
    register_practice_cases,
    register_practice_part,
)
from siac.organizations.programs import Throttled, program_access
from siac.organizations.published import Published, published_texts, text_in_force
from siac.organizations.queries import (
    Holders,
    colleagues,
    colleagues_by_email,
    holders,
    in_each_body,
    installation_is_new,
    institutions,
    is_colleague,
    memberships,
    steps_in_each_body,
    unit_tree,
)
from siac.organizations.setup_pages import SetupTab, register_setup_tab, setup_tabs
from siac.organizations.start_steps import StartStep, is_starting, register_start_step
from siac.organizations.texts import ROLE_HINTS, ROLE_NAMES

__all__ = [
    "ROLE_HINTS",
    "ROLE_NAMES",
    "Access",
    "Copying",
    "Holders",
    "Institution",
    "Jurisdiction",
    "Membership",
    "PlaceBook",
    "PracticeCases",
    "PracticePart",
    "PublicText",
    "Published",
    "SetupTab",
    "StaffRight",
    "StartStep",
    "Throttled",
    "Unit",
    "UnitNode",
    "UnitTree",
    "access_in",
    "appoint_administrator",
    "begin_practice",
    "bodies_of",
    "colleagues",
    "colleagues_by_email",
    "create_institution",
    "create_program_token",
    "entered",
    "grant_role",
    "holders",
    "in_each_body",
    "installation_is_new",
    "institutions",
    "invite",
    "is_colleague",
    "is_starting",
    "latest_run",
    "left_behind",
    "memberships",
    "note_configuration",
    "open_practice",
    "portal_page",
    "practice_parts",
    "program_access",
    "publish_version",
    "published_texts",
    "register_drawn",
    "register_hand_over",
    "register_left_behind",
    "register_place_book",
    "register_practice_cases",
    "register_practice_part",
    "register_setup_tab",
    "register_start_step",
    "revoke_role",
    "save_text",
    "save_unit",
    "setup_tabs",
    "staff_access",
    "staff_institution",
    "staff_page",
    "steps_in_each_body",
    "text_in_force",
    "touch_configuration",
    "touch_country",
    "unit_tree",
    "update_institution",
]
