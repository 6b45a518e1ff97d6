# SPDX-License-Identifier: EUPL-1.2
"""How causes, kinds, answer templates and routing rules come over into a
practice body: those in use, all their fields.
"""

from typing import Any

from siac.cases.answer_templates.commands import save_template
from siac.cases.causes.commands import save_cause
from siac.cases.kinds.commands import save_kind
from siac.cases.models import AnswerTemplate, CaseKind, Cause, RoutingRule
from siac.cases.queries import causes, kinds
from siac.cases.routing.rule_commands import save_rule
from siac.catalogue.public import Topic
from siac.clocks.public import own_id
from siac.organizations.public import Copying, PracticePart, Unit, is_colleague


def _copy_causes(copying: Copying) -> None:
    def copy(row: Cause) -> Cause:
        return save_cause(**copying.common, name=row.name)

    copying.each((row for row in causes(copying.source).values() if row.is_active), copy)


def _copy_kinds(copying: Copying) -> None:
    """Copy the kinds; a rule that the source gave itself is the practice body's own rule of that code."""

    def own(rule_id: str) -> str:
        return rule_id.replace(own_id(copying.source.pk, ""), own_id(copying.body.pk, ""), 1)

    def copy(row: CaseKind) -> CaseKind:
        fields = row.snapshot()
        fields["unit_id"] = copying.new_id(Unit, row.unit_id)
        fields |= {"rule_id": own(row.rule_id), "standard_rule": own(row.standard_rule)}
        return save_kind(**copying.common, **fields)

    copying.each((row for row in kinds(copying.source).values() if row.is_active), copy)


def _copy_templates(copying: Copying) -> None:
    """Copy the texts of the body, of its units, and of the people who came over."""
    rows = AnswerTemplate.objects.filter(institution=copying.source, is_active=True).order_by("pk")

    def copy(row: AnswerTemplate) -> AnswerTemplate | None:
        unit_id = copying.new_id(Unit, row.unit_id)
        if row.unit_id and unit_id is None:
            return None
        if row.owner_id and not is_colleague(copying.body, row.owner_id):
            return None
        return save_template(
            **copying.common, title=row.title, body=row.body, owner_id=row.owner_id, unit_id=unit_id
        )  # fmt: skip

    copying.each(rows, copy)


_SAME = (
    "name",
    "on_classified",
    "channels",
    "senders",
    "words",
    "places",
    "answers",
    "restricted",
    "in_turn",
    "set_restricted",
)


def _copy_routing(copying: Copying) -> None:
    """Copy the rules in their order, but none of which what it asks for, or all that it does, stayed
    behind.
    """
    rows = RoutingRule.objects.filter(institution=copying.source, is_active=True)

    def copy(row: RoutingRule) -> RoutingRule | None:
        fields = _mapped(copying, row)
        asks = (len(row.kinds), len(row.topics)) > (0, 0)
        lost = (row.kinds and not fields["kinds"]) or (row.topics and not fields["topics"])
        sends = ("set_topic_id", "set_unit_id", "set_assignee_id")
        gone = any(getattr(row, name) and fields[name] is None for name in sends)
        if (asks and lost) or gone:
            return None
        return save_rule(**copying.common, **fields, **{name: getattr(row, name) for name in _SAME})

    copying.each(rows.order_by("position", "pk"), copy)


def _mapped(copying: Copying, row: RoutingRule) -> dict[str, Any]:
    assignee = row.set_assignee_id
    return {
        "kinds": copying.new_ids(CaseKind, row.kinds),
        "topics": copying.new_ids(Topic, row.topics),
        "set_topic_id": copying.new_id(Topic, row.set_topic_id),
        "set_unit_id": copying.new_id(Unit, row.set_unit_id),
        "set_assignee_id": assignee if assignee and is_colleague(copying.body, assignee) else None,
    }


PARTS = (
    PracticePart("causes", 44, _copy_causes, ("cases.Cause",)),
    PracticePart("kinds", 50, _copy_kinds, ("cases.CaseKind",)),
    PracticePart("templates", 52, _copy_templates, ("cases.AnswerTemplate",)),
    PracticePart("routing", 54, _copy_routing, ("cases.RoutingRule",)),
)
_OF_CASES = "Of the cases of the source; the invented ones make their own."
_OF_WORK = "A work of the source, with cases of real people."
LEFT_BEHIND = {
    "cases.AdoptedPart": "Parts of a kit are known by their codes, which come over.",
    "cases.SavedView": "Filters name rows of the source; everybody saves their own in a moment.",
    "cases.SuggestionModel": "Learned each night from the body's own cases.",
    "cases.SavedMapping": "How columns of old registers of the source are read.",
    "cases.EmbeddingSite": "A practice body is shown in no site of others.",
    "cases.ReserveEntry": "Real acts that the source declared reserved.",
    **dict.fromkeys(
        (
            "cases.AnswerDraft",
            "cases.Appeal",
            "cases.Case",
            "cases.CaseAlert",
            "cases.CaseFact",
            "cases.CaseHold",
            "cases.CaseLink",
            "cases.CaseMessage",
            "cases.CaseTask",
            "cases.CaseText",
            "cases.ChecklistTick",
            "cases.FilingDraft",
            "cases.FolioCounter",
            "cases.Mention",
            "cases.Redaction",
            "cases.RoutingRun",
            "cases.ThirdParty",
            "cases.Undoable",
            "people.Characteristics",
            "people.Identity",
            "people.Person",
        ),
        _OF_CASES,
    ),
    **dict.fromkeys(
        (
            "cases.AuditSample",
            "cases.BulkAction",
            "cases.CaseExport",
            "cases.Dossier",
            "cases.ErasureRun",
            "cases.ImportBatch",
        ),
        _OF_WORK,
    ),
}
