# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.catalogue.models import TopicVersion
from siac.catalogue.practice import PARTS
from siac.catalogue.texts import RECORDED, REFUSALS
from siac.journal.public import declare_events, register_guard
from siac.organizations.public import SetupTab, register_practice_part, register_setup_tab, version_guard
from siac.ui.public import register_refusals


def register() -> None:
    """Register words and the configuration page."""
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_guard(*version_guard(TopicVersion))
    register_setup_tab(SetupTab("Temas", "workspace:catalogue:topics", 50))
    for part in PARTS:
        register_practice_part(part)
