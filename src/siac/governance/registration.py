# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.governance.commands.minutes import minutes_problems
from siac.governance.commands.sittings import CALLED
from siac.governance.domain.rights import CouncilRight
from siac.governance.models import CouncilVersion, SeatVersion
from siac.governance.notices import TITLE, render
from siac.governance.practice import LEFT_BEHIND, PARTS
from siac.governance.queries import is_seated
from siac.governance.signing import SIGNABLE
from siac.governance.texts import HAPPENED, RECORDED, REFUSALS
from siac.governance.tiles import TILES
from siac.governance.travelling import name_rows
from siac.journal.public import declare_events, register_guard, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import register_left_behind, register_practice_part, version_guard
from siac.signing.public import register_signable
from siac.ui.public import (
    NavGroup,
    NavItem,
    register_nav,
    register_refusals,
)
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages, summons and what is verified."""
    name_rows()
    register_rights(CouncilRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED, *HAPPENED)
    register_guard(*version_guard(CouncilVersion))
    register_guard(*version_guard(SeatVersion))
    register_verification("minutes", minutes_problems)
    register_kind(CALLED, render, title=TITLE)
    register_signable(SIGNABLE)
    for tile in TILES:
        register_tile(tile)
    register_nav(
        NavItem("Órganos", "workspace:governance:councils", CouncilRight.READ, 50, group=NavGroup.IMPROVEMENT)
    )
    register_nav(NavItem("Mis sesiones", "workspace:governance:mine", order=5, concerns=is_seated))
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
