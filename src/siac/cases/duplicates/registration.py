# SPDX-License-Identifier: EUPL-1.2
"""What archiving what repeats adds to cases."""

from siac.cases.deeds import register_deeds
from siac.cases.duplicates import texts
from siac.cases.duplicates.deeds import DEEDS
from siac.cases.texts.events import register_words


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
