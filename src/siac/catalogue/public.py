# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `catalogue`."""

from siac.catalogue.commands.drafts import (
    NewSheet,
    publish_draft,
    save_draft,
    start_draft,
    start_drafts,
    submit_draft,
)
from siac.catalogue.commands.finding import save_everyday_word
from siac.catalogue.commands.services import end_service, save_service, still_holds
from siac.catalogue.commands.topics import ensure_topics, save_topic, topic_code
from siac.catalogue.domain.money import amount_words, read_amount
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.domain.services import Audience, Offering, StepClock
from siac.catalogue.finding import Index, find_questions, find_services
from siac.catalogue.models import SHEET_FIELDS, Approver, Service, ServiceDraft, Topic
from siac.catalogue.panels import (
    ServiceAct,
    ServiceLine,
    ServiceLink,
    ServicePanel,
    register_service_act,
    register_service_line,
    register_service_link,
    register_service_panel,
    register_sheet_origin,
)
from siac.catalogue.queries import (
    QuestionTold,
    ServiceSheet,
    frequent_questions,
    origins_of,
    service_coded,
    service_sheet,
    services,
    sheets_from,
    term_words,
    topics,
    topics_within,
)
from siac.catalogue.texts import AudienceLabel, ClockLabel, time_text

__all__ = [
    "SHEET_FIELDS",
    "Approver",
    "Audience",
    "AudienceLabel",
    "ClockLabel",
    "Index",
    "NewSheet",
    "Offering",
    "QuestionTold",
    "Service",
    "ServiceAct",
    "ServiceDraft",
    "ServiceLine",
    "ServiceLink",
    "ServicePanel",
    "ServiceRight",
    "ServiceSheet",
    "StepClock",
    "Topic",
    "amount_words",
    "end_service",
    "ensure_topics",
    "find_questions",
    "find_services",
    "frequent_questions",
    "origins_of",
    "publish_draft",
    "read_amount",
    "register_service_act",
    "register_service_line",
    "register_service_link",
    "register_service_panel",
    "register_sheet_origin",
    "save_draft",
    "save_everyday_word",
    "save_service",
    "save_topic",
    "service_coded",
    "service_sheet",
    "services",
    "sheets_from",
    "start_draft",
    "start_drafts",
    "still_holds",
    "submit_draft",
    "term_words",
    "time_text",
    "topic_code",
    "topics",
    "topics_within",
]
