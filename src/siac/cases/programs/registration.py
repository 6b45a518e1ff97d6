# SPDX-License-Identifier: EUPL-1.2
"""What programs add to cases: what may be told outside."""

from siac.cases.programs.outside import EVENTS, told
from siac.journal.public import register_outside


def register() -> None:
    """Let programs outside be told of what happens to cases."""
    for event, title, kinds in EVENTS:
        register_outside(event, title, [f"cases.{kind}" for kind in kinds], told)
