# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of the catalogue."""

from siac.catalogue.models import Topic
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution


def _load_topics(institution_id: int) -> dict[int, Topic]:
    rows = Topic.objects.filter(institution_id=institution_id).order_by("sort_key", "pk")
    return {topic.pk: topic for topic in rows}


_TOPICS: ConfigCache[dict[int, Topic]] = ConfigCache(_load_topics)


def topics(institution: Institution) -> dict[int, Topic]:
    """Return the topics of a body by primary key, in the order of their names; no SQL when warm."""
    return _TOPICS.get(institution)
