# SPDX-License-Identifier: EUPL-1.2
"""What clocks add to lower contexts, said once when the application starts."""

from siac.clocks.commands.move_lists import MOVE_LISTS
from siac.clocks.commands.places import follow_place
from siac.clocks.practice import LEFT_BEHIND, PARTS
from siac.clocks.queries.places import check_place, has_calendar, place_groups
from siac.clocks.texts import RECORDED, REFUSALS
from siac.clocks.travelling import name_rows
from siac.clocks.workspace.places import ask_place
from siac.clocks.workspace.previews import typed_before
from siac.documents.public import register_prepared
from siac.journal.public import declare_events
from siac.organizations.public import (
    PlaceBook,
    StaffRight,
    StartStep,
    register_left_behind,
    register_place_book,
    register_practice_part,
    register_start_step,
)
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Register the words of refusals, the places and the navigation of calendars and rules."""
    name_rows()
    book = PlaceBook(
        check_place, place_groups, ask_place, typed_before, follow_place, "workspace:clocks:changes"
    )
    register_place_book(book)
    register_prepared(MOVE_LISTS)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_start_step(
        StartStep(
            "calendar",
            "Compruebe el lugar y su calendario",
            "De ahí salen los días inhábiles. Los años se confirman uno a uno.",
            "workspace:clocks:calendars",
            20,
            has_calendar,
        )
    )
    register_nav(
        NavItem("Calendarios", "workspace:clocks:calendars", StaffRight.CALENDARS, 80, group=NavGroup.SETUP)
    )
    register_nav(
        NavItem("Reglas de plazos", "workspace:clocks:rules", StaffRight.CALENDARS, 81, group=NavGroup.SETUP)
    )
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
