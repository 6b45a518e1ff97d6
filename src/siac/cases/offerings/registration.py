# SPDX-License-Identifier: EUPL-1.2
"""What telling the service of a request adds."""

from siac.cases.extensions import register_filter
from siac.cases.features import register_page_part
from siac.cases.offerings import texts
from siac.cases.offerings.showing import ACT, LINK, PANEL, SERVICE, about_part, by_service
from siac.cases.texts.events import register_words
from siac.catalogue.public import register_service_act, register_service_link, register_service_panel


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
    register_page_part(about_part)
    register_filter(SERVICE, by_service)
    register_service_link(LINK)
    register_service_act(ACT)
    register_service_panel(PANEL)
