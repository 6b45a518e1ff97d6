# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `statutory`."""

from siac.statutory.commands import note_on_platform, register_sheet, void_sheet
from siac.statutory.models import BookSheet, ReplyWay

__all__ = [
    "BookSheet",
    "ReplyWay",
    "note_on_platform",
    "register_sheet",
    "void_sheet",
]
