# SPDX-License-Identifier: EUPL-1.2
"""Adoption of parts of a starter kit: each becomes ordinary configuration by
the ordinary command, with its entry.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.cases.answer_templates.commands import save_template
from siac.cases.causes.commands import save_cause
from siac.cases.kinds.commands import save_kind
from siac.cases.models import AdoptedPart, AnswerTemplate, RoutingRule
from siac.cases.queries import causes, kinds
from siac.cases.routing.rule_commands import save_rule
from siac.cases.starter.kits import Kit, Part, Sort
from siac.catalogue.public import save_topic, topics
from siac.clocks.public import book_for
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution, save_unit, unit_tree


@dataclass(frozen=True, slots=True)
class _Setting:
    """For whom parts are adopted, by whom and when; `ids` fills up with the keys of rows that parts
    became.
    """

    institution: Institution
    actor: User | None
    now: datetime
    ids: dict[str, int]

    @property
    def common(self) -> dict[str, Any]:
        return {"institution": self.institution, "actor": self.actor, "now": self.now}

    def id_of(self, sort: Sort, code: str | None) -> int | None:
        """Return the row of another part; None where nothing is pointed to."""
        return self.ids[f"{sort.value}:{code}"] if code else None


def adopted_ids(institution: Institution, kit: Kit) -> dict[str, int]:
    """Return the parts of a kit that the body has: taken once, or made by hand under
    the same code or name (3 SQL when warm).
    """
    rows = AdoptedPart.objects.filter(institution=institution)
    taken = dict(rows.values_list("key", "object_id"))
    found = _made_by_hand(institution)
    by_part = {part.key: found[part.sort].get(_name_of(part)) for part in kit.parts}
    return {key: pk for key, pk in by_part.items() if pk is not None} | taken


def _name_of(part: Part) -> str:
    """Return by what a row of the body is known to be this part."""
    by_name = {
        Sort.TOPIC: slugify(part.title)[:60],
        Sort.CAUSE: slugify(part.title)[:60],
        Sort.ROUTING: part.title,
        Sort.TEMPLATE: part.title,
    }
    return by_name.get(part.sort, part.code)


def _made_by_hand(institution: Institution) -> Mapping[Sort, Mapping[str, int]]:
    texts = AnswerTemplate.objects.filter(institution=institution, owner=None, unit=None)
    rules = RoutingRule.objects.filter(institution=institution)
    return {
        Sort.UNIT: {node.code: node.pk for node in unit_tree(institution).nodes.values()},
        Sort.TOPIC: {topic.code: pk for pk, topic in topics(institution).items()},
        Sort.CAUSE: {cause.code: pk for pk, cause in causes(institution).items()},
        Sort.KIND: {kind.code: pk for pk, kind in kinds(institution).items()},
        Sort.TEMPLATE: dict(texts.values_list("title", "pk")),
        Sort.ROUTING: dict(rules.values_list("name", "pk")),
    }


@transaction.atomic
def adopt(
    *, institution: Institution, kit: Kit, keys: Collection[str], actor: User | None, now: datetime
) -> list[Part]:
    """Take the parts of `keys` and what they need, all or none; what the body has already is left as it is.

    Return the new ones.

    Raises:
        Refused: the kit is another country's (kit_of_another_country), has no
            such part, or a command refuses one.
    """
    row = lock_institution(institution.pk)
    if kit.country != row.jurisdiction:
        raise Refused("kit_of_another_country", country=kit.country)
    setting = _Setting(row, actor, now, adopted_ids(row, kit))
    new = [part for part in kit.with_needs(keys) if part.key not in setting.ids]
    for part in new:
        pk = _TAKERS[part.sort](setting, part)
        setting.ids[part.key] = pk
        AdoptedPart.objects.create(
            institution=row, key=part.key, object_id=pk, kit_version=kit.version, adopted_at=now
        )
        row.refresh_from_db(fields=["config_version"])  # what was just added is known to the next part
    return new


def _take_unit(setting: _Setting, part: Part) -> int:
    parent = setting.id_of(Sort.UNIT, part.fields.get("parent"))
    return save_unit(**setting.common, code=part.code, name=part.title, parent_id=parent).pk


def _take_topic(setting: _Setting, part: Part) -> int:
    unit = setting.id_of(Sort.UNIT, part.fields.get("unit"))
    return save_topic(**setting.common, name=part.title, unit_id=unit).pk


def _take_cause(setting: _Setting, part: Part) -> int:
    return save_cause(**setting.common, name=part.title).pk


def _take_kind(setting: _Setting, part: Part) -> int:
    fields = {name: value for name, value in part.fields.items() if name != "unit"}
    fields["rule_id"] = rule_in_force(setting.institution, part, setting.now)
    unit = setting.id_of(Sort.UNIT, part.fields.get("unit"))
    return save_kind(**setting.common, code=part.code, unit_id=unit, **fields).pk


def rule_in_force(institution: Institution, part: Part, now: datetime) -> str:
    """Return the rule of a kind: of those named, one after another in time, the first that is in force.

    Raises:
        Refused: none is.
    """
    book, today = book_for(institution), institution.local_date(now)
    named = part.fields["rule_id"]
    names = [named] if isinstance(named, str) else list(named)
    for name in names[:-1]:
        try:
            return book.in_force(name, today).id
        except Refused:
            continue
    return book.in_force(names[-1], today).id


def _take_template(setting: _Setting, part: Part) -> int:
    return save_template(**setting.common, title=part.title, body=part.fields["body"]).pk


def _take_routing(setting: _Setting, part: Part) -> int:
    fields = part.fields
    return save_rule(
        **setting.common,
        name=part.title,
        words="\n".join(fields.get("words", ())),
        kinds=[setting.ids[f"{Sort.KIND.value}:{code}"] for code in fields.get("kinds", ())],
        topics=[setting.ids[f"{Sort.TOPIC.value}:{code}"] for code in fields.get("topics", ())],
        set_unit_id=setting.id_of(Sort.UNIT, fields.get("set_unit")),
        set_topic_id=setting.id_of(Sort.TOPIC, fields.get("set_topic")),
    ).pk


_TAKERS: Mapping[Sort, Callable[[_Setting, Part], int]] = {
    Sort.UNIT: _take_unit, Sort.TOPIC: _take_topic, Sort.CAUSE: _take_cause, Sort.KIND: _take_kind,
    Sort.TEMPLATE: _take_template, Sort.ROUTING: _take_routing,
}  # fmt: skip
