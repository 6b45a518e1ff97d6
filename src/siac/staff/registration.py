# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_guard, register_verification
from siac.organizations.public import register_left_behind, register_practice_part, version_guard
from siac.staff.domain.rights import PersonnelRight
from siac.staff.metrics import METRICS, SOURCES
from siac.staff.models import CompetenceVersion, ProfileVersion
from siac.staff.practice import LEFT_BEHIND, PARTS
from siac.staff.sealing import training_problems
from siac.staff.texts import CONFIGURED, HAPPENED, PLANNED, REFUSALS
from siac.staff.tiles import TILES
from siac.staff.travelling import name_rows
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages, figures and what is verified."""
    name_rows()
    register_rights(PersonnelRight)
    register_refusals(REFUSALS)
    declare_events(*CONFIGURED)
    declare_events(*HAPPENED, *PLANNED, untrue=(FACTS,))
    register_guard(*version_guard(CompetenceVersion))
    register_guard(*version_guard(ProfileVersion))
    register_verification("training", training_problems)
    for source in SOURCES:
        register_source(source)
    for metric in METRICS:
        register_metric(metric)
    for tile in TILES:
        register_tile(tile)
    register_nav(
        NavItem("Personas", "workspace:staff:home", PersonnelRight.OWN, 60, group=NavGroup.IMPROVEMENT)
    )
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
