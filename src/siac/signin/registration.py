# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_entrance, register_rights
from siac.infra.crypto import register_resealing
from siac.infra.health import register_check
from siac.journal.public import declare_events
from siac.notices.public import register_kind
from siac.organizations.public import SetupGroup, SetupTab, register_left_behind, register_setup_tab
from siac.signin.domain.rights import SignInRight
from siac.signin.doorkeeping import ENTRANCE
from siac.signin.notices import (
    ANOTHER_SERVER,
    ANOTHER_TITLE,
    BOUND,
    BOUND_TITLE,
    REFUSED,
    TITLE,
    render,
    render_another,
    render_bound,
)
from siac.signin.secrets import register_travelling, reseal
from siac.signin.texts import RECORDED, REFUSALS
from siac.signin.watching import directory_trouble, unnamed_servers
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals

_REAL = "People of a practice body come in as those of its source, who has the real accounts."
LEFT_BEHIND = {
    "signin.IdentityProvider": _REAL,
    "signin.MailDomain": _REAL,
    "signin.Identification": "Nobody identifies themselves before a practice body: all there is invented.",
    "signin.DirectoryUser": _REAL,
    "signin.DirectoryGroup": _REAL,
}


def register() -> None:
    """Register rights, words, pages, ways in and what is kept sealed."""
    register_rights(SignInRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_entrance(ENTRANCE)
    register_resealing(reseal)
    register_travelling()
    register_kind(REFUSED, render, title=TITLE)
    register_kind(ANOTHER_SERVER, render_another, title=ANOTHER_TITLE)
    register_kind(BOUND, render_bound, title=BOUND_TITLE)
    register_left_behind(LEFT_BEHIND)
    register_check("directories", directory_trouble)
    register_check("identity", unnamed_servers)
    register_nav(NavItem("Accesos", "workspace:signin:trail", SignInRight.TRAIL, 92, group=NavGroup.SETUP))
    register_setup_tab(
        SetupTab(
            "Entrada de las personas", "workspace:signin:provider", 20, SetupGroup.PEOPLE,
            "Entrar con la cuenta que ya tienen en el organismo.",
        )
    )  # fmt: skip
    register_setup_tab(
        SetupTab(
            "Identificación de la ciudadanía", "workspace:signin:citizens", 30, SetupGroup.SITE,
            "Presentar y seguir con la identidad digital del país.",
        )
    )  # fmt: skip
