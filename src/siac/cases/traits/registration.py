# SPDX-License-Identifier: EUPL-1.2
"""What asking traits adds."""

from siac.cases.texts.events import register_words
from siac.cases.traits import texts


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
