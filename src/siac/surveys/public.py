# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `surveys`."""

from siac.surveys.commands.answering import settle_answers, take_answer
from siac.surveys.commands.links import save_link
from siac.surveys.commands.surveys import save_survey
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.doors import Door
from siac.surveys.models import Survey, Way
from siac.surveys.queries import surveys
from siac.surveys.ready import MODELS

__all__ = [
    "MODELS",
    "Door",
    "Survey",
    "SurveyRight",
    "Way",
    "dump",
    "save_link",
    "save_survey",
    "settle_answers",
    "surveys",
    "take_answer",
]
