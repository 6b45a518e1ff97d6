# SPDX-License-Identifier: EUPL-1.2
"""How a body's own rules and its own days off come over into a practice body."""

from itertools import groupby
from typing import Any

from siac.clocks.commands.calendar import add_days, open_own_layer, open_unit_layer
from siac.clocks.commands.own_rules import save_own_rule
from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.models import CalendarLayer, LayerDay, OwnRule
from siac.clocks.queries.own_rules import own_rules
from siac.organizations.public import Copying, PracticePart
from siac.organizations.public import Unit as OfficeUnit


def _copy_rules(copying: Copying) -> None:
    """Copy each rule as it holds today, and the versions that will hold after."""
    today = copying.source.local_date(copying.now)

    def copy(row: OwnRule) -> OwnRule:
        unit = Unit(row.unit)
        return save_own_rule(
            **copying.common,
            code=row.code,
            name=row.name,
            document=row.document,
            url=row.url,
            base_rule=row.base_rule,
            amount=Amount(row.amount, unit),
            extended=Amount(row.extended, unit) if row.extended else None,
            waits=row.waits,
            shifts=row.shifts,
            valid_from=row.valid_from,
        )

    for versions in own_rules(copying.source).values():
        to_come = [row for row in versions if row.valid_from and row.valid_from > today]
        holding = [row for row in versions if row not in to_come][:1]
        copying.each([*holding, *reversed(to_come)], copy)


def _copy_days(copying: Copying) -> None:
    """Copy the standing days off of the body and of its units, those that were entered together in
    one step.
    """
    body, source = copying.body, copying.source

    def copy(row: CalendarLayer) -> CalendarLayer | None:
        opened: dict[str, Any] = {
            "institution_id": body.pk,
            "name": row.name,
            "country": row.country,
            "now": copying.now,
        }
        unit_id = copying.new_id(OfficeUnit, row.unit_id)
        if row.unit_id is None:
            layer = open_own_layer(**opened)
        elif unit_id is not None:
            layer = open_unit_layer(unit_id=unit_id, **opened)
        else:
            return None
        standing = row.days.filter(revoked_at=None).order_by(
            "version_from", "name", "kind", "source", "reason", "date"
        )
        for (_, name, kind, said, reason), days in groupby(standing, _entered):
            add_days(
                layer_code=layer.code,
                days=[day.date for day in days],
                name=name,
                kind=kind,
                source=said,
                reason=reason,
                institution_id=body.pk,
                actor_id=copying.actor.pk if copying.actor else None,
                now=copying.now,
            )
        return layer

    copying.each(CalendarLayer.objects.filter(institution=source).order_by("pk"), copy)


def _entered(day: LayerDay) -> tuple[int, str, str, str, str]:
    return day.version_from, day.name, day.kind, day.source, day.reason


PARTS = (
    PracticePart("own_rules", 30, _copy_rules, ("clocks.OwnRule",)),
    PracticePart("own_days", 32, _copy_days, ("clocks.CalendarLayer",)),
)
LEFT_BEHIND = {
    "clocks.CalendarChange": "How running terms of the source followed a change.",
    "clocks.CalendarPreview": "What somebody of the source was about to change.",
    "clocks.Clock": "Terms of cases: the invented ones start their own.",
    "clocks.ClockMove": "How running terms of the source followed a change.",
    "clocks.MoveList": "What somebody took out of the source.",
}
