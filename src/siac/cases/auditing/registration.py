# SPDX-License-Identifier: EUPL-1.2
"""What drawing samples adds to the menu."""

from siac.cases.auditing import texts
from siac.cases.domain.rights import CaseRight
from siac.cases.texts.events import register_words
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
    samples = NavItem(
        "Muestras al azar", "workspace:cases:samples", CaseRight.AUDIT, 59, group=NavGroup.RECORDS
    )
    register_nav(samples)
