# SPDX-License-Identifier: EUPL-1.2
"""A term as a heap of slips, one for each day that the law gives: each day
takes one away, or does not, and says so.

Nothing is added or subtracted: a clerk with a wall calendar could do it. What is left when the person is
asked for something lies there until the answer comes, and goes on being taken from the day after.
"""

from datetime import timedelta

from tests.clocks.statutes.days import works

DAY = timedelta(days=1)


def opens_again(country, day):
    while not works(country, day):
        day += DAY
    return day


def same_number(country, start, months):
    """Walk the days until the page has turned `months` times and the number of
    the start comes round, if it does.

    Art. 30.4 Ley 39/2015 and art. 48 Código Civil of Chile: else the last day of that month. Art. 134.3 TUO
    LPAG: else the first of the month after.
    """
    day, turned = start, 0
    while turned < months or day.day != start.day:
        before, day = day, day + DAY
        if day.month != before.month:
            turned += 1
            if turned > months:
                return day if country == "PE" else before
    return day


def slips(country, start, number, unit):
    """How many days there are to take away: those of the law, or those on the
    wall until the number comes round.
    """
    if unit != "m":
        return number
    day, found, last = start, 0, same_number(country, start, number)
    while day != last:
        day, found = day + DAY, found + 1
    return found


def last_day(country, start, number, unit, waits=(), *, again=False):
    """Return the last day of a term that started on `start` and waited for
    answers, as (asked, came) pairs in order.

    `again`: the law counts from a whole request, so the term is the one that starts with the
    last answer (arts. 12 and 14 Ley 20.285).
    """
    waits = [(asked, counts_from(country, came)) for asked, came in waits]
    if again and waits:
        return last_day(country, waits[-1][1], number, unit)
    left, day = slips(country, start, number, unit), start
    while left:
        day += DAY
        waiting = any(asked < day <= came for asked, came in waits)
        if not waiting and (unit != "bd" or works(country, day)):
            left -= 1
    for asked, came in waits:
        if asked >= day:
            day = came  # nothing was left: it ends when what it waited for is there
    return opens_again(country, day)


def counts_from(country, came):
    """Art.

    25 in fine Ley 19.880: what is handed in on a day off counts as received on the next that is not.
    """
    return opens_again(country, came) if country == "CL" else came
