# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `surveys`."""

from siac.surveys.commands.surveys import save_survey
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.models import Survey
from siac.surveys.queries import surveys
from siac.surveys.ready import MODELS

__all__ = ["MODELS", "Survey", "SurveyRight", "dump", "save_survey", "surveys"]
