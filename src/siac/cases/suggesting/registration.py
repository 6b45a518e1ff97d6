# SPDX-License-Identifier: EUPL-1.2
"""What is learned from words, offered while a request is filed."""

from siac.cases.features import register_suggester
from siac.cases.suggesting.workspace import offered


def register() -> None:
    """Register what this feature adds."""
    register_suggester(offered)
