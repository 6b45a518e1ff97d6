# SPDX-License-Identifier: EUPL-1.2
"""What documents add to lower contexts, said once when the application starts."""

from siac.documents.storage import storage_trouble
from siac.documents.texts import RECORDED, REFUSALS
from siac.documents.travelling import name_rows
from siac.documents.verification import file_problems
from siac.infra.health import register_check
from siac.journal.public import declare_events, register_verification
from siac.ui.public import register_refusals


def register() -> None:
    """Word what is refused, and add the checks of files and of where they lie."""
    name_rows()
    register_verification("files", file_problems)
    register_check("storage", storage_trouble, apart=True)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
