# SPDX-License-Identifier: EUPL-1.2
"""What the texts that answers begin with add to cases and to the menu."""

from siac.cases.answer_templates import texts
from siac.cases.answer_templates.queries import filled, templates_for
from siac.cases.answer_templates.travelling import name_rows
from siac.cases.domain.rights import CaseRight
from siac.cases.features import AnswerTexts, register_answer_texts
from siac.cases.models import TemplateVersion
from siac.cases.texts.events import register_words
from siac.journal.public import register_guard
from siac.organizations.public import StaffRight, version_guard
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_answer_texts(AnswerTexts(templates_for, filled))
    register_words(texts)
    register_guard(*version_guard(TemplateVersion))
    writers = frozenset({CaseRight.WORK, StaffRight.TEAM})
    register_nav(NavItem("Plantillas", "workspace:cases:templates", writers, 60, group=NavGroup.INTAKE))
