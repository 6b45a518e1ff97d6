# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.infra.crypto import register_resealing
from siac.journal.public import declare_events, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import SetupGroup, SetupTab, register_left_behind, register_setup_tab
from siac.signing.domain.rights import SignRight
from siac.signing.notices import ENDS, TITLE, render
from siac.signing.port_secrets import register_travelling as register_travelling_ports
from siac.signing.port_secrets import reseal_ports
from siac.signing.proof import signature_problems
from siac.signing.secrets import register_travelling, reseal
from siac.signing.texts import RECORDED, REFUSALS
from siac.signing.tiles import TILE
from siac.signing.travelling import name_rows
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_tile

_REAL = "What is done in a practice body is invented: nothing of it is signed."
LEFT_BEHIND = {
    "signing.SigningCertificate": _REAL,
    "signing.SigningSetup": _REAL,
    "signing.Signature": _REAL,
    "signing.SigningPort": _REAL,
    "signing.PortTicket": _REAL,
}


def register() -> None:
    """Register rights, words, pages, reminders, what is kept sealed and what is verified."""
    name_rows()
    register_rights(SignRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_resealing(reseal)
    register_travelling()
    register_resealing(reseal_ports)
    register_travelling_ports()
    register_verification("signatures", signature_problems)
    register_kind(ENDS, render, title=TITLE)
    register_left_behind(LEFT_BEHIND)
    register_tile(TILE)
    register_nav(NavItem("Firmas", "workspace:signing:documents", SignRight.READ, 62, group=NavGroup.RECORDS))
    register_setup_tab(
        SetupTab(
            "Firma", "workspace:signing:setup", 30, SetupGroup.BODY,
            "Con qué certificado o programa firma el organismo.",
        )
    )  # fmt: skip
