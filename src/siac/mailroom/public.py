# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `mailroom`."""

from siac.mailroom.commands import (
    NewPaper,
    PaperFiling,
    file_paper,
    register_paper,
    return_paper,
    send_paper,
)
from siac.mailroom.models import IncomingPaper, PaperState, PaperType

__all__ = [
    "IncomingPaper",
    "NewPaper",
    "PaperFiling",
    "PaperState",
    "PaperType",
    "file_paper",
    "register_paper",
    "return_paper",
    "send_paper",
]
