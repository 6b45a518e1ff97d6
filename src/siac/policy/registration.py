# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.charters.public import PageBeside, register_page_beside
from siac.governance.public import register_decidable
from siac.journal.public import declare_events, register_guard, register_verification
from siac.organizations.public import register_left_behind, version_guard
from siac.policy.deciding import DECIDABLE
from siac.policy.domain.rights import PolicyRight
from siac.policy.models import (
    AchievementVersion,
    EditionVersion,
    PolicyVersion,
    ReferenceVersion,
    SectionVersion,
)
from siac.policy.practice import LEFT_BEHIND
from siac.policy.progress import register_progress_source
from siac.policy.queries import has_public
from siac.policy.sealing import policy_problems
from siac.policy.signing import SIGNABLE
from siac.policy.sources import SOURCES
from siac.policy.sources_acting import ACTING
from siac.policy.texts import HAPPENED, RECORDED, REFUSALS
from siac.policy.tiles import TILES
from siac.policy.travelling import name_rows
from siac.signing.public import register_signable
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages, what councils decide, what is verified, and sources of progress."""
    name_rows()
    register_rights(PolicyRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED, *HAPPENED)
    for model in (PolicyVersion, EditionVersion, SectionVersion, ReferenceVersion, AchievementVersion):
        register_guard(*version_guard(model))
    register_verification("policy", policy_problems)
    register_decidable(DECIDABLE)
    register_signable(SIGNABLE)
    for source in (*SOURCES, *ACTING):
        register_progress_source(source)
    for tile in TILES:
        register_tile(tile)
    register_nav(
        NavItem("Política", "workspace:policy:policy", PolicyRight.READ, 40, group=NavGroup.IMPROVEMENT)
    )
    register_page_beside(PageBeside("Política de calidad", "portal:policy:policy", has_public))
    register_left_behind(LEFT_BEHIND)
