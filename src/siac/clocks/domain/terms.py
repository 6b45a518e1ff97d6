# SPDX-License-Identifier: EUPL-1.2
"""One arithmetic for every deadline: start, business and calendar days, months, hours, pauses, extension.

A due date is a pure function of (day 0, amount with its extension, pauses): the order in which an extension
and a pause were decided never changes it. Dates are those of the seat; a term ends at 24:00 of its due day.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.refusals import Code
from siac.countries.public import COUNTRIES, HoursRun, MonthEnd
from siac.kernel.errors import Refused

SUSPEND = "suspend"
RESTART = "restart"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """The body asked for something on `asked_on` (that day still counts) and had it on `answered_on`.

    `mode` suspend: what was used stays used. restart: the term begins again the day after the answer,
    because the law counts it from a complete request (art. 12 and 14 Ley 20.285).
    """

    asked_on: date
    answered_on: date
    mode: str = SUSPEND
    reason: str = ""
    received_on: date | None = None
    """The day the answer really came, where the law moves it to `answered_on` (art.

    25 Ley 19.880); None: the same day.
    """


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term, and the last day before it rolled to a business day.

    `counted_to` is the last day that can count: before `nominal` only where a
    wait began when nothing was left.
    """

    on: date
    nominal: date
    counted_to: date


def add_months(day0: date, months: int, *, country: str) -> date:
    """Return the day of the same number `months` later, before any roll.

    A missing day becomes the last of the month or the first of the following, as the law of the country says.
    """
    year, month = divmod(day0.year * 12 + day0.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    if day0.day <= last:
        return date(year, month + 1, day0.day)
    end = date(year, month + 1, last)
    return end + _DAY if COUNTRIES[country].counting.month_end is MonthEnd.NEXT_FIRST else end


def due(
    calendar: WorkingCalendar,
    *,
    day0: date,
    amount: Amount,
    country: str,
    pauses: Sequence[Pause] = (),
    roll: bool | None = None,
) -> Due:
    """Return the last day of a term that started on `day0` (day 1 is the next day, or business day).

    Business days: day 1 is the first business day after day 0; the days up to and including the one when the
    body asked are used, the rest run from the day after the answer. Calendar days and months: the calendar
    days that were left when the body asked run from the day after the answer. Where nothing was left the term
    ends with the answer: it never ends before. A term in months, and one with `roll`, that ends on a
    non-business day moves to the next one.

    Raises:
        Refused: OUTSIDE_COVERAGE, PAUSE_BEFORE_START, PAUSE_AFTER_END, ANSWERED_BEFORE_ASKED, BAD_AMOUNT.
    """
    if amount.unit.is_exact:
        raise Refused(Code.BAD_AMOUNT, value=str(amount))  # these end at instants: see `due_instant`
    nominal = _nominal(calendar, day0, amount, country)
    used, resumed = 0, day0
    spent: date | None = None
    for pause in pauses:
        _check(pause, resumed, _rolled(calendar, nominal, amount, roll))
        if pause.mode == RESTART:
            used, spent = 0, None
            nominal = _nominal(calendar, pause.answered_on, amount, country)
        else:
            used += calendar.business_between(resumed, pause.asked_on)
            left = amount.number - used
            if amount.unit is not Unit.BUSINESS_DAYS:
                left = (nominal - pause.asked_on).days
            spent = nominal if left <= 0 and spent is None else spent
            nominal = _resumed(calendar, pause.answered_on, left, amount.unit)
        resumed = pause.answered_on
    return Due(_rolled(calendar, nominal, amount, roll), nominal, spent or nominal)


def _resumed(calendar: WorkingCalendar, answered_on: date, left: int, unit: Unit) -> date:
    """Return the last day of a term that had `left` days left when the answer came; never before the
    answer.
    """
    if unit is Unit.BUSINESS_DAYS:
        return calendar.add_business(answered_on, left) if left > 0 else calendar.next_business(answered_on)
    return answered_on + timedelta(days=max(left, 0))


def _nominal(calendar: WorkingCalendar, day0: date, amount: Amount, country: str) -> date:
    if amount.unit is Unit.BUSINESS_DAYS:
        return calendar.add_business(day0, amount.number)
    if amount.unit is Unit.MONTHS:
        return add_months(day0, amount.number, country=country)
    return day0 + timedelta(days=amount.number)


def _rolled(calendar: WorkingCalendar, nominal: date, amount: Amount, roll: bool | None) -> date:
    wanted = amount.unit is Unit.MONTHS if roll is None else roll
    if wanted:
        return calendar.next_business(nominal)
    calendar.is_business(nominal)  # refuses outside the covered span
    return nominal


def _check(pause: Pause, resumed: date, due_on: date) -> None:
    if pause.answered_on < pause.asked_on:
        raise Refused(
            Code.ANSWERED_BEFORE_ASKED,
            asked=pause.asked_on.isoformat(),
            answered=pause.answered_on.isoformat(),
        )
    if pause.asked_on < resumed:
        raise Refused(Code.PAUSE_BEFORE_START, asked=pause.asked_on.isoformat(), start=resumed.isoformat())
    if pause.asked_on > due_on:
        raise Refused(Code.PAUSE_AFTER_END, asked=pause.asked_on.isoformat(), due=due_on.isoformat())


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant when `day` ends at `zone` (24:00, the first moment of the next day), in UTC."""
    return datetime.combine(day + _DAY, time.min, zone).astimezone(UTC)


def due_instant(
    calendar: WorkingCalendar, *, event_at: datetime, hours: int, country: str, zone: ZoneInfo
) -> datetime:
    """Return when a term of `hours` from `event_at` (aware) ends, in UTC.

    Hours count as they pass, or only those of business days from the minute of the event, as the law of the
    country says.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    if COUNTRIES[country].counting.hours is HoursRun.ALL:
        return event_at.astimezone(UTC) + timedelta(hours=hours)
    local = event_at.astimezone(zone)
    start = calendar.next_business(local.date())
    elapsed = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    days, rest = divmod((elapsed if start == local.date() else timedelta()) + timedelta(hours=hours), _DAY)
    day = calendar.add_business(start, days) if days else start
    return (datetime.combine(day, time.min, zone) + rest).astimezone(UTC)
