# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_entrance, register_rights
from siac.infra.crypto import register_resealing
from siac.journal.public import declare_events
from siac.notices.public import register_kind
from siac.organizations.public import SetupGroup, SetupTab, register_left_behind, register_setup_tab
from siac.signin.domain.rights import SignInRight
from siac.signin.doorkeeping import ENTRANCE
from siac.signin.notices import REFUSED, TITLE, render
from siac.signin.secrets import register_travelling, reseal
from siac.signin.texts import RECORDED, REFUSALS
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
    register_left_behind(LEFT_BEHIND)
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
