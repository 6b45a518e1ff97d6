# SPDX-License-Identifier: EUPL-1.2
"""What surveys add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.cases.public import register_personal_part
from siac.findings.public import Source, register_finding_subject
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_guard
from siac.notices.public import register_kind
from siac.organizations.public import register_left_behind, register_practice_part, version_guard
from siac.people.public import register_forgetting
from siac.surveys.bonus import registration as bonus
from siac.surveys.checklists import registration as checklists
from siac.surveys.commands.inviting import KIND
from siac.surveys.commands.panel import KIND as PANEL
from siac.surveys.commands.refusing import PART, forget_person, surveys_of
from siac.surveys.commands.waves import REMINDER
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.drafts import registration as drafts
from siac.surveys.found import SURVEY, survey_names
from siac.surveys.letters import LINK, REMINDER_TITLE, TITLE, render, render_reminder
from siac.surveys.measuring import METRICS, SOURCES
from siac.surveys.models import PanelVersion, SurveyVersion
from siac.surveys.panel_letters import LINK as PANEL_LINK
from siac.surveys.panel_letters import TITLE as PANEL_TITLE
from siac.surveys.panel_letters import render as render_panel
from siac.surveys.practice import LEFT_BEHIND, PARTS
from siac.surveys.texts import RECORDED, REFUSALS, SETTLED
from siac.surveys.travelling import name_rows
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals


def register() -> None:
    """Register rights, words and pages."""
    name_rows()
    register_rights(SurveyRight)
    register_finding_subject(SURVEY, survey_names, source=Source.SURVEY)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    declare_events(SETTLED, untrue=(FACTS,))
    register_guard(*version_guard(SurveyVersion))
    register_guard(*version_guard(PanelVersion))
    register_nav(
        NavItem("Encuestas", "workspace:surveys:surveys", SurveyRight.READ, 10, group=NavGroup.LISTENING)
    )
    register_nav(
        NavItem(
            "Ingresar encuestas", "workspace:surveys:entries", SurveyRight.ENTER, 16, group=NavGroup.INTAKE
        )
    )
    register_personal_part(PART, surveys_of)
    register_forgetting(forget_person)
    register_kind(KIND, render, title=TITLE, keys=LINK)
    register_kind(REMINDER, render_reminder, title=REMINDER_TITLE, keys=LINK, tells_whom=True)
    register_kind(PANEL, render_panel, title=PANEL_TITLE, keys=PANEL_LINK)
    for source in SOURCES:
        register_source(source)
    for metric in METRICS:
        register_metric(metric)
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
    checklists.register()
    drafts.register()
    bonus.register()
