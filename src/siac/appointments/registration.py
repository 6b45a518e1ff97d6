# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.appointments import letters
from siac.appointments.access import own_agendas
from siac.appointments.commands import telling
from siac.appointments.contact import (
    appointment_address,
    register_travelling,
    reseal,
    waiter_address,
)
from siac.appointments.domain.rights import AppointmentRight
from siac.appointments.metrics import METRICS, SOURCE
from siac.appointments.models import AgendaVersion
from siac.appointments.panels import ATTENTION_PANEL, POINT_PANEL, SERVICE_PANELS
from siac.appointments.portal.arriving import booking_door, kiosk_door
from siac.appointments.practice import LEFT_BEHIND, PARTS
from siac.appointments.queries import unfit_appointments
from siac.appointments.texts import BESIDE, CONFIGURED, HAPPENED, REFUSALS
from siac.appointments.travelling import name_rows
from siac.cases.public import register_attention_panel
from siac.catalogue.public import register_service_panel
from siac.counter.public import ClosingOffer, KioskDoor, register_closing_offer, register_kiosk_door
from siac.infra.crypto import register_resealing
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_guard
from siac.notices.public import register_kind, register_recipient
from siac.organizations.public import (
    SetupGroup,
    SetupTab,
    register_left_behind,
    register_practice_part,
    register_setup_tab,
    version_guard,
)
from siac.servicepoints.public import register_point_panel
from siac.ui.public import (
    NavGroup,
    NavItem,
    PortalLink,
    register_nav,
    register_portal_link,
    register_refusals,
)
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register rights, words, pages, notices and figures."""
    name_rows()
    register_rights(AppointmentRight)
    register_refusals(REFUSALS)
    declare_events(*CONFIGURED, *BESIDE)
    declare_events(*HAPPENED, untrue=(FACTS,))
    register_guard(*version_guard(AgendaVersion))
    register_resealing(reseal)
    register_travelling()
    register_setup_tab(
        SetupTab(
            "Agendas de citas", "workspace:appointments:agendas", 50, SetupGroup.PLACES,
            "Qué horas se pueden reservar.",
        )
    )  # fmt: skip
    register_nav(
        NavItem("Citas", "workspace:appointments:day", AppointmentRight.ATTEND, 11, group=NavGroup.INTAKE)
    )
    register_portal_link(PortalLink("Pedir hora", "portal:appointments:agendas", 25))
    register_kiosk_door(
        KioskDoor(
            "cita", "Tengo cita", "Saque su número con el código de su cita.", kiosk_door, gives_number=True
        )
    )
    register_closing_offer(ClosingOffer("Pedir hora para otro día", booking_door))
    register_point_panel(POINT_PANEL)
    register_attention_panel(ATTENTION_PANEL)
    for panel in SERVICE_PANELS:
        register_service_panel(panel)
    register_tile(_unfit_tile())
    _notices()
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)


def _notices() -> None:
    register_recipient(telling.APPOINTMENT, appointment_address)
    register_recipient(telling.WAITER, waiter_address)
    for kind, title in letters.TITLES.items():
        if kind == telling.JOINED:
            register_kind(kind, letters.render_joined, title=title, keys=letters.LINK)
            continue
        register_kind(
            kind, letters.renderer(kind), title=title, keys=letters.LINK, short=letters.shorter(kind)
        )


def _unfit_tile() -> Tile:
    """Return the tile of what would be lost if nobody looked: hours that changed after they were booked."""
    return Tile(
        "Citas que ya no caben",
        "workspace:appointments:unfit",
        lambda access: bool(access.has(AppointmentRight.ATTEND)),
        35,
        counted=lambda access, today: [
            unfit_appointments(access.institution, own_agendas(access, AppointmentRight.ATTEND))
        ],
    )
