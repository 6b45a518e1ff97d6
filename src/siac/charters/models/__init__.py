# SPDX-License-Identifier: EUPL-1.2
from siac.charters.models.breach import WAITING, Breach, BreachCause, Remedy, RemedyState
from siac.charters.models.certification import AuditResult, Certification, CertificationAudit
from siac.charters.models.charter import (
    Charter,
    CharterEdition,
    Commitment,
    CommitmentVersion,
    EditionVersion,
)
from siac.charters.models.claim import Claim, ClaimState
from siac.charters.models.fact import RemedyFact
from siac.charters.models.recognition import RecognitionRule
from siac.charters.models.reference import ReferenceCharter, ReferenceVersion
from siac.charters.models.report import CharterReport
from siac.charters.models.result import PeriodResult
from siac.charters.models.review import EditionComment, EditionReview, GapOverride
from siac.charters.models.team import CharterTeam, TeamVersion

__all__ = [
    "WAITING",
    "AuditResult",
    "Breach",
    "BreachCause",
    "Certification",
    "CertificationAudit",
    "Charter",
    "CharterEdition",
    "CharterReport",
    "CharterTeam",
    "Claim",
    "ClaimState",
    "Commitment",
    "CommitmentVersion",
    "EditionComment",
    "EditionReview",
    "EditionVersion",
    "GapOverride",
    "PeriodResult",
    "RecognitionRule",
    "ReferenceCharter",
    "ReferenceVersion",
    "Remedy",
    "RemedyFact",
    "RemedyState",
    "TeamVersion",
]
