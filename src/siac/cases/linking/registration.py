# SPDX-License-Identifier: EUPL-1.2
"""What linking, splitting and joining add to cases."""

from siac.cases.deeds import register_deeds
from siac.cases.features import register_page_part
from siac.cases.linking import texts
from siac.cases.linking.deeds import DEEDS
from siac.cases.linking.surroundings import FRAGMENTS, linking_part
from siac.cases.surroundings.reading import register_fragments
from siac.cases.texts.events import register_words


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_fragments(*FRAGMENTS)
    register_page_part(linking_part)
    register_words(texts)
