# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.cases.answer_templates.models import AnswerTemplate
from siac.infra.travelling import register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_sorts({"template": AnswerTemplate})
