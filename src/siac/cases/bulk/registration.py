# SPDX-License-Identifier: EUPL-1.2
"""The words of changes to many cases."""

from siac.cases.bulk import texts
from siac.cases.texts.events import register_words


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
