# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `catalogue`."""

from siac.catalogue.commands.topics import ensure_topics, save_topic, topic_code
from siac.catalogue.models import Approver, Topic
from siac.catalogue.queries import topics

__all__ = ["Approver", "Topic", "ensure_topics", "save_topic", "topic_code", "topics"]
