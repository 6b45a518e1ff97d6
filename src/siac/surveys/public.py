# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `surveys`."""

from siac.surveys.bonus.commands import bring_roll
from siac.surveys.checklists.commands import (
    Told,
    assign_visit,
    begin_visit,
    open_visit_finding,
    save_protocol,
    send_visit,
)
from siac.surveys.checklists.queries import visible_visits, visits_between
from siac.surveys.checklists.ready import READY as READY_PROTOCOLS
from siac.surveys.commands.answering import settle_answers, take_answer
from siac.surveys.commands.entering import enter_call, enter_paper
from siac.surveys.commands.inviting import HOUR as INVITING_HOUR
from siac.surveys.commands.inviting import invite_after_answers
from siac.surveys.commands.links import save_link
from siac.surveys.commands.lists import Listed
from siac.surveys.commands.panel import USUAL_WORDS as PANEL_WORDS
from siac.surveys.commands.panel import bring_members, save_panel
from siac.surveys.commands.staff_lists import staff_of
from siac.surveys.commands.surveys import save_survey
from siac.surveys.commands.waves import draw_wave
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.doors import Door
from siac.surveys.drafts.commands import answer_comment, ask_association, comment, decide_draft, save_draft
from siac.surveys.drafts.queries import legal_steps
from siac.surveys.expecting import Expected, latest_expectations, surveys_of_expectations
from siac.surveys.models import Survey, Wave, Way
from siac.surveys.promised import Promised, register_promised
from siac.surveys.queries import invitations, surveys, waves_since
from siac.surveys.ready import MODELS

__all__ = [
    "INVITING_HOUR",
    "MODELS",
    "PANEL_WORDS",
    "READY_PROTOCOLS",
    "Door",
    "Expected",
    "Listed",
    "Promised",
    "Survey",
    "SurveyRight",
    "Told",
    "Wave",
    "Way",
    "answer_comment",
    "ask_association",
    "assign_visit",
    "begin_visit",
    "bring_members",
    "bring_roll",
    "comment",
    "decide_draft",
    "draw_wave",
    "dump",
    "enter_call",
    "enter_paper",
    "invitations",
    "invite_after_answers",
    "latest_expectations",
    "legal_steps",
    "open_visit_finding",
    "register_promised",
    "save_draft",
    "save_link",
    "save_panel",
    "save_protocol",
    "save_survey",
    "send_visit",
    "settle_answers",
    "staff_of",
    "surveys",
    "surveys_of_expectations",
    "take_answer",
    "visible_visits",
    "visits_between",
    "waves_since",
]
