# SPDX-License-Identifier: EUPL-1.2
"""What papers add to lower contexts, said once when the application starts."""

from siac.cases.public import (
    CaseRight,
    Naming,
    register_fragments,
    register_naming,
    register_panel,
    register_personal_part,
    register_retention,
    register_words,
)
from siac.infra.travelling import register_arrival
from siac.journal.public import register_verification
from siac.mailroom import texts
from siac.mailroom.access import among_visible
from siac.mailroom.commands import erase_texts
from siac.mailroom.models import IncomingPaper
from siac.mailroom.panels import PANEL
from siac.mailroom.personal import PART, papers_of
from siac.mailroom.practice import LEFT_BEHIND
from siac.mailroom.surroundings import FRAGMENTS
from siac.mailroom.travelling import name_rows
from siac.mailroom.verification import paper_problems
from siac.organizations.public import register_left_behind
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register the paper of a case, its sender, its end, words and navigation."""
    name_rows()
    register_fragments(*FRAGMENTS)
    register_panel(PANEL)
    register_naming(Naming(IncomingPaper, "sender", among_visible))
    register_personal_part(PART, papers_of, texts=("materia",))
    register_retention(erase_texts=erase_texts)
    register_words(texts)
    register_verification("papers", paper_problems)
    register_arrival(IncomingPaper, idempotency_print=None)
    register_left_behind(LEFT_BEHIND)
    title, page = "Oficina de Partes", "workspace:mailroom:papers"
    register_nav(NavItem(title, page, CaseRight.FILE, 22, group=NavGroup.INTAKE))
