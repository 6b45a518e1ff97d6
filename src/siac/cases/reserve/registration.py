# SPDX-License-Identifier: EUPL-1.2
"""What the index of reserved acts adds to cases and to the menu."""

from siac.cases.deeds import register_deeds
from siac.cases.domain.rights import READERS
from siac.cases.features import register_reserved_acts
from siac.cases.reserve import texts
from siac.cases.reserve.deeds import DEEDS
from siac.cases.reserve.queries import ACTS
from siac.cases.texts.events import register_words
from siac.countries.public import Duty
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
    register_reserved_acts(ACTS)
    title, page = "Índice de reserva", "workspace:cases:reserve"
    register_nav(NavItem(title, page, READERS, 56, duty=Duty.RESERVE_INDEX, group=NavGroup.RECORDS))
