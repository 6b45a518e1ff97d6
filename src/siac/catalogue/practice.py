# SPDX-License-Identifier: EUPL-1.2
"""How topics come over into a practice body."""

from siac.catalogue.commands.finding import save_everyday_word
from siac.catalogue.commands.services import save_service
from siac.catalogue.commands.topics import save_topic
from siac.catalogue.models import EverydayWord, Service, Topic
from siac.catalogue.queries import services, topics
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


_KEPT = (
    "offering", "audience", "summary", "entitled", "requirements", "steps", "channels", "fee", "fee_unit",
    "cost", "legal", "questions", "amount", "unit", "starts_at", "ends_at", "in_charge", "reach",
    "reach_source", "review_on",
)  # fmt: skip


def _copy_services(copying: Copying) -> None:
    """Copy the services that are given, with their process."""

    def copy(row: Service) -> Service:
        process = [{**step, "unit_id": copying.new_id(Unit, step.get("unit_id"))} for step in row.process]
        return save_service(
            **copying.common, name=row.name, responsible_id=copying.new_id(Unit, row.responsible_id),
            topic_id=copying.new_id(Topic, row.topic_id), process=process,
            # The files of forms stay with the source: a practice body has those behind links.
            form_links=[{**each, "file": None} for each in row.form_links if each.get("url")],
            **{name: getattr(row, name) for name in _KEPT},
        )  # fmt: skip

    copying.each([row for row in services(copying.source).values() if row.is_active], copy)


def _copy_words(copying: Copying) -> None:
    """Copy the everyday words in use."""

    def copy(row: EverydayWord) -> EverydayWord:
        return save_everyday_word(**copying.common, said=row.said, meant=row.meant)

    rows = EverydayWord.objects.filter(institution=copying.source, is_active=True)
    copying.each(rows.order_by("sort_key", "pk"), copy)


LEFT_BEHIND = {
    "catalogue.ServiceDraft": "What the source is still writing; practice has what it published.",
    "catalogue.MissedSearch": "What people searched for in the portal of the source.",
    "catalogue.ServiceOpinion": "What people said of the pages of the source.",
}
PARTS = (
    PracticePart("topics", 40, _copy, ("catalogue.Topic",)),
    PracticePart("services", 45, _copy_services, ("catalogue.Service",)),
    PracticePart("everyday-words", 46, _copy_words, ("catalogue.EverydayWord",)),
)
