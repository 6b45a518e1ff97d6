# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.documents.public import register_prepared
from siac.governance.public import register_decidable
from siac.journal.public import declare_events, register_verification
from siac.organizations.public import register_left_behind
from siac.processes.public import register_process_subject
from siac.programme.commands.packs import PACKS
from siac.programme.domain.proofs import register_proof
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.domain.subjects import KIND
from siac.programme.naming import DECIDABLE, programme_names
from siac.programme.practice import LEFT_BEHIND
from siac.programme.proving.improving import IMPROVING
from siac.programme.proving.ready import READY
from siac.programme.sealing import pack_problems
from siac.programme.texts import RECORDED, REFUSALS
from siac.programme.tiles import TILE
from siac.programme.travelling import name_rows
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_tile


def register() -> None:
    """Register rights, words, pages, proofs, packs and what is verified."""
    name_rows()
    register_rights(ProgrammeRight)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_verification("packs", pack_problems)
    register_prepared(PACKS)
    register_process_subject(KIND, programme_names)
    register_decidable(DECIDABLE)
    for proof in (*READY, *IMPROVING):
        register_proof(proof)
    register_tile(TILE)
    register_nav(
        NavItem(
            "Programa anual",
            "workspace:programme:programmes",
            ProgrammeRight.READ,
            30,
            group=NavGroup.IMPROVEMENT,
        )
    )
    register_left_behind(LEFT_BEHIND)
