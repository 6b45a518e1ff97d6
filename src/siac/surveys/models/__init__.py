# SPDX-License-Identifier: EUPL-1.2
from siac.surveys.models.survey import Survey, SurveyVersion

__all__ = ["Survey", "SurveyVersion"]
