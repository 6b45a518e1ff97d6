# SPDX-License-Identifier: EUPL-1.2
"""What reports add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.cases.public import register_strip
from siac.charters.public import PageBeside, register_page_beside
from siac.findings.public import register_finding_panel
from siac.indicators.public import FigureLink, register_figure_link
from siac.journal.public import declare_events, register_guard, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import StaffRight, register_left_behind, version_guard
from siac.programme.public import register_proof
from siac.reporting.accountability.kind import KIND as LETTER_KIND
from siac.reporting.accountability.proof import letter_problems
from siac.reporting.accountability.signing import SIGNABLE
from siac.reporting.circle.contents import has_circle
from siac.reporting.circle.panels import IN_CIRCLE
from siac.reporting.domain.rights import ReportRight
from siac.reporting.frozen import notices
from siac.reporting.frozen.evidence import SUMMARIES
from siac.reporting.frozen.kinds import LETTER, OWN, SUMMARY, register_frozen_kind
from siac.reporting.frozen.making import NOTICE
from siac.reporting.frozen.proof import frozen_problems
from siac.reporting.home.strip import STRIP
from siac.reporting.models import DatasetVersion, LetterVersion, OwnReportVersion
from siac.reporting.own.kind import KIND as OWN_KIND
from siac.reporting.summaries.kind import KIND as SUMMARY_KIND
from siac.reporting.texts import RECORDED, REFUSALS
from siac.reporting.travelling import name_rows
from siac.signing.public import register_signable
from siac.ui.public import (
    NavGroup,
    NavItem,
    PortalLink,
    register_nav,
    register_portal_link,
    register_refusals,
)


def register() -> None:
    """Put the home of the authority and the summaries into the menu, and what they say into the journal."""
    name_rows()
    register_rights(ReportRight)
    register_refusals(REFUSALS)
    register_strip(STRIP)
    declare_events(*RECORDED)
    register_kind(NOTICE, notices.render, title=notices.TITLE)
    register_frozen_kind(SUMMARY, SUMMARY_KIND)
    register_frozen_kind(OWN, OWN_KIND)
    register_proof(SUMMARIES)
    register_frozen_kind(LETTER, LETTER_KIND)
    register_verification("letters", letter_problems)
    register_verification("summaries", frozen_problems)
    register_guard(*version_guard(DatasetVersion))
    register_guard(*version_guard(OwnReportVersion))
    register_guard(*version_guard(LetterVersion))
    register_figure_link(
        FigureLink("Agregar a un informe", "workspace:reporting:own_report_add", ReportRight.MAKE)
    )
    register_finding_panel(IN_CIRCLE)
    register_page_beside(PageBeside("Cómo mejoramos", "portal:reporting:improving", has_circle))
    register_portal_link(PortalLink("Datos abiertos", "portal:reporting:data", 40))
    register_nav(
        NavItem(
            "Datos abiertos", "workspace:reporting:datasets", ReportRight.PUBLISH, 40, group=NavGroup.REPORTS
        )
    )
    register_nav(
        NavItem("Cómo vamos", "workspace:reporting:home", StaffRight.FIGURES, 10, group=NavGroup.FIGURES)
    )
    register_nav(
        NavItem("Resúmenes", "workspace:reporting:summaries", StaffRight.FIGURES, 10, group=NavGroup.REPORTS)
    )
    register_nav(
        NavItem(
            "Informes propios",
            "workspace:reporting:own_reports",
            StaffRight.FIGURES,
            20,
            group=NavGroup.REPORTS,
        )
    )
    register_nav(
        NavItem("Informe anual", "workspace:reporting:yearly", StaffRight.FIGURES, 30, group=NavGroup.REPORTS)
    )
    register_nav(
        NavItem("Señales", "workspace:reporting:signs", ReportRight.SIGNS, 70, group=NavGroup.FIGURES)
    )
    register_signable(SIGNABLE)
    register_left_behind(
        {
            "reporting.Dataset": "A practice body publishes nothing.",
            "reporting.DatasetFile": "A practice body publishes nothing.",
            "reporting.FrozenReport": "What the source was told of its own cases.",
            "reporting.Letter": "The authority of the source renders account, nobody else.",
            "reporting.LetterRevision": "The authority of the source renders account, nobody else.",
            "reporting.LetterSending": "The authority of the source renders account, nobody else.",
            "reporting.OwnReport": "A practice body puts its own together.",
            "reporting.SummarySchedule": "A practice body tells nobody anything by itself.",
        }
    )
