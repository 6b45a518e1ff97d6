# SPDX-License-Identifier: EUPL-1.2
"""What documents add to lower contexts, said once when the application starts."""

from siac.documents.texts import RECORDED, REFUSALS
from siac.documents.verification import file_problems
from siac.journal.public import declare_events, register_verification
from siac.ui.public import register_refusals


def register() -> None:
    """Word what is refused, and add the check of files."""
    register_verification("files", file_problems)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
