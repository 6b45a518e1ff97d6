# SPDX-License-Identifier: EUPL-1.2
from siac.charters.models.charter import (
    Breach,
    Charter,
    CharterEdition,
    Commitment,
    CommitmentVersion,
    EditionVersion,
    Remedy,
    RemedyState,
)
from siac.charters.models.fact import RemedyFact

__all__ = [
    "Breach",
    "Charter",
    "CharterEdition",
    "Commitment",
    "CommitmentVersion",
    "EditionVersion",
    "Remedy",
    "RemedyFact",
    "RemedyState",
]
