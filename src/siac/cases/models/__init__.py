# SPDX-License-Identifier: EUPL-1.2
from siac.cases.models.case import Case, Channel, FolioCounter, Outcome, StateLabel
from siac.cases.models.draft import FilingDraft
from siac.cases.models.export import CaseExport, ExportState
from siac.cases.models.imports import BatchState, ImportBatch, SavedMapping, StagedRow
from siac.cases.models.kind import CaseKind, Nature
from siac.cases.models.text import CaseMessage, CaseText, MessageKind

__all__ = [
    "BatchState",
    "Case",
    "CaseExport",
    "CaseKind",
    "CaseMessage",
    "CaseText",
    "Channel",
    "ExportState",
    "FilingDraft",
    "FolioCounter",
    "ImportBatch",
    "MessageKind",
    "Nature",
    "Outcome",
    "SavedMapping",
    "StagedRow",
    "StateLabel",
]
