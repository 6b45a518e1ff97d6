# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.counter.domain.rights import CounterRight
from siac.counter.doors import register_kiosk_door
from siac.counter.found import ROOM, room_names
from siac.counter.metrics import METRICS, SOURCE
from siac.counter.models import DeskVersion, LineVersion
from siac.counter.portal.doors import DOORS
from siac.counter.portal.places import aid_url, reset_url
from siac.counter.practice import LEFT_BEHIND, PARTS
from siac.counter.texts import CONFIGURED, HAPPENED, REFUSALS, SHIFTS
from siac.counter.travelling import name_rows
from siac.findings.public import Source, register_finding_subject
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_guard
from siac.organizations.public import (
    SetupGroup,
    SetupTab,
    register_left_behind,
    register_practice_part,
    register_setup_tab,
    version_guard,
)
from siac.ui.kiosk import register_kiosk_addresses
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Register rights, words, pages and figures."""
    name_rows()
    register_rights(CounterRight)
    register_finding_subject(ROOM, room_names, source=Source.COUNTER)
    register_refusals(REFUSALS)
    declare_events(*CONFIGURED, *SHIFTS)
    declare_events(*HAPPENED, untrue=(FACTS,))
    register_guard(*version_guard(LineVersion))
    register_guard(*version_guard(DeskVersion))
    register_setup_tab(
        SetupTab(
            "Filas de espera", "workspace:counter:lines", 30, SetupGroup.PLACES,
            "Qué números se dan y quién pasa primero.",
        )
    )  # fmt: skip
    register_setup_tab(
        SetupTab(
            "Módulos", "workspace:counter:desks", 40, SetupGroup.PLACES,
            "Los módulos de cada punto y las filas que atienden.",
        )
    )  # fmt: skip
    register_nav(NavItem("Turnos", "workspace:counter:home", CounterRight.ATTEND, 10, group=NavGroup.INTAKE))
    register_kiosk_addresses(reset_url, aid_url)
    for door in DOORS:
        register_kiosk_door(door)
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
