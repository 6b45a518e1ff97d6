# SPDX-License-Identifier: EUPL-1.2
"""What the process remembers of configuration: it must not outlive the test whose rows it was read from."""

from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.queries.own_rules import own_rule
from siac.infra.config_cache import forget_all


def forget() -> None:
    """Empty every cache of configuration, and the calendars that tests have edited."""
    forget_all()
    pinned_calendar.cache_clear()
    own_rule.cache_clear()
