# SPDX-License-Identifier: EUPL-1.2
"""What notices add to lower contexts, said once when the application starts."""

from siac.notices.texts import REFUSALS
from siac.ui.public import register_refusals


def register() -> None:
    """Word what is refused."""
    register_refusals(REFUSALS)
