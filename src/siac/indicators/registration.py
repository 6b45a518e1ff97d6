# SPDX-License-Identifier: EUPL-1.2
"""What indicators listen to, said once when the application starts."""

from siac.indicators.commands.following import CONSUMER, KINDS, mark_days_of_entries
from siac.journal.public import register_consumer


def register() -> None:
    """Follow the journal of cases."""
    register_consumer(CONSUMER, KINDS, mark_days_of_entries)
