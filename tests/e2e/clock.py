# SPDX-License-Identifier: EUPL-1.2
"""The clock of the whole product, which a test moves on: days go by for its pages and its jobs alike."""

from datetime import datetime, timedelta, tzinfo

from django.utils import timezone

from siac.infra.models import RateWindow


class Clock:
    """What time it is for the product; it goes on by itself as well."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self, tz: tzinfo | None = None) -> datetime:
        """Return the moment it is."""
        return datetime.now(tz) + self.ahead

    def pass_days(self, days: int) -> None:
        """Let whole days go by. What somebody tried in them is counted by the clock of the database, which
        does not go on: it is over, too.
        """
        assert days > 0, days
        self.ahead += timedelta(days=days)
        RateWindow.objects.all().delete()


class _AnyMoment(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


def moved(clock: Clock) -> type:
    """Return what stands for `datetime` where `django.utils.timezone.now` asks for it."""
    return _AnyMoment("datetime", (), {"now": staticmethod(clock.now)})


assert timezone.now.__globals__["datetime"] is datetime, "timezone.now asks another clock than `moved`"
