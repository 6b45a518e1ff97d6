# SPDX-License-Identifier: EUPL-1.2
"""What letters add to cases: that they can be signed, and what is forgotten of that."""

from siac.cases.extensions import register_retention
from siac.cases.features import register_after_answer, register_page_part
from siac.cases.letters.signing import FOLLOW, SIGNABLE, forget, signing_part
from siac.signing.public import register_signable


def register() -> None:
    """Register what this feature adds."""
    register_signable(SIGNABLE)
    register_after_answer(FOLLOW)
    register_page_part(signing_part)
    register_retention(erase_texts=forget)
