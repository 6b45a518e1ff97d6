# SPDX-License-Identifier: EUPL-1.2
from siac.catalogue.models.draft import ServiceDraft, ServiceDraftVersion
from siac.catalogue.models.finding import EverydayWord, EverydayWordVersion, MissedSearch, ServiceOpinion
from siac.catalogue.models.service import Service, ServiceVersion
from siac.catalogue.models.sheet import SHEET_FIELDS, Sheet
from siac.catalogue.models.topic import Approver, Topic, TopicVersion

__all__ = [
    "SHEET_FIELDS",
    "Approver",
    "EverydayWord",
    "EverydayWordVersion",
    "MissedSearch",
    "Service",
    "ServiceDraft",
    "ServiceDraftVersion",
    "ServiceOpinion",
    "ServiceVersion",
    "Sheet",
    "Topic",
    "TopicVersion",
]
