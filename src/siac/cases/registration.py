# SPDX-License-Identifier: EUPL-1.2
"""What cases add to lower contexts, said once when the application starts; each feature adds its own."""

from siac.accounts.public import register_rights
from siac.cases import waiting
from siac.cases.access import reads_cases
from siac.cases.alerts import registration as alerts
from siac.cases.answer_templates import registration as answer_templates
from siac.cases.appeals import registration as appeals
from siac.cases.attentions import registration as attentions
from siac.cases.auditing import registration as auditing
from siac.cases.bulk import registration as bulk
from siac.cases.causes import registration as causes
from siac.cases.commands.acknowledging import acknowledge_by_notice, lock_for_notice
from siac.cases.commands.drafts import register_travelling
from siac.cases.commands.moved import follow_moved_clocks
from siac.cases.deeds import register_deeds
from siac.cases.desk import registration as desk
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.domain.rights import CaseRight
from siac.cases.duplicates import registration as duplicates
from siac.cases.embedding import registration as embedding
from siac.cases.hearing import registration as hearing
from siac.cases.identified import registration as identified
from siac.cases.imports import registration as imports
from siac.cases.kinds import registration as kinds
from siac.cases.letters import registration as letters
from siac.cases.linking import registration as linking
from siac.cases.lists import registration as lists
from siac.cases.locking import lock_cases
from siac.cases.measuring import registration as measuring
from siac.cases.naming import case_names, cases_by_unit, cases_within
from siac.cases.notices import KINDS
from siac.cases.offerings import registration as offerings
from siac.cases.practice import registration as practice
from siac.cases.programs import registration as programs
from siac.cases.proof import registration as proof
from siac.cases.protection import registration as protection
from siac.cases.reserve import registration as reserve
from siac.cases.restricting import registration as restricting
from siac.cases.routing import registration as routing
from siac.cases.short_notices import SHORT
from siac.cases.starter import registration as starter
from siac.cases.suggesting import registration as suggesting
from siac.cases.surroundings.answering import FRAGMENTS
from siac.cases.surroundings.reading import register_fragments
from siac.cases.teamwork import registration as teamwork
from siac.cases.texts import answering as answering_words
from siac.cases.texts import ending, following
from siac.cases.texts import handling as handling_words
from siac.cases.texts.events import register_words
from siac.cases.traits import registration as traits
from siac.cases.travelling import name_rows
from siac.cases.workload import registration as workload
from siac.cases.workspace.deeds import answering, handling
from siac.cases.workspace.deeds import ending as ending_deeds
from siac.clocks.public import register_subject
from siac.notices.public import register_kind
from siac.organizations.public import register_shared_work
from siac.ui.public import NavItem, PortalLink, register_nav, register_portal_link
from siac.ui.tiles import register_tile

FEATURES = (
    alerts,
    answer_templates,
    appeals,
    attentions,
    auditing,
    bulk,
    causes,
    desk,
    duplicates,
    embedding,
    hearing,
    identified,
    imports,
    kinds,
    letters,
    linking,
    lists,
    measuring,
    offerings,
    practice,
    programs,
    proof,
    protection,
    reserve,
    restricting,
    routing,
    starter,
    suggesting,
    teamwork,
    traits,
    workload,
)
"""The features that stand on filing, handling and answering, which know none of them."""


def register() -> None:
    """Register the core of this context, then its features."""
    name_rows()
    register_rights(CaseRight)
    register_shared_work(CaseRight.WORK)
    _core()
    _menu()
    for feature in FEATURES:
        feature.register()


def _core() -> None:
    register_travelling()
    for deeds in (answering, handling, ending_deeds):
        register_deeds(*deeds.DEEDS)
    register_fragments(*FRAGMENTS)
    for words in (answering_words, ending, following, handling_words):
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


def _menu() -> None:
    register_nav(
        NavItem("Por aprobar", "workspace:cases:approvals", CaseRight.APPROVE, 16, waiting.approvals)
    )
    register_tile(waiting.TO_APPROVE)
    register_portal_link(PortalLink("Ingresar solicitud", "portal:cases:choose", 10))
    register_portal_link(PortalLink("Seguir solicitud", "portal:cases:track", 20))
