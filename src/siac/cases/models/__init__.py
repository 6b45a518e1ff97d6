# SPDX-License-Identifier: EUPL-1.2
from siac.cases.models.absence import Absence
from siac.cases.models.alert import AudienceLabel, CaseAlert
from siac.cases.models.answer import AnswerDraft, DeliveryLabel, DraftState
from siac.cases.models.appeal import Appeal
from siac.cases.models.audit import AuditSample, Drawn
from siac.cases.models.book import BookCounter, BookSheet, ReplyWay
from siac.cases.models.bulk import CHOOSING, PREVIEW, BulkAction, BulkRow, BulkRowState
from siac.cases.models.case import (
    Case,
    Channel,
    EndingLabel,
    FolioCounter,
    Outcome,
    StateLabel,
    words_of_outcome,
)
from siac.cases.models.cause import Cause, CauseVersion
from siac.cases.models.dossier import Dossier, DossierForm, Edition
from siac.cases.models.draft import FilingDraft
from siac.cases.models.erasure import (
    DISCARDED,
    PROPOSED,
    CaseHold,
    Erases,
    ErasureItem,
    ErasureRun,
    ItemOutcome,
)
from siac.cases.models.export import CaseExport
from siac.cases.models.imports import (
    CHECKED,
    REFUSED,
    UPLOADED,
    ImportBatch,
    ImportStep,
    SavedMapping,
    StagedRow,
)
from siac.cases.models.kind import CaseKind, KindVersion, Nature, Reader
from siac.cases.models.link import CaseLink, LinkKind
from siac.cases.models.paper import IncomingPaper, PaperCounter, PaperState, PaperType
from siac.cases.models.presence import Presence
from siac.cases.models.redaction import Redaction
from siac.cases.models.reserve import ReserveCause, ReserveEntry
from siac.cases.models.routing import OutcomeLabel, RoutingRule, RoutingRun, RoutingVersion
from siac.cases.models.saved_view import SavedView
from siac.cases.models.starter import AdoptedPart
from siac.cases.models.suggestion import SuggestionModel, SuggestionTarget
from siac.cases.models.teamwork import CaseTask, ChecklistTick, Mention
from siac.cases.models.template import AnswerTemplate, TemplateVersion
from siac.cases.models.text import BESIDE_AN_ANSWER, INTERNAL_KINDS, CaseMessage, CaseText, MessageKind
from siac.cases.models.third_party import ThirdParty
from siac.cases.models.undo import Undoable
from siac.catalogue.public import Approver

__all__ = [
    "BESIDE_AN_ANSWER",
    "CHECKED",
    "CHOOSING",
    "DISCARDED",
    "INTERNAL_KINDS",
    "PREVIEW",
    "PROPOSED",
    "REFUSED",
    "UPLOADED",
    "Absence",
    "AdoptedPart",
    "AnswerDraft",
    "AnswerTemplate",
    "Appeal",
    "Approver",
    "AudienceLabel",
    "AuditSample",
    "BookCounter",
    "BookSheet",
    "BulkAction",
    "BulkRow",
    "BulkRowState",
    "Case",
    "CaseAlert",
    "CaseExport",
    "CaseHold",
    "CaseKind",
    "CaseLink",
    "CaseMessage",
    "CaseTask",
    "CaseText",
    "Cause",
    "CauseVersion",
    "Channel",
    "ChecklistTick",
    "DeliveryLabel",
    "Dossier",
    "DossierForm",
    "DraftState",
    "Drawn",
    "Edition",
    "EndingLabel",
    "Erases",
    "ErasureItem",
    "ErasureRun",
    "FilingDraft",
    "FolioCounter",
    "ImportBatch",
    "ImportStep",
    "IncomingPaper",
    "ItemOutcome",
    "KindVersion",
    "LinkKind",
    "Mention",
    "MessageKind",
    "Nature",
    "Outcome",
    "OutcomeLabel",
    "PaperCounter",
    "PaperState",
    "PaperType",
    "Presence",
    "Reader",
    "Redaction",
    "ReplyWay",
    "ReserveCause",
    "ReserveEntry",
    "RoutingRule",
    "RoutingRun",
    "RoutingVersion",
    "SavedMapping",
    "SavedView",
    "StagedRow",
    "StateLabel",
    "SuggestionModel",
    "SuggestionTarget",
    "TemplateVersion",
    "ThirdParty",
    "Undoable",
    "words_of_outcome",
]
