# SPDX-License-Identifier: EUPL-1.2
"""What closing a case to most of the house adds to cases."""

from siac.cases.deeds import register_deeds
from siac.cases.restricting import texts
from siac.cases.restricting.deeds import DEEDS
from siac.cases.texts.events import register_words


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
