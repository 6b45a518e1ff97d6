# SPDX-License-Identifier: EUPL-1.2
"""What drafts add to lower contexts, said once when the application starts."""

from siac.journal.public import declare_events, register_guard
from siac.organizations.public import register_left_behind, version_guard
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.drafts.models import DraftVersion
from siac.surveys.drafts.texts import RECORDED, REFUSALS
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Register words, the guard, and the menu entry."""
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_guard(*version_guard(DraftVersion))
    register_nav(
        NavItem(
            "Mediciones en consulta", "workspace:surveys:drafts", SurveyRight.COMMENT, 20,
            group=NavGroup.LISTENING,
        )
    )  # fmt: skip
    register_left_behind({"surveys.Draft": "What the real staff was asked about, and said."})
