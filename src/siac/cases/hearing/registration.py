# SPDX-License-Identifier: EUPL-1.2
"""What hearing third parties adds to cases."""

from siac.cases.deeds import register_deeds
from siac.cases.hearing import texts
from siac.cases.hearing.deeds import DEEDS
from siac.cases.texts.events import register_words


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
