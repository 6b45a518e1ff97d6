# SPDX-License-Identifier: EUPL-1.2
"""Which rows our columns name by their numbers alone, and the words that others have for our rows."""

from siac.charters.models import (
    Breach,
    Certification,
    CertificationAudit,
    Charter,
    CharterEdition,
    Claim,
    PeriodResult,
    ReferenceCharter,
    Remedy,
    RemedyFact,
)
from siac.infra.travelling import register_named, register_sorts


def name_rows() -> None:
    """Say it of each column and sort of ours."""
    register_named(Breach, clock_id="clocks_clock")
    register_named(Remedy, notice_id="notices_notice")
    register_named(PeriodResult, finding_id="findings_finding")
    register_named(RemedyFact, kind_id="cases_casekind", unit_id="organizations_unit")
    register_sorts(
        {
            "charter": Charter,
            "charter_edition": CharterEdition,
            "carta": CharterEdition,
            "charter_result": PeriodResult,
            "charter_reference": ReferenceCharter,
            "charter_certificate": Certification,
            "charter_audit": CertificationAudit,
            "breach": Breach,
            "remedy": Remedy,
            "claim": Claim,
        }
    )
