# SPDX-License-Identifier: EUPL-1.2
"""Changes of the rules that route what comes in."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from siac.accounts.public import User
from siac.cases.domain.routing import RULES_LIMIT
from siac.cases.models import RoutingRule
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import (
    Institution,
    colleagues,
    note_configuration,
    save_version,
    unit_tree,
)


@transaction.atomic
def save_rule(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    rule: RoutingRule | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> RoutingRule:
    """Add a rule at the end, or change `rule`; what it already did stays done.

    A save that changes something is a new version, which keeps who saved it, when, and all fields.

    `based_on` is the version that whoever edits had before them; None does not ask.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), another rule has the name
            (routing_name_taken), it decides nothing (routing_without_effect), it assigns in turn without a
            unit (routing_turn_without_unit), it restricts what nobody would then see
            (routing_restrict_without_unit), it names what does not exist, or there are too many.
    """
    named = rule or RoutingRule(institution=institution, position=_last_position(institution) + 1)
    wanted = {**fields, "name": squeeze(fields["name"])} if "name" in fields else fields
    try:
        saved = save_version(
            named,
            wanted,
            based_on=based_on,
            actor=actor,
            now=now,
            check=lambda row, _: _check(institution, row),
        )
    except IntegrityError as error:
        raise Refused("routing_name_taken", name=wanted.get("name", named.name)) from error
    row = saved.row
    if saved.is_changed:
        data = {"rule": row.pk, "version": row.version, "active": row.is_active}
        note_configuration(institution.pk, "cases.routing_saved", actor=actor, now=now, data=data)
    return row


def _last_position(institution: Institution) -> int:
    rows = RoutingRule.objects.filter(institution=institution)
    if rows.count() >= RULES_LIMIT:
        raise Refused("routing_too_many", limit=RULES_LIMIT)
    return rows.aggregate(last=Max("position"))["last"] or 0


def _check(institution: Institution, row: RoutingRule) -> None:
    """Refuse a rule that decides nothing or names what is not the body's.

    Raises:
        Refused: as `save_rule`.
    """
    if row.in_turn and row.set_unit_id is None:
        raise Refused("routing_turn_without_unit")
    if not (row.set_topic_id or row.set_unit_id or row.set_assignee_id or row.set_restricted):
        raise Refused("routing_without_effect")
    if row.set_restricted and not (row.set_unit_id or row.set_assignee_id):
        raise Refused("routing_restrict_without_unit")
    if row.set_unit_id is not None and row.set_unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    if not {row.set_topic_id, *row.topics} - {None} <= set(topics(institution)):
        raise Refused("topic_unknown")
    if not set(row.kinds) <= set(kinds(institution)):
        raise Refused("kind_unknown")
    if row.set_assignee_id is not None and row.set_assignee_id not in dict(colleagues(institution)):
        raise Refused("assignee_unknown")


@transaction.atomic
def move_rule(*, institution: Institution, rule_id: int, up: bool, actor: User, now: datetime) -> None:
    """Let a rule change places with the one above it (`up`) or below it; the
    first stays first, the last last.

    Raises:
        Refused: there is no such rule (routing_unknown).
    """
    rows = list(
        RoutingRule.objects.select_for_update(of=("self",))
        .filter(institution=institution)
        .order_by("position", "pk")
    )
    place = next((index for index, row in enumerate(rows) if row.pk == rule_id), None)
    if place is None:
        raise Refused("routing_unknown")
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    RoutingRule.objects.bulk_update(rows, ["position"])
    data = {"rules": [row.pk for row in rows]}
    note_configuration(institution.pk, "cases.routing_ordered", actor=actor, now=now, data=data)
