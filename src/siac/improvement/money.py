# SPDX-License-Identifier: EUPL-1.2
"""What an action costs, in words."""

from siac.catalogue.public import amount_words
from siac.countries.public import COUNTRIES

_MONEY = {each.code: each for country in COUNTRIES.values() for each in country.money}


def money_words(amount: int | None, currency: str) -> str:
    """Return an amount in the least part of its currency as people read it; empty where nobody said."""
    unit = _MONEY.get(currency)
    if amount is None or unit is None:
        return ""
    return f"{amount_words(amount, unit.digits)} {unit.words}"
