# SPDX-License-Identifier: EUPL-1.2
"""Why something went wrong: the chain of whys, and the sort of cause it ends in."""

from collections.abc import Sequence
from enum import StrEnum

from siac.kernel.text import squeeze

MOST_WHYS = 5
LONGEST_WHY = 300


class Category(StrEnum):
    """The sorts of causes of the fishbone diagram (Ishikawa), as offices that attend people name them."""

    PEOPLE = "people"
    METHOD = "method"
    MEANS = "means"
    INFORMATION = "information"
    NORMS = "norms"
    ENVIRONMENT = "environment"


def asked(whys: Sequence[str]) -> list[str]:
    """Return the answers that say something, in their order, each at its longest."""
    return [said[:LONGEST_WHY] for why in whys if (said := squeeze(why))]
