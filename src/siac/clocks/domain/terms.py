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


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term, and the last day before it rolled to a business day."""

    on: date
    nominal: date


def add_months(day0: date, months: int, *, country: str) -> date:
    """Return the day of the same number `months` later, before any roll.

    A missing day becomes the last of the month in Chile (Código Civil art. 48) and Spain (art. 30.4 Ley
    39/2015), and the first of the following month in Peru (art. 145.3 TUO LPAG).
    """
    year, month = divmod(day0.year * 12 + day0.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    if day0.day <= last:
        return date(year, month + 1, day0.day)
    end = date(year, month + 1, last)
    return end + _DAY if country == "PE" else end


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
    body asked are used, the rest run from the answer. Calendar days and months: the calendar days between
    question and answer are added to the end. A term in months, and one with `roll`, that ends on a
    non-business day moves to the next business day.

    Raises:
        Refused: OUTSIDE_COVERAGE, PAUSE_BEFORE_START, PAUSE_AFTER_END, ANSWERED_BEFORE_ASKED, BAD_AMOUNT.
    """
    if amount.unit is Unit.HOURS:
        raise Refused(Code.BAD_AMOUNT, value=str(amount))  # hours are instants: see `due_instant`
    start, held, nominal = day0, 0, _nominal(calendar, day0, amount, country)
    used, resumed = 0, day0
    for pause in pauses:
        _check(pause, resumed, _rolled(calendar, nominal, amount, roll))
        if pause.mode == RESTART:
            start, held, used = pause.answered_on, 0, 0
            nominal = _nominal(calendar, start, amount, country)
        elif amount.unit is Unit.BUSINESS_DAYS:
            used += calendar.business_between(resumed, pause.asked_on)
            # Asked on the very last day: nothing is left, and the term ends with the answer.
            left = amount.number - used
            nominal = (
                calendar.add_business(pause.answered_on, left)
                if left > 0
                else calendar.next_business(pause.answered_on)
            )
        else:
            held += (pause.answered_on - pause.asked_on).days
            nominal = _nominal(calendar, start, amount, country) + timedelta(days=held)
        resumed = pause.answered_on
    return Due(_rolled(calendar, nominal, amount, roll), nominal)


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

    Spain counts only the hours of business days, from the minute of the event (art. 30.1 Ley 39/2015);
    Chile and Peru count hours as they pass.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    if country != "ES":
        return event_at.astimezone(UTC) + timedelta(hours=hours)
    local = event_at.astimezone(zone)
    start = calendar.next_business(local.date())
    elapsed = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    days, rest = divmod((elapsed if start == local.date() else timedelta()) + timedelta(hours=hours), _DAY)
    day = calendar.add_business(start, days) if days else start
    return (datetime.combine(day, time.min, zone) + rest).astimezone(UTC)
