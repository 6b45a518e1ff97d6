# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `charters`."""

from siac.charters.beside import PageBeside, register_page_beside
from siac.charters.chained import (
    ABOUT_PROMISES,
    Kept,
    breach_subjects,
    breaches_among,
    kept_promises,
    promises_found,
)
from siac.charters.commands.breaches import open_breaches
from siac.charters.commands.charters import NewCommitment, publish_edition, start_charter
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.commands.drafting import (
    save_commitment,
    save_participation,
    save_services,
    save_texts,
    start_edition,
)
from siac.charters.commands.freezing import freeze_periods
from siac.charters.commands.gaps import save_expectations
from siac.charters.commands.remedies import decide_remedy, deliver_remedy, send_letter
from siac.charters.commands.reporting import make_report, show_report
from siac.charters.commands.team import save_team
from siac.charters.domain.differences import Piece, word_differences
from siac.charters.domain.parts import Norm
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.risk import months_after
from siac.charters.models import (
    WAITING,
    Breach,
    Charter,
    CharterEdition,
    Claim,
    Commitment,
    Remedy,
    RemedyState,
)
from siac.charters.queries import (
    approved_between,
    broken_between,
    certificates_in_force,
    commitments_in_force,
    promised_to,
    remedies,
    reported_between,
)
from siac.charters.register.closed import Closed, closed_periods
from siac.charters.standings import behind, compliance, lineage, target_words
from siac.charters.standings import period as year_until_yesterday
from siac.charters.texts import GroupLabel

__all__ = [
    "ABOUT_PROMISES",
    "WAITING",
    "Breach",
    "Charter",
    "CharterEdition",
    "CharterRight",
    "Claim",
    "Closed",
    "Commitment",
    "GroupLabel",
    "Kept",
    "NewCommitment",
    "Norm",
    "PageBeside",
    "Piece",
    "Remedy",
    "RemedyState",
    "approved_between",
    "behind",
    "breach_subjects",
    "breaches_among",
    "broken_between",
    "certificates_in_force",
    "closed_periods",
    "commitments_in_force",
    "compliance",
    "decide_claim",
    "decide_remedy",
    "deliver_remedy",
    "file_claim",
    "freeze_periods",
    "kept_promises",
    "lineage",
    "make_report",
    "months_after",
    "open_breaches",
    "promised_to",
    "promises_found",
    "publish_edition",
    "register_page_beside",
    "remedies",
    "reported_between",
    "save_commitment",
    "save_expectations",
    "save_participation",
    "save_services",
    "save_team",
    "save_texts",
    "send_letter",
    "show_report",
    "start_charter",
    "start_edition",
    "target_words",
    "word_differences",
    "year_until_yesterday",
]  # fmt: skip
