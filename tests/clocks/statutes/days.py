# SPDX-License-Identifier: EUPL-1.2
"""The days off of the three countries, 2024 to 2030, written from their laws:
no library, no list of the product.
"""

from datetime import date, timedelta

YEARS = range(2023, 2031)


def easter(year):
    """Easter Sunday by the tables of 1582: golden number, epact, then the first Sunday after the full
    moon.
    """
    golden = year % 19 + 1
    century = year // 100 + 1
    skipped = 3 * century // 4 - 12
    moon = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - skipped - 10
    epact = (11 * golden + 20 + moon - skipped) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full = 44 - epact
    if full < 21:
        full += 30
    full += 7 - (sunday + full) % 7
    return date(year, 3, 1) + timedelta(days=full - 1)


def _holy(year, days_before):
    return easter(year) - timedelta(days=days_before)


def _to_monday(day):
    """Ley 19.668: Tuesday to Thursday goes back to Monday, Friday on to the next Monday."""
    number = day.isoweekday()
    if number in (2, 3, 4):
        return day - timedelta(days=number - 1)
    return day + timedelta(days=3) if number == 5 else day


def _reformation(year):
    """Ley 20.299: 31 October; a Tuesday goes to the Friday before, a Wednesday to the Friday after."""
    day = date(year, 10, 31)
    return day + timedelta(days={2: -4, 3: 2}.get(day.isoweekday(), 0))


_SOLSTICE = {2023: 21, 2024: 20, 2025: 20, 2026: 21, 2027: 21, 2028: 20, 2029: 20, 2030: 21}
"""Ley 21.357: the day of the winter solstice."""


def chile(year):
    yield from (
        date(year, m, d)
        for m, d in ((1, 1), (5, 1), (5, 21), (7, 16), (8, 15), (9, 18), (9, 19), (11, 1), (12, 8), (12, 25))
    )
    yield _holy(year, 2)
    yield date(year, 6, _SOLSTICE[year])
    yield _to_monday(date(year, 6, 29))
    yield _to_monday(date(year, 10, 12))
    yield _reformation(year)
    if date(year, 1, 2).isoweekday() == 1:
        yield date(year, 1, 2)  # Ley 20.983
    eighteenth = date(year, 9, 18).isoweekday()
    if eighteenth in (2, 6):
        yield date(year, 9, 17)  # Ley 20.215 and 20.983
    if eighteenth == 3:
        yield date(year, 9, 20)  # Ley 20.215


def peru(year):
    """DLeg 713 art. 6 with Leyes 31381, 31788 and 31822, and the days decreed for the public sector."""
    fixed = (
        (1, 1),
        (5, 1),
        (6, 7),
        (6, 29),
        (7, 23),
        (7, 28),
        (7, 29),
        (8, 6),
        (8, 30),
        (10, 8),
        (11, 1),
        (12, 8),
        (12, 9),
        (12, 25),
    )
    yield from (
        date(year, m, d) for m, d in fixed if (m, d) != (6, 7) or year > 2023
    )  # Ley 31788, of 15 June 2023
    yield _holy(year, 3)
    yield _holy(year, 2)
    decreed = {
        2023: ((1, 2), (4, 28), (6, 30), (7, 27), (10, 9), (12, 7), (12, 26)),
        2024: ((1, 2), (7, 26), (10, 7), (12, 6), (12, 23), (12, 24), (12, 30), (12, 31)),
        2025: ((5, 2), (12, 26)), 2026: ((1, 2),),
    }  # fmt: skip
    yield from (date(year, m, d) for m, d in decreed.get(year, ()))


def spain(year):
    """Art. 37.2 of the Estatuto de los Trabajadores, those of the whole country."""
    for month, day in ((1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)):
        yield date(year, month, day)
    yield _holy(year, 2)


OFF = {
    country: frozenset(day for year in YEARS for day in law(year))
    for country, law in (("CL", chile), ("PE", peru), ("ES", spain))
}


def works(country, day):
    """Art. 25 Ley 19.880, art. 134 TUO LPAG, art. 30.2 Ley 39/2015: Monday to Friday, no day off."""
    return day.isoweekday() <= 5 and day not in OFF[country]
