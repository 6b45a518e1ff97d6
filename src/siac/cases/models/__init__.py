# SPDX-License-Identifier: EUPL-1.2
from siac.cases.alerts.models import AudienceLabel, CaseAlert
from siac.cases.answer_templates.models import AnswerTemplate, TemplateVersion
from siac.cases.appeals.models import Appeal
from siac.cases.attentions.models import Interaction, InteractionFact
from siac.cases.auditing.models import AuditSample, Drawn
from siac.cases.bulk.models import CHOOSING, PREVIEW, BulkAction, BulkRow, BulkRowState
from siac.cases.embedding.models import EmbeddingSite
from siac.cases.hearing.models import ThirdParty
from siac.cases.imports.models import (
    CASES_REGISTER,
    CHECKED,
    REFUSED,
    UPLOADED,
    ImportBatch,
    ImportStep,
    SavedMapping,
    StagedRow,
)
from siac.cases.linking.models import CaseLink, LinkKind
from siac.cases.lists.models import CaseExport, SavedView
from siac.cases.measuring.models import CaseFact
from siac.cases.models.answer import AnswerDraft, DeliveryLabel, DraftState
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
from siac.cases.models.draft import FilingDraft, FormFact
from siac.cases.models.kind import CaseKind, KindVersion, Nature, Reader
from siac.cases.models.text import BESIDE_AN_ANSWER, INTERNAL_KINDS, CaseMessage, CaseText, MessageKind
from siac.cases.models.undo import Undoable
from siac.cases.protection.models import (
    DISCARDED,
    PROPOSED,
    CaseHold,
    Dossier,
    DossierForm,
    Edition,
    Erases,
    ErasureItem,
    ErasureRun,
    ItemOutcome,
    Redaction,
)
from siac.cases.reserve.models import ReserveCause, ReserveEntry
from siac.cases.routing.models import OutcomeLabel, RoutingRule, RoutingRun, RoutingVersion
from siac.cases.starter.models import AdoptedPart
from siac.cases.suggesting.models import SuggestionModel, SuggestionTarget
from siac.cases.teamwork.models import CaseTask, ChecklistTick, Mention, Presence
from siac.catalogue.public import Approver

__all__ = [
    "BESIDE_AN_ANSWER",
    "CASES_REGISTER",
    "CHECKED",
    "CHOOSING",
    "DISCARDED",
    "INTERNAL_KINDS",
    "PREVIEW",
    "PROPOSED",
    "REFUSED",
    "UPLOADED",
    "AdoptedPart",
    "AnswerDraft",
    "AnswerTemplate",
    "Appeal",
    "Approver",
    "AudienceLabel",
    "AuditSample",
    "BulkAction",
    "BulkRow",
    "BulkRowState",
    "Case",
    "CaseAlert",
    "CaseExport",
    "CaseFact",
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
    "EmbeddingSite",
    "EndingLabel",
    "Erases",
    "ErasureItem",
    "ErasureRun",
    "FilingDraft",
    "FolioCounter",
    "FormFact",
    "ImportBatch",
    "ImportStep",
    "Interaction",
    "InteractionFact",
    "ItemOutcome",
    "KindVersion",
    "LinkKind",
    "Mention",
    "MessageKind",
    "Nature",
    "Outcome",
    "OutcomeLabel",
    "Presence",
    "Reader",
    "Redaction",
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
