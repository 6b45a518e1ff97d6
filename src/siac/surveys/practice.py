# SPDX-License-Identifier: EUPL-1.2
"""How surveys come over into a practice body."""

from siac.cases.public import CaseKind
from siac.catalogue.public import Topic
from siac.organizations.public import Copying, PracticePart
from siac.surveys.commands.surveys import save_survey
from siac.surveys.models import Survey
from siac.surveys.queries import surveys

_COPIED = (
    "name", "title", "intro", "thanks", "questionnaire", "good_from", "bad_to", "least", "is_active",
    "asks_after", "asks_after_attention", "for_staff", "channels", "share", "delay_days",
    "open_days", "rest_days",
)  # fmt: skip


def _copy(copying: Copying) -> None:
    """Copy the surveys that take answers."""

    def copy(row: Survey) -> Survey:
        fields = {name: getattr(row, name) for name in _COPIED}
        fields |= {
            "kinds": copying.new_ids(CaseKind, row.kinds),
            "topics": copying.new_ids(Topic, row.topics),
        }
        # One that was sent after some kinds only is not sent after all where none of them came over.
        fields["asks_after"] &= all(fields[name] or not getattr(row, name) for name in ("kinds", "topics"))
        fields["asks_after_attention"] &= bool(fields["topics"] or not row.topics)
        return save_survey(**copying.common, **fields)

    copying.each((row for row in surveys(copying.source).values() if row.is_active), copy)


PARTS = (PracticePart("surveys", 70, _copy, ("surveys.Survey",)),)
_REAL = "What real people answered, or were asked."
LEFT_BEHIND = {
    "surveys.SurveyLink": "Doors of the source; a practice body opens its own.",
    "surveys.HalfAnswer": _REAL,
    "surveys.SurveyAnswer": _REAL,
    "surveys.Invitation": _REAL,
    "surveys.Wave": _REAL,
    "surveys.LoadedSheet": _REAL,
    "surveys.MadePerson": _REAL,
    "surveys.PaperEntry": _REAL,
    "surveys.SurveyRefusal": _REAL,
    "surveys.Panel": "Real people join it.",
    "surveys.PanelMember": _REAL,
}
