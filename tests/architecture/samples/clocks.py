# SPDX-License-Identifier: EUPL-1.2
"""Pages of `clocks`: calendars, their changes, rules."""

from datetime import date, datetime, timedelta

from siac.clocks.commands.changes import begin_adding
from siac.clocks.commands.move_lists import begin_move_list
from siac.clocks.commands.previews import LINE as PREVIEWS
from siac.clocks.commands.previews import Asked, begin_preview, previewing
from siac.clocks.models import LayerDay
from siac.clocks.public import Amount, Unit, open_own_layer, save_own_rule
from siac.clocks.tasks import list_moves
from siac.infra.longwork import run_long
from tests.architecture.samples.whom import CALENDARS, REQUESTER, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:clocks:calendars": Sample(CALENDARS),
    "workspace:clocks:add_day": Sample(CALENDARS),
    "workspace:clocks:closure": Sample(CALENDARS),
    "workspace:clocks:changes": Sample(CALENDARS),
    "workspace:clocks:change": Sample(CALENDARS, with_(change_id="change")),
    "workspace:clocks:preview": Sample(REQUESTER, with_(preview_id="preview")),
    "workspace:clocks:move_list_new": Sample(CALENDARS, with_(change_id="change"), post=True),
    "workspace:clocks:move_list": Sample(REQUESTER, with_(list_id="move_list")),
    "workspace:clocks:move_list_file": Sample(REQUESTER, with_(list_id="move_list")),
    "workspace:clocks:change_go_on": Sample(CALENDARS, with_(change_id="change"), post=True),
    "workspace:clocks:revoke_day": Sample(CALENDARS, with_(day_id="day")),
    "workspace:clocks:year": Sample(CALENDARS, with_(year="year")),
    "workspace:clocks:confirm": Sample(CALENDARS, with_(code="layer")),
    "workspace:clocks:history": Sample(CALENDARS, with_(code="layer")),
    "workspace:clocks:rules": Sample(CALENDARS),
    "workspace:clocks:own_rule_new": Sample(CALENDARS),
    "workspace:clocks:own_rule": Sample(CALENDARS, with_(code="own_rule")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Give the body a calendar and a rule of its own, and begin a change of the calendar."""
    institution = house.institution
    today = institution.local_date(now)
    layer = open_own_layer(
        institution_id=institution.pk, name=institution.name, country=institution.jurisdiction, now=now
    )
    layer.confirmed_to = date(today.year, 12, 31)
    layer.save(update_fields=["confirmed_to"])
    change = begin_adding(
        layer_code=layer.code,
        days=[today + timedelta(days=20)],
        name="Aniversario",
        kind="closure",
        source="Acta 2",
        reason="Aniversario",
        institution_id=institution.pk,
        actor_id=None,
        now=now,
    )
    institution.refresh_from_db()
    whole = house.access(R.QUALITY_MANAGER)
    asked = Asked(
        layer, "added", [today + timedelta(days=25)], "Paro", "Paro", "closure", "Circular 3", "closure"
    )
    preview = begin_preview(asked, institution_id=institution.pk, actor_id=whole.user.pk, now=now)
    run_long(PREVIEWS, preview.pk, previewing, clock=lambda: now)
    moves = begin_move_list(access=whole, change=change, now=now)
    list_moves(moves.pk)
    return {
        "preview": preview.pk,
        "move_list": moves.pk,
        "layer": layer.code,
        "day": LayerDay.objects.get(layer=layer).pk,
        "change": change.pk,
        "year": now.year,
        "own_rule": _own_rule(house, now),
    }


def _own_rule(house: House, now: datetime) -> str:
    rule = save_own_rule(
        institution=house.institution, code="carta", name="Plazo de la carta", document="Resolución 12",
        amount=Amount(12, Unit.BUSINESS_DAYS), actor=None, now=now,
    )  # fmt: skip
    return rule.code
