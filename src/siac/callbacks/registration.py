# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.callbacks.commands.calling import follow_moved, lock_calls
from siac.callbacks.commands.erasing import erase_reasons
from siac.callbacks.commands.promising import SUBJECT
from siac.callbacks.domain.rights import CallRight
from siac.callbacks.measuring import METRICS, SOURCE
from siac.callbacks.models import CallRuleVersion
from siac.callbacks.practice import LEFT_BEHIND, PARTS
from siac.callbacks.queries import by_unit, names, within
from siac.callbacks.surroundings import ACT, PANEL, attentions_awaited
from siac.callbacks.texts import CONFIGURED, HAPPENED, REFUSALS
from siac.callbacks.tiles import TILE
from siac.callbacks.travelling import name_rows
from siac.cases.public import register_attention_panel, register_attention_retention
from siac.catalogue.public import register_service_act
from siac.clocks.public import register_subject
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_guard
from siac.organizations.public import register_left_behind, register_practice_part, version_guard
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages, clocks and figures."""
    name_rows()
    register_rights(CallRight)
    register_refusals(REFUSALS)
    declare_events(*CONFIGURED)
    declare_events(*HAPPENED, untrue=(FACTS,))
    register_guard(*version_guard(CallRuleVersion))
    register_subject(
        SUBJECT, on_moved=follow_moved, lock=lock_calls, names=names, by_unit=by_unit, within=within,
        opens=lambda access: access.has(CallRight.CALL),
    )  # fmt: skip
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    register_attention_panel(PANEL)
    register_attention_retention(needed=attentions_awaited, erase=erase_reasons)
    register_service_act(ACT)
    register_tile(TILE)
    register_nav(NavItem("Llamadas", "workspace:callbacks:calls", CallRight.CALL, 12, group=NavGroup.INTAKE))
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
