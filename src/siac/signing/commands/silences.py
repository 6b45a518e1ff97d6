# SPDX-License-Identifier: EUPL-1.2
"""Leaving alone for a while whoever was silent: an authority of time stamps, a service that signs.

The lane in which documents are signed is that of all bodies: each letter that waits for a silent address
would hold it for as long as somebody waits for an answer. What one body learns of an address, all know.
"""

from datetime import datetime, timedelta

LET_BE = timedelta(minutes=5)
"""How long an address that was silent is not asked by this process: some times what waiting for it takes."""
_UNTIL: dict[str, datetime] = {}


def is_let_alone(address: str, now: datetime) -> bool:
    """Return whether an address was silent a while ago. No SQL."""
    return address in _UNTIL and now < _UNTIL[address]


def let_alone(address: str, now: datetime) -> None:
    """Ask an address no more until a while after `now`, when it had been waited for. No SQL."""
    _UNTIL[address] = now + LET_BE


def ask_all_again() -> None:
    """Forget who was silent. No SQL."""
    _UNTIL.clear()
