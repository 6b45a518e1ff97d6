# SPDX-License-Identifier: EUPL-1.2
"""What the rules of a body add to filing, classifying and the set-up."""

from siac.cases.features import register_router
from siac.cases.models import RoutingVersion
from siac.cases.routing import texts
from siac.cases.routing.commands import BY_RULES
from siac.cases.routing.travelling import name_rows
from siac.cases.texts.events import register_words
from siac.journal.public import register_guard
from siac.organizations.public import SetupGroup, SetupTab, register_setup_tab, version_guard


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_router(BY_RULES)
    register_words(texts)
    register_guard(*version_guard(RoutingVersion))
    register_setup_tab(
        SetupTab(
            "Derivación", "workspace:kinds:routing", 30, SetupGroup.REQUESTS,
            "A qué unidad va cada solicitud que entra.",
        )
    )  # fmt: skip
