# SPDX-License-Identifier: EUPL-1.2
from siac.charters.models.charter import Breach, Charter, CharterEdition, Commitment, Remedy, RemedyState
from siac.charters.models.fact import RemedyFact

__all__ = ["Breach", "Charter", "CharterEdition", "Commitment", "Remedy", "RemedyFact", "RemedyState"]
