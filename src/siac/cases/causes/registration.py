# SPDX-License-Identifier: EUPL-1.2
"""What causes of complaints add to cases, to the menu and to the set-up."""

from siac.cases.causes import texts
from siac.cases.causes.deeds import DEEDS
from siac.cases.causes.found import CAUSE, cause_names
from siac.cases.deeds import register_deeds
from siac.cases.models import CauseVersion
from siac.cases.texts.events import register_words
from siac.findings.public import Source, register_finding_subject
from siac.journal.public import register_guard
from siac.organizations.public import SetupGroup, SetupTab, StaffRight, register_setup_tab, version_guard
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
    register_guard(*version_guard(CauseVersion))
    register_finding_subject(CAUSE, cause_names, source=Source.COMPLAINTS)
    title = "Causas de reclamos"
    register_nav(NavItem(title, "workspace:cases:causes", StaffRight.FIGURES, 80, group=NavGroup.FIGURES))
    register_setup_tab(
        SetupTab(
            title, "workspace:kinds:causes", 40, SetupGroup.REQUESTS,
            "Por qué se reclama, para aprender de eso.",
        )
    )  # fmt: skip
