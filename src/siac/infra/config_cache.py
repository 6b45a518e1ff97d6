# SPDX-License-Identifier: EUPL-1.2
"""Configuration kept in process memory, valid as long as the body's `config_version` stands."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

Loaded = TypeVar("Loaded")


class Versioned(Protocol):
    """A body: its primary key and the number raised by every change of its configuration."""

    @property
    def pk(self) -> int: ...
    @property
    def config_version(self) -> int: ...


_ALL: "list[ConfigCache[Any]]" = []
"""Every cache there is: they are made when modules load."""


class ConfigCache(Generic[Loaded]):
    """Remember what `load` returns per body and version, so that a warm page costs no SQL for it.

    The version is read with the body at each request. A reader that sees the old number may keep
    newer content under it, never older content under a newer number: change and number commit together.
    """

    def __init__(self, load: Callable[[int], Loaded], *, size: int = 64) -> None:
        self._load = load
        self._size = size
        self._kept: OrderedDict[tuple[int, int], Loaded] = OrderedDict()
        _ALL.append(self)

    def get(self, body: Versioned) -> Loaded:
        """Return the configuration of `body`, loading it when its version is new here."""
        key = (body.pk, body.config_version)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        loaded = self._load(body.pk)
        self._kept[key] = loaded
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return loaded

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


def forget_all() -> None:
    """Empty every cache (tests that roll configuration back)."""
    for cache in _ALL:
        cache.clear()
