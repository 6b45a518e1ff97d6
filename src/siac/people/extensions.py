# SPDX-License-Identifier: EUPL-1.2
"""A point at which higher contexts add to the erasure of a person without `people` knowing them."""

from collections.abc import Callable, Sequence

Forgetter = Callable[[int, int], None]
"""Takes the body and the person; runs in the transaction of the erasure."""
_FORGETTERS: list[Forgetter] = []


def register_forgetting(forget: Forgetter) -> None:
    """Let a higher context erase what it holds of a person who is erased."""
    _FORGETTERS.append(forget)


def forgetters() -> Sequence[Forgetter]:
    """Return what else goes when a person is erased."""
    return _FORGETTERS
