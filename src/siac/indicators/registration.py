# SPDX-License-Identifier: EUPL-1.2
"""What indicators listen to, said once when the application starts."""

from siac.cases.public import ANSWERS
from siac.indicators.commands.following import CONSUMER, mark_days_of_entries
from siac.journal.public import register_consumer
from siac.organizations.public import register_left_behind


def register() -> None:
    """Follow the journal of cases."""
    register_consumer(CONSUMER, [ANSWERS], mark_days_of_entries)
    counted = (
        "Counted from the body's own cases; those of a practice body are its own figures and nobody else's."
    )
    register_left_behind(
        {"indicators.CubeState": counted, "indicators.DirtyDay": counted, "indicators.MetricCell": counted}
    )
