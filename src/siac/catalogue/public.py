# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `catalogue`."""

from siac.catalogue.commands.services import save_service
from siac.catalogue.commands.topics import ensure_topics, save_topic, topic_code
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.domain.services import Audience, StepClock
from siac.catalogue.finding import Index, find_services
from siac.catalogue.models import Approver, Service, Topic
from siac.catalogue.panels import (
    ServiceAct,
    ServiceLine,
    ServicePanel,
    register_service_act,
    register_service_line,
    register_service_panel,
)
from siac.catalogue.queries import ServiceSheet, service_sheet, services, term_words, topics, topics_within
from siac.catalogue.texts import AudienceLabel, ClockLabel, time_text

__all__ = [
    "Approver",
    "Audience",
    "AudienceLabel",
    "ClockLabel",
    "Index",
    "Service",
    "ServiceAct",
    "ServiceLine",
    "ServicePanel",
    "ServiceRight",
    "ServiceSheet",
    "StepClock",
    "Topic",
    "ensure_topics",
    "find_services",
    "register_service_act",
    "register_service_line",
    "register_service_panel",
    "save_service",
    "save_topic",
    "service_sheet",
    "services",
    "term_words",
    "time_text",
    "topic_code",
    "topics",
    "topics_within",
]
