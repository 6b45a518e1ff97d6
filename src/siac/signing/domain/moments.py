# SPDX-License-Identifier: EUPL-1.2
"""When a signature from outside was made, as far as that can be known, and whether its certificate held then.

What its signer's clock says proves nothing, nor does a time stamp of an authority that nobody here chose.
What is known: it was made after its document was, and before it came back.
"""

from datetime import datetime, timedelta

CLOCKS_OFF = timedelta(days=1)
"""How far the clock of whoever signs may be off: one day, for zones of time that are set wrong."""


def moment_fault(
    holds: tuple[datetime, datetime], told: datetime | None, between: tuple[datetime, datetime]
) -> str:
    """Return what is wrong with the moment of a signature: `expired` or `early` where its certificate, which
    `holds` from one moment to another, holds at none `between` its document and its coming back (or at the
    one it tells), `clock` where it tells another time altogether; "" for nothing.

    >>> day = [datetime(2026, 9, each) for each in range(1, 9)]
    >>> moment_fault((day[0], day[1]), day[0], (day[4], day[5]))
    'expired'
    >>> moment_fault((day[0], day[7]), None, (day[4], day[5]))
    ''
    """
    begins, ends = holds
    made, back = between
    if ends < made:
        return "expired"
    if begins > back:
        return "early"
    if told is None:
        return ""
    if not made - CLOCKS_OFF <= told <= back + CLOCKS_OFF:
        return "clock"
    at = min(max(told, made), back)
    if ends < at:
        return "expired"
    return "early" if begins > at else ""
