# SPDX-License-Identifier: EUPL-1.2
"""How long somebody has worked here: whole years between two local days."""

from datetime import date

BANDS: tuple[tuple[str, int, str], ...] = (
    ("new", 0, "Menos de 1 año"),
    ("one", 1, "De 1 a 4 años"),
    ("five", 5, "De 5 a 9 años"),
    ("ten", 10, "De 10 a 19 años"),
    ("twenty", 20, "20 años o más"),
)
"""(code, least whole years, words), the shortest first."""


def whole_years(since: date, today: date) -> int:
    """Return the whole years from a day to another: 0 before the first anniversary, and where `since` is yet
    to come. Who began on 29 February has their anniversary on 1 March in other years.
    """
    passed = (today.month, today.day) >= (since.month, since.day)
    return max(0, today.year - since.year - (not passed))


def anniversary(since: date, years: int) -> date:
    """Return the day on which somebody who began on `since` has so many whole years."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # 29 February
        return date(since.year + years, 3, 1)


def band_of(years: int) -> str:
    """Return the code of the band of whole years."""
    return next(code for code, least, _ in reversed(BANDS) if years >= least)
