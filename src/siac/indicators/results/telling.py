# SPDX-License-Identifier: EUPL-1.2
"""Whether what an indicator said of a period rests on so few people that it is not told to everybody."""

from decimal import Decimal

from siac.indicators.models import Indicator
from siac.infra.metrics import metric
from siac.organizations.public import Institution

_PEOPLE = frozenset(
    f"{word}{end}"
    for word, ends in (
        ("persona", ("", "s")), ("caso", ("", "s")), ("reclamo", ("", "s")), ("denuncia", ("", "s")),
        ("usuari", ("o", "os", "a", "as")), ("solicitud", ("", "es")), ("atenci", ("ón", "ones")),
    )
    for end in ends
)  # fmt: skip
"""Units, as people write them, of which a few are somebody."""


def is_of_few(
    institution: Institution, of: Indicator, value: Decimal | None, total: int, *, is_counted: bool
) -> bool:
    """Return whether a result is not to be told outside: it rests on fewer than the smallest group of the
    body, or on fewer than its metric tells of. `is_counted`: it was counted here, of `total`; of one that
    somebody wrote down nobody knows of how many, so that few of a unit of people are few. No SQL.
    """
    if not is_counted:
        return _counts_somebody(of.unit) and 0 < (value or 0) < institution.smallest_group
    least = metric(of.metric).least
    is_silent = bool(least) and value is None  # of answers not even the rows are kept
    return is_silent or 0 < total < max(institution.smallest_group, least)


def _counts_somebody(unit: str) -> bool:
    """Return whether a unit that somebody wrote is of people, or of what people bring."""
    return unit.strip().lower() in _PEOPLE
