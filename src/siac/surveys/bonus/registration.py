# SPDX-License-Identifier: EUPL-1.2
"""What the bonus adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.countries.public import Duty
from siac.journal.public import declare_events
from siac.organizations.public import register_left_behind
from siac.surveys.bonus.rights import BonusRight
from siac.surveys.bonus.texts import RECORDED, REFUSALS
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Register rights and words."""
    register_rights(BonusRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_nav(
        NavItem(
            "Bono del personal", "workspace:surveys:rolls", BonusRight.SEE, 40,
            duty=Duty.SATISFACTION_BONUS, group=NavGroup.LISTENING,
        )
    )  # fmt: skip
    register_left_behind({"surveys.BonusRoll": "Who really works there, and since when."})
