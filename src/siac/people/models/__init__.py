# SPDX-License-Identifier: EUPL-1.2
from siac.people.models.characteristics import TRAITS, Characteristics
from siac.people.models.identity import Identity
from siac.people.models.person import Person

__all__ = ["TRAITS", "Characteristics", "Identity", "Person"]
