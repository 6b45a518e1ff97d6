# SPDX-License-Identifier: EUPL-1.2
"""What working together adds to cases and to the menu."""

from siac.cases.access import may_read_cases
from siac.cases.deeds import register_deeds
from siac.cases.domain.rights import READERS
from siac.cases.features import AnswerCheck, register_answer_check, register_page_part
from siac.cases.surroundings.reading import register_fragments
from siac.cases.teamwork import texts
from siac.cases.teamwork.commands import check_checklist
from siac.cases.teamwork.deeds import DEEDS
from siac.cases.teamwork.notices import MentionNotice
from siac.cases.teamwork.queries import left_to_check, tasks_and_mentions, tasks_left, teamwork_part
from siac.cases.teamwork.surroundings import FRAGMENTS
from siac.cases.texts.events import register_words
from siac.notices.public import register_kind
from siac.ui.public import NavItem, register_nav
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    notice = MentionNotice()
    register_kind(notice.code, notice.render, title=notice.title)
    register_fragments(*FRAGMENTS)
    register_page_part(teamwork_part)
    register_answer_check(AnswerCheck(check_checklist, left_to_check, tasks_left))
    register_words(texts)
    register_nav(NavItem("Tareas y menciones", "workspace:cases:tasks", READERS, 12, tasks_and_mentions))
    register_tile(
        Tile(
            "Tareas y menciones",
            "workspace:cases:tasks",
            may_read_cases,
            32,
            counted=lambda access, today: tasks_and_mentions(access),
        )
    )
