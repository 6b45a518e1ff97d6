# SPDX-License-Identifier: EUPL-1.2
"""How surveys come over into a practice body."""

from siac.organizations.public import Copying, PracticePart
from siac.surveys.commands.surveys import save_survey
from siac.surveys.models import Survey
from siac.surveys.queries import surveys

_COPIED = (
    "name", "title", "intro", "thanks", "questionnaire", "good_from", "bad_to", "least", "is_active"
)  # fmt: skip


def _copy(copying: Copying) -> None:
    """Copy the surveys that take answers."""

    def copy(row: Survey) -> Survey:
        return save_survey(**copying.common, **{name: getattr(row, name) for name in _COPIED})

    copying.each((row for row in surveys(copying.source).values() if row.is_active), copy)


PARTS = (PracticePart("surveys", 70, _copy, ("surveys.Survey",)),)
_REAL = "What real people answered, or were asked."
LEFT_BEHIND = {
    "surveys.SurveyLink": "Doors of the source; a practice body opens its own.",
    "surveys.HalfAnswer": _REAL,
    "surveys.SurveyAnswer": _REAL,
    "surveys.Invitation": _REAL,
}
