# SPDX-License-Identifier: EUPL-1.2
from siac.catalogue.models.service import Service, ServiceVersion
from siac.catalogue.models.topic import Approver, Topic, TopicVersion

__all__ = ["Approver", "Service", "ServiceVersion", "Topic", "TopicVersion"]
