# SPDX-License-Identifier: EUPL-1.2
from siac.surveys.bonus.models import BonusEntry, BonusRoll
from siac.surveys.checklists.models import (
    Protocol,
    ProtocolKind,
    ProtocolVersion,
    Visit,
    VisitFact,
    VisitMark,
    VisitRevision,
    VisitState,
)
from siac.surveys.drafts.models import (
    Draft,
    DraftAssociation,
    DraftComment,
    DraftState,
    DraftVersion,
    Verdict,
)
from siac.surveys.models.answer import HalfAnswer, SurveyAnswer, Way
from siac.surveys.models.asking import Invitation, LinkKind, SurveyLink
from siac.surveys.models.loaded import LoadedSheet
from siac.surveys.models.made import MadePerson
from siac.surveys.models.panel import Panel, PanelMember, PanelVersion
from siac.surveys.models.paper import PaperEntry
from siac.surveys.models.refusal import SurveyRefusal
from siac.surveys.models.survey import Survey, SurveyVersion
from siac.surveys.models.wave import Wave, WaveState

__all__ = [
    "BonusEntry",
    "BonusRoll",
    "Draft",
    "DraftAssociation",
    "DraftComment",
    "DraftState",
    "DraftVersion",
    "HalfAnswer",
    "Invitation",
    "LinkKind",
    "LoadedSheet",
    "MadePerson",
    "Panel",
    "PanelMember",
    "PanelVersion",
    "PaperEntry",
    "Protocol",
    "ProtocolKind",
    "ProtocolVersion",
    "Survey",
    "SurveyAnswer",
    "SurveyLink",
    "SurveyRefusal",
    "SurveyVersion",
    "Verdict",
    "Visit",
    "VisitFact",
    "VisitMark",
    "VisitRevision",
    "VisitState",
    "Wave",
    "WaveState",
    "Way",
]
