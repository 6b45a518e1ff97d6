# SPDX-License-Identifier: EUPL-1.2
from siac.catalogue.models.finding import EverydayWord, EverydayWordVersion, MissedSearch, ServiceOpinion
from siac.catalogue.models.service import Service, ServiceVersion
from siac.catalogue.models.topic import Approver, Topic, TopicVersion

__all__ = [
    "Approver",
    "EverydayWord",
    "EverydayWordVersion",
    "MissedSearch",
    "Service",
    "ServiceOpinion",
    "ServiceVersion",
    "Topic",
    "TopicVersion",
]
