# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.infra.travelling import register_named, register_named_by, register_sorts
from siac.surveys.models import Invitation, PanelMember, Survey, SurveyAnswer


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(SurveyAnswer, place_id="servicepoints_servicepoint")
    register_named(Invitation, case_id="cases_case", attention_id="cases_interaction")
    register_named_by(Invitation, "recipient", by="recipient")
    register_sorts({"survey": Survey, "survey_invitation": Invitation, "panel_member": PanelMember})
