# SPDX-License-Identifier: EUPL-1.2
"""What cases add to lower contexts, said once when the application starts; each feature adds its own."""

from siac.accounts.public import register_rights
from siac.cases import waiting
from siac.cases.access import reads_cases
from siac.cases.alerts import registration as alerts
from siac.cases.appeals import registration as appeals
from siac.cases.auditing import registration as auditing
from siac.cases.book import registration as book
from siac.cases.bulk import registration as bulk
from siac.cases.causes import registration as causes
from siac.cases.commands.acknowledging import acknowledge_by_notice, lock_for_notice
from siac.cases.commands.handing_over import (
    give_of_person,
    give_of_unit,
    open_of_person,
    open_of_unit,
)
from siac.cases.commands.moved import follow_moved_clocks
from siac.cases.deeds import register_deeds
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.domain.rights import CaseRight
from siac.cases.hearing import registration as hearing
from siac.cases.imports import registration as imports
from siac.cases.kinds import registration as kinds
from siac.cases.linking import registration as linking
from siac.cases.lists import registration as lists
from siac.cases.locking import lock_cases
from siac.cases.mailroom import registration as mailroom
from siac.cases.metrics import METRICS
from siac.cases.models import TemplateVersion
from siac.cases.naming import case_names, cases_by_unit, cases_within
from siac.cases.notices import KINDS
from siac.cases.practice import registration as practice
from siac.cases.protection import registration as protection
from siac.cases.reserve import registration as reserve
from siac.cases.routing import registration as routing
from siac.cases.short_notices import SHORT
from siac.cases.starter import registration as starter
from siac.cases.suggesting import registration as suggesting
from siac.cases.surroundings.answering import FRAGMENTS
from siac.cases.surroundings.reading import register_fragments
from siac.cases.teamwork import registration as teamwork
from siac.cases.texts import absences, ending, following, restricting
from siac.cases.texts import answering as answering_words
from siac.cases.texts import handling as handling_words
from siac.cases.texts.events import register_words
from siac.cases.verification import case_problems, folio_problems
from siac.cases.workspace.deeds import answering, handling
from siac.cases.workspace.deeds import ending as ending_deeds
from siac.cases.workspace.deeds import restricting as restricting_deeds
from siac.clocks.public import register_subject
from siac.infra.metrics import register_metric
from siac.journal.public import register_guard, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import StaffRight, register_hand_over, version_guard
from siac.ui.public import NavGroup, NavItem, PortalLink, register_nav, register_portal_link
from siac.ui.tiles import register_tile

FEATURES = (
    alerts,
    appeals,
    auditing,
    book,
    bulk,
    causes,
    hearing,
    imports,
    kinds,
    linking,
    lists,
    mailroom,
    practice,
    protection,
    reserve,
    routing,
    starter,
    suggesting,
    teamwork,
)
"""The features that stand on filing, handling and answering, which know none of them."""


def register() -> None:
    """Register the core of this context, then its features."""
    register_rights(CaseRight)
    _core()
    _menu()
    for feature in FEATURES:
        feature.register()


def _core() -> None:
    for deeds in (answering, handling, ending_deeds, restricting_deeds):
        register_deeds(*deeds.DEEDS)
    register_fragments(*FRAGMENTS)
    for words in (absences, answering_words, ending, following, handling_words, restricting):
        register_words(words)
    register_subject(
        SUBJECT,
        on_moved=follow_moved_clocks,
        lock=lock_cases,
        names=case_names,
        by_unit=cases_by_unit,
        within=cases_within,
        opens=reads_cases,
    )
    for metric in METRICS:
        register_metric(metric)
    for kind in KINDS:
        on_sent = acknowledge_by_notice if kind.code == "cases.receipt" else None
        lock = lock_for_notice if on_sent else None
        register_kind(
            kind.code,
            kind.render,
            title=kind.title,
            on_sent=on_sent,
            lock=lock,
            short=SHORT.get(kind.code),
        )
    register_verification("folios", folio_problems)
    register_verification("cases", case_problems)
    register_guard(*version_guard(TemplateVersion))
    register_hand_over(
        of_person=open_of_person, give_person=give_of_person, of_unit=open_of_unit, give_unit=give_of_unit
    )


def _menu() -> None:
    approve, intake = CaseRight.APPROVE, NavGroup.INTAKE
    register_nav(NavItem("Por aprobar", "workspace:cases:approvals", approve, 16, waiting.approvals))
    register_tile(waiting.TO_APPROVE)
    register_nav(NavItem("Ingresar solicitud", "workspace:cases:new", CaseRight.FILE, 20, group=intake))
    writers = frozenset({CaseRight.WORK, StaffRight.TEAM})
    register_nav(NavItem("Ausencias", "workspace:cases:absences", writers, 58))
    register_nav(NavItem("Plantillas", "workspace:cases:templates", writers, 60, group=intake))
    register_portal_link(PortalLink("Ingresar solicitud", "portal:cases:choose", 10))
    register_portal_link(PortalLink("Seguir solicitud", "portal:cases:track", 20))
