# SPDX-License-Identifier: EUPL-1.2
"""What the page of one's own requests adds: its addresses alone."""


def register() -> None:
    """Register nothing: who is known is told by `signin`, and the page has no words in registers."""
