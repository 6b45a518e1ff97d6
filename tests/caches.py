# SPDX-License-Identifier: EUPL-1.2
"""What the process remembers of configuration: it must not outlive the test whose rows it was read from."""

import gc

from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.queries.own_rules import own_rule
from siac.infra.config_cache import ConfigCache

_CACHES: list[ConfigCache] = []


def forget() -> None:
    """Empty every cache of configuration, and the calendars that tests have edited."""
    if (
        not _CACHES
    ):  # they are made when modules load, so all exist by now; `isinstance` would wake lazy objects
        _CACHES.extend(found for found in gc.get_objects() if type(found) is ConfigCache)
    for cache in _CACHES:
        cache.clear()
    pinned_calendar.cache_clear()
    own_rule.cache_clear()
