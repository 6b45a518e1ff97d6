# SPDX-License-Identifier: EUPL-1.2
"""How long a certificate of a charter holds, and when it is looked at again: a follow-up audit every year, a
new certificate every three.
"""

from datetime import date

from siac.charters.domain.risk import months_after

HOLDS, AUDITED_EVERY = 36, 12
"""Months."""
LONGEST = 99
"""Years: a certificate that holds longer is a slip, and each of its years would have an audit."""
RENEWED_BEFORE = 6
"""Months before the last day from which somebody is told: certifying anew takes that long."""
AUDIT_TOLD_BEFORE = 2


def holds_until(first: date) -> date:
    """Return the usual last day of a certificate that holds from a local day."""
    return months_after(first, HOLDS)


def audits_between(first: date, last: date) -> list[date]:
    """Return the local days by which a certificate that holds from `first` to `last` is audited: each year
    after it began, those of its last day not, which ask for a new certificate.
    """
    days: list[date] = []
    while (day := months_after(first, AUDITED_EVERY * (len(days) + 1))) < last:
        days.append(day)
    return days
