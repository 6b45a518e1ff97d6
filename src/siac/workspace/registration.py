# SPDX-License-Identifier: EUPL-1.2
"""What the workspace adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.catalogue.public import ServiceRight
from siac.infra.idempotency import REFUSALS
from siac.notices.public import State, has_sent_mail, outbox
from siac.organizations.public import StartStep, register_start_step
from siac.ui.public import NavGroup, NavItem, SearchBox, register_nav, register_refusals, register_search
from siac.ui.tiles import Tile, register_tile
from siac.workspace.rights import OutboxRight


def register() -> None:
    """Put the outbox into the navigation, and word the refusals of the plumbing."""
    register_rights(OutboxRight)
    register_refusals(REFUSALS)
    register_start_step(
        StartStep(
            "sender",
            "Compruebe el envío de correo",
            "Hecho cuando el servidor de correo aceptó un aviso: el acuse de la primera solicitud basta.",
            "workspace:outbox:list",
            70,
            lambda institution: has_sent_mail(institution.pk),
        )
    )
    everybody = frozenset({ServiceRight.READ})
    register_search(SearchBox("workspace:search", "Servicio, oficina, persona o folio", everybody))
    register_nav(NavItem("Inicio", "workspace:today", order=1))
    register_tile(
        Tile(
            "Avisos por decidir",
            "workspace:outbox:list",
            lambda access: access.has(OutboxRight.MANAGE),
            65,
            counted=lambda access, today: (outbox(access.institution.pk, state=State.UNCERTAIN),),
            query="?estado=uncertain",
        )
    )
    register_nav(NavItem("Avisos", "workspace:outbox:list", OutboxRight.READ, 70, group=NavGroup.RECORDS))
