# SPDX-License-Identifier: EUPL-1.2
from siac.charters.models.charter import (
    Breach,
    BreachCause,
    Charter,
    CharterEdition,
    Commitment,
    CommitmentVersion,
    EditionVersion,
    Remedy,
    RemedyState,
)
from siac.charters.models.claim import Claim, ClaimState
from siac.charters.models.fact import RemedyFact
from siac.charters.models.result import PeriodResult
from siac.charters.models.review import EditionComment, EditionReview, GapOverride

__all__ = [
    "Breach",
    "BreachCause",
    "Charter",
    "CharterEdition",
    "Claim",
    "ClaimState",
    "Commitment",
    "CommitmentVersion",
    "EditionComment",
    "EditionReview",
    "EditionVersion",
    "GapOverride",
    "PeriodResult",
    "Remedy",
    "RemedyFact",
    "RemedyState",
]
