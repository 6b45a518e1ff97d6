# SPDX-License-Identifier: EUPL-1.2
"""What accounts add to lower contexts, said once when the application starts."""

from siac.accounts.texts import REFUSALS
from siac.ui.public import register_refusals


def register() -> None:
    """Register words."""
    register_refusals(REFUSALS)
