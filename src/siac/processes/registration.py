# SPDX-License-Identifier: EUPL-1.2
"""What processes add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.journal.public import declare_events, register_guard, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import register_left_behind, register_practice_part, version_guard
from siac.processes.commands.reminding import NOTICE
from siac.processes.domain.rights import ProcessRight
from siac.processes.models import GuideVersion
from siac.processes.notices import TITLE, render
from siac.processes.practice import PARTS
from siac.processes.sealing import act_problems
from siac.processes.texts import RECORDED, REFUSALS
from siac.processes.tiles import AHEAD, TILE
from siac.processes.travelling import name_rows
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_ahead, register_tile


def register() -> None:
    """Register rights, words, the menu entry and what waits."""
    name_rows()
    register_rights(ProcessRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_guard(*version_guard(GuideVersion))
    register_verification("processes", act_problems)
    register_nav(
        NavItem(
            "Procesos guiados",
            "workspace:processes:processes",
            ProcessRight.READ,
            40,
            group=NavGroup.CHARTERS,
        )
    )
    register_tile(TILE)
    register_kind(NOTICE, render, title=TITLE)
    register_ahead(AHEAD)
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(
        dict.fromkeys(
            ("processes.ProcessRun", "processes.TaskRecord"), "What the real body does; practice begins anew."
        )
    )
