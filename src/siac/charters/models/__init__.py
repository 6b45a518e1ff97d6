# SPDX-License-Identifier: EUPL-1.2
from siac.charters.models.charter import Breach, Charter, CharterEdition, Commitment, Remedy, RemedyState

__all__ = ["Breach", "Charter", "CharterEdition", "Commitment", "Remedy", "RemedyState"]
