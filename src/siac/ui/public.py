# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `ui` in Python, beside `ui.forms`, `ui.rows`, `ui.lists`,
`ui.records` and the templates `ui/*.html`.
"""

from siac.ui.domain.due import Due, day_in_list, day_in_strip, day_with_weekday, due, long_date
from siac.ui.marks import dated as draw_dated
from siac.ui.marks import done_day as draw_done_day
from siac.ui.marks import due as draw_due
from siac.ui.marks import due_day as draw_due_day
from siac.ui.marks import filled
from siac.ui.marks import tag as draw_tag
from siac.ui.marks import waiting as draw_waiting
from siac.ui.navigation import (
    NavGroup,
    NavItem,
    PortalLink,
    SearchBox,
    keep_menu_counts,
    ready_menu,
    register_nav,
    register_portal_link,
    register_search,
)
from siac.ui.refusals import refusal_text, register_refusals
from siac.ui.views import session_gone

__all__ = [
    "Due",
    "NavGroup",
    "NavItem",
    "PortalLink",
    "SearchBox",
    "day_in_list",
    "day_in_strip",
    "day_with_weekday",
    "draw_dated",
    "draw_done_day",
    "draw_due",
    "draw_due_day",
    "draw_tag",
    "draw_waiting",
    "due",
    "filled",
    "keep_menu_counts",
    "long_date",
    "ready_menu",
    "refusal_text",
    "register_nav",
    "register_portal_link",
    "register_refusals",
    "register_search",
    "session_gone",
]
