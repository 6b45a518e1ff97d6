# SPDX-License-Identifier: EUPL-1.2
"""What charters add to lower contexts, said once when the application starts."""

from collections.abc import Sequence
from datetime import datetime

from siac.accounts.public import register_rights
from siac.cases.public import (
    register_attention_panel,
    register_attention_retention,
    register_events,
    register_panel,
    register_personal_part,
    register_promises,
    register_retention,
)
from siac.catalogue.public import register_service_panel
from siac.charters.certifying.workspace import audit_names
from siac.charters.commands.breaches import move_breaches, open_breaches, take_back_breaches
from siac.charters.commands.certifying import AUDITED
from siac.charters.commands.erasing import (
    attentions_owed,
    cases_owed,
    erase_proofs,
    erase_proofs_of_attentions,
)
from siac.charters.commands.freezing import SUBJECT as FOUND
from siac.charters.commands.remedies import LETTER, letter_sent, lock_for_letter
from siac.charters.commands.terms import CLAIM, REMEDY, Owed, follow_moved
from siac.charters.deciding import DECIDABLE
from siac.charters.domain.rights import CharterRight
from siac.charters.found import BREACH, breach_names
from siac.charters.guiding import CHECKS, SPREADING, SUBJECT, charter_names, edition_names, result_names
from siac.charters.measuring import METRICS, SOURCE
from siac.charters.models import CommitmentVersion, EditionVersion, ReferenceVersion, TeamVersion
from siac.charters.on_services.workspace import PANELS as ON_SERVICES
from siac.charters.outside import register_events_outside
from siac.charters.panels import OF_ATTENTION, PANEL, PROMISES, promises_of_survey
from siac.charters.personal import PART, TEXTS, promises_of
from siac.charters.practice import LEFT_BEHIND, PARTS
from siac.charters.queries import promises_for
from siac.charters.remedies.letters import NOTICES
from siac.charters.sealing import problems
from siac.charters.signing import SIGNABLE
from siac.charters.texts import EVENTS, RECORDED, REFUSALS
from siac.charters.tiles import AHEAD, TILES
from siac.charters.travelling import name_rows
from siac.clocks.public import Clock, on_missed, on_missed_moved, on_unmissed, register_subject
from siac.findings.public import Source as FoundBy
from siac.findings.public import register_finding_subject
from siac.governance.public import register_decidable
from siac.infra.metrics import register_metric, register_source
from siac.journal.public import declare_events, register_guard, register_verification
from siac.notices.public import register_kind
from siac.organizations.public import register_left_behind, register_practice_part, version_guard
from siac.processes.public import register_process_check, register_process_subject
from siac.signing.public import register_signable
from siac.surveys.public import register_promised
from siac.ui.public import (
    NavGroup,
    NavItem,
    PortalLink,
    register_nav,
    register_portal_link,
    register_refusals,
)
from siac.ui.tiles import register_ahead, register_tile


def _missed(clocks: Sequence[Clock], now: datetime) -> None:
    open_breaches(clocks, now=now)


def _register_panels() -> None:
    register_panel(PANEL)
    register_panel(PROMISES)
    register_attention_panel(OF_ATTENTION)
    for on_service in ON_SERVICES:
        register_service_panel(on_service)


def register() -> None:
    """Register promises, breaches, panels, words and navigation."""
    name_rows()
    register_rights(CharterRight)
    register_decidable(DECIDABLE)
    register_promises(promises_for)
    on_missed(_missed)
    on_unmissed(take_back_breaches)
    on_missed_moved(move_breaches)
    for subject in (REMEDY, CLAIM):
        owed = Owed(subject)
        register_subject(
            subject, on_moved=follow_moved, lock=owed.lock, names=owed.names, by_unit=owed.by_unit,
            within=owed.within,
        )  # fmt: skip
    for kind, title, render in NOTICES:
        is_letter = kind == LETTER
        register_kind(
            kind, render, title=title, on_sent=letter_sent if is_letter else None,
            lock=lock_for_letter if is_letter else None,
        )  # fmt: skip
    register_promised(promises_of_survey)
    register_signable(SIGNABLE)
    _register_panels()
    register_events(*EVENTS)
    register_retention(needed=cases_owed, erase=erase_proofs)
    register_attention_retention(needed=attentions_owed, erase=erase_proofs_of_attentions)
    register_personal_part(PART, promises_of, texts=TEXTS)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_events_outside()
    register_finding_subject(FOUND, result_names)
    register_finding_subject(AUDITED, audit_names)
    register_finding_subject(BREACH, breach_names, source=FoundBy.BREACH)
    register_process_subject(SUBJECT, charter_names)
    register_process_subject(SPREADING, edition_names)
    for code, (title, finds) in CHECKS.items():
        register_process_check(code, title, finds)
    register_verification("charters", problems)
    for model in (EditionVersion, CommitmentVersion, TeamVersion, ReferenceVersion):
        register_guard(*version_guard(model))
    register_nav(
        NavItem(
            "Cartas",
            "workspace:charters:charters",
            CharterRight.READ,
            10,
            group=NavGroup.CHARTERS,
        )
    )
    register_nav(
        NavItem(
            "Compromisos",
            "workspace:charters:compliance",
            CharterRight.READ,
            20,
            group=NavGroup.CHARTERS,
        )
    )
    register_nav(
        NavItem("Medidas", "workspace:charters:remedies", CharterRight.DECIDE, 30, group=NavGroup.CHARTERS)
    )
    for tile in TILES:
        register_tile(tile)
    register_ahead(AHEAD)
    register_portal_link(PortalLink("Cómo cumplimos", "portal:charters:charters", 28))
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
