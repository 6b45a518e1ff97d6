# SPDX-License-Identifier: EUPL-1.2
"""What plans of improvement add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.cases.public import (
    register_events,
    register_fragments,
    register_panel,
    register_personal_part,
)
from siac.findings.public import FindingPanel, Source, register_finding_panel, register_finding_subject
from siac.governance.public import SittingLink, register_decidable, register_sitting_link
from siac.improvement.about_cases import case_names
from siac.improvement.behind import CASE
from siac.improvement.chain import FOR_PERSON, FRAGMENTS, PANEL, answers
from siac.improvement.commands.telling import DONE
from siac.improvement.deciding import DECIDABLE
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.measuring import ACTIONS, FINDINGS, METRICS
from siac.improvement.notices import TITLE, render
from siac.improvement.personal import PART, told_of
from siac.improvement.practice import LEFT_BEHIND
from siac.improvement.proof import plan_problems
from siac.improvement.texts import COUNTED, EVENTS, RECORDED, REFUSALS
from siac.improvement.tiles import TILES
from siac.improvement.travelling import name_rows
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import register_left_behind
from siac.ui.public import (
    NavGroup,
    NavItem,
    PortalLink,
    register_nav,
    register_portal_link,
    register_refusals,
)
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages, what is counted, decided, told and verified."""
    name_rows()
    register_rights(ImprovementRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    declare_events(*COUNTED, untrue=(FACTS,))
    register_events(*EVENTS)
    register_fragments(*FRAGMENTS)
    register_panel(PANEL)
    register_panel(FOR_PERSON)
    register_personal_part(PART, told_of)
    register_decidable(DECIDABLE)
    register_sitting_link(
        SittingLink(
            "Revisión", "workspace:improvement:review", lambda access: access.has(ImprovementRight.READ)
        )
    )
    register_finding_panel(FindingPanel("Qué se hace", "improvement/_answers.html", answers))
    register_finding_subject(CASE, case_names, source=Source.SUGGESTION)
    register_kind(DONE, render, title=TITLE)
    register_verification("improvement", plan_problems)
    register_nav(
        NavItem(
            "Mejora", "workspace:improvement:plans", ImprovementRight.READ, 20, group=NavGroup.IMPROVEMENT
        )
    )
    register_portal_link(PortalLink("Qué mejoramos", "portal:improvement:plans", 29))
    for tile in TILES:
        register_tile(tile)
    for source in (ACTIONS, FINDINGS):
        register_source(source)
    for metric in METRICS:
        register_metric(metric)
    register_left_behind(LEFT_BEHIND)
