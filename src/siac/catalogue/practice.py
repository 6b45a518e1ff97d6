# SPDX-License-Identifier: EUPL-1.2
"""How topics come over into a practice body."""

from siac.catalogue.commands.topics import save_topic
from siac.catalogue.models import Topic
from siac.catalogue.queries import topics
from siac.organizations.public import Copying, PracticePart, Unit


def _copy(copying: Copying) -> None:
    """Copy the topics in use, general ones first."""
    known = {pk: topic for pk, topic in topics(copying.source).items() if topic.is_active}

    def depth(topic: Topic) -> int:
        above, steps = topic.parent_id, 0
        while above in known and steps < len(known):
            above, steps = known[above].parent_id, steps + 1
        return steps

    def copy(row: Topic) -> Topic:
        return save_topic(
            **copying.common, name=row.name, unit_id=copying.new_id(Unit, row.unit_id), approver=row.approver,
            parent_id=copying.new_id(Topic, row.parent_id),
        )  # fmt: skip

    copying.each(sorted(known.values(), key=depth), copy)


PARTS = (PracticePart("topics", 40, _copy, ("catalogue.Topic",)),)
