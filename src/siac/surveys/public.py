# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `surveys`."""

from siac.surveys.commands.answering import settle_answers, take_answer
from siac.surveys.commands.entering import enter_call, enter_paper
from siac.surveys.commands.inviting import HOUR as INVITING_HOUR
from siac.surveys.commands.inviting import invite_after_answers
from siac.surveys.commands.links import save_link
from siac.surveys.commands.surveys import save_survey
from siac.surveys.commands.waves import Listed, draw_wave
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.doors import Door
from siac.surveys.models import Survey, Way
from siac.surveys.queries import invitations, surveys
from siac.surveys.ready import MODELS

__all__ = [
    "INVITING_HOUR",
    "MODELS",
    "Door",
    "Listed",
    "Survey",
    "SurveyRight",
    "Way",
    "draw_wave",
    "dump",
    "enter_call",
    "enter_paper",
    "invitations",
    "invite_after_answers",
    "save_link",
    "save_survey",
    "settle_answers",
    "surveys",
    "take_answer",
]
