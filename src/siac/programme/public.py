# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `programme`."""

from siac.programme.commands.packs import PACKS, ask_pack, review_pack
from siac.programme.commands.programmes import follow_rules, open_programme
from siac.programme.domain.checking import Checked, check_pack
from siac.programme.domain.proofs import Proof, Row, Told, register_proof, year_of
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.models import Pack, Programme
from siac.programme.naming import title_of
from siac.programme.queries import line_for, programmes, requirements
from siac.programme.recomputing import recomputed

__all__ = [
    "PACKS",
    "Checked",
    "Pack",
    "Programme",
    "ProgrammeRight",
    "Proof",
    "Row",
    "Told",
    "ask_pack",
    "check_pack",
    "follow_rules",
    "line_for",
    "open_programme",
    "programmes",
    "recomputed",
    "register_proof",
    "requirements",
    "review_pack",
    "title_of",
    "year_of",
]
