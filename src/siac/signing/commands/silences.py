# SPDX-License-Identifier: EUPL-1.2
"""Leaving alone for a while whoever was silent: an authority of time stamps, a service that signs.

The lane in which documents are signed is that of all bodies: each letter that waits for a silent address
would hold it for as long as somebody waits for an answer. What one body learns of an address, all know.
"""

from datetime import datetime, timedelta

LET_BE = timedelta(minutes=5)
"""How long an address that was silent is not asked by this process: some times what waiting for it takes."""


class Silences:
    """Until when each address that was silent is let alone."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def has(self, address: str, now: datetime) -> bool:
        """Return whether an address was silent a while ago. No SQL."""
        return address in self._until and now < self._until[address]

    def note(self, address: str, now: datetime) -> None:
        """Ask an address no more until a while after `now`, when it had been waited for. No SQL."""
        self._until[address] = now + LET_BE

    def forget(self) -> None:
        """Ask all of them again. No SQL."""
        self._until.clear()


SILENCES = Silences()
"""Of this process."""
