# SPDX-License-Identifier: EUPL-1.2
"""What changes to many cases add to the list."""

from siac.cases.bulk import texts
from siac.cases.bulk.queries import selection_filter
from siac.cases.extensions import register_filter
from siac.cases.texts.events import register_words


def register() -> None:
    """Register what this feature adds."""
    register_words(texts)
    register_filter("seleccion", selection_filter)
