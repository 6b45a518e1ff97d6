# SPDX-License-Identifier: EUPL-1.2
"""What alerts and putting off add to cases and to the menu."""

from siac.cases.access import may_read_cases
from siac.cases.alerts import snoozing_texts, texts
from siac.cases.alerts.deeds import DEEDS
from siac.cases.alerts.notices import AlertsNotice
from siac.cases.alerts.queries import alerts
from siac.cases.alerts.travelling import name_rows
from siac.cases.deeds import register_deeds
from siac.cases.domain.rights import READERS
from siac.cases.texts.events import register_words
from siac.notices.public import register_kind
from siac.ui.public import NavItem, register_nav
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_deeds(*DEEDS)
    notice = AlertsNotice()
    register_kind(notice.code, notice.render, title=notice.title)
    register_words(texts)
    register_words(snoozing_texts)
    register_nav(NavItem("Alertas de plazo", "workspace:cases:alerts", READERS, 15, alerts))
    register_tile(
        Tile(
            "Alertas de plazo",
            "workspace:cases:alerts",
            may_read_cases,
            30,
            counted=lambda access, today: alerts(access),
        )
    )
