# SPDX-License-Identifier: EUPL-1.2
"""What the checks of cases add to verification."""

from siac.cases.proof.verification import case_problems, folio_problems
from siac.journal.public import register_verification


def register() -> None:
    """Register what this feature adds."""
    register_verification("folios", folio_problems)
    register_verification("cases", case_problems)
