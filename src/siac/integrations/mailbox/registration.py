# SPDX-License-Identifier: EUPL-1.2
"""What incoming mail adds to lower contexts, said once when the application starts."""

from siac.cases.public import CaseRight, register_panel, register_personal_part, register_retention
from siac.infra.crypto import register_resealing
from siac.infra.health import register_check
from siac.infra.watching.gauges import Gauge, register_gauge
from siac.integrations.mailbox.access import mail_to_review
from siac.integrations.mailbox.commands.filing import TOLD
from siac.integrations.mailbox.commands.tidying import erase_of_cases
from siac.integrations.mailbox.notices import received
from siac.integrations.mailbox.panels import PANEL
from siac.integrations.mailbox.personal import PART, unfiled_mail
from siac.integrations.mailbox.queries import (
    has_mailboxes,
    mailbox_detail,
    mailbox_silence,
    mailbox_trouble,
    thread_of_case,
    unread_trouble,
)
from siac.integrations.mailbox.secrets import register_travelling, reseal
from siac.integrations.mailbox.texts import RECORDED, REFUSALS
from siac.integrations.mailbox.travelling import name_rows
from siac.journal.public import declare_events
from siac.notices.public import register_kind, register_thread
from siac.organizations.public import (
    SetupGroup,
    SetupTab,
    StartStep,
    register_left_behind,
    register_setup_tab,
    register_start_step,
)
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register notices and their conversation, the panel of the case page,
    words, navigation and key rotation.
    """
    name_rows()
    register_kind(TOLD, received, title="Recepción de un correo")
    register_thread("case", thread_of_case)
    register_panel(PANEL)
    register_retention(erase=erase_of_cases)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_resealing(reseal)
    register_travelling()
    register_nav(
        NavItem(
            "Correo recibido",
            "workspace:mailbox:list",
            CaseRight.FILE,
            25,
            mail_to_review,
            group=NavGroup.INTAKE,
        )
    )
    register_tile(
        Tile(
            "Correo recibido",
            "workspace:mailbox:list",
            lambda access: access.has(CaseRight.FILE),
            36,
            counted=lambda access, today: mail_to_review(access),
        )
    )
    register_check("mail_unread", unread_trouble)
    register_check("mailboxes", mailbox_trouble, mailbox_detail)
    register_gauge(
        Gauge("siac_mailbox_silence_seconds", "Since the mailbox read longest ago was.", "", mailbox_silence)
    )
    register_personal_part(PART, unfiled_mail)
    register_start_step(
        StartStep(
            "mailbox",
            "Conecte la casilla de correo",
            "Lo que llegue a ella se convierte en solicitudes.",
            "workspace:mailbox:boxes",
            60,
            has_mailboxes,
            "No recibiremos solicitudes por correo",
        )
    )
    register_setup_tab(
        SetupTab(
            "Casillas de correo", "workspace:mailbox:boxes", 10, SetupGroup.PROGRAMS,
            "Los correos que entran como solicitudes.",
        )
    )  # fmt: skip
    register_left_behind(
        {
            "mailbox.BlockedSender": "No mail comes to a practice body.",
            "mailbox.IncomingMail": "No mail comes to a practice body.",
            "mailbox.Mailbox": "Two bodies must not read one mailbox, and a practice body has none.",
        }
    )
