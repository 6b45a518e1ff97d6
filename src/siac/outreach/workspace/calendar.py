# SPDX-License-Identifier: EUPL-1.2
"""The campaigns of a month as a table, and those of a body as a file for calendars."""

from datetime import UTC, date
from re import fullmatch

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.kernel.calendar_lines import escaped, folded
from siac.organizations.public import Access, staff_page
from siac.outreach.domain.reach import Entry, calendar_lines, month_beside, month_weeks
from siac.outreach.domain.rights import OutreachRight
from siac.outreach.queries import campaigns
from siac.outreach.texts import MONTHS, WEEKDAYS
from siac.outreach.workspace.tabs import tabs

_MOST = 500
"""Campaigns of one month, or of one file."""


def _month(request: HttpRequest, today: date) -> tuple[int, int]:
    """Return the month that the address asks for; this one where it asks for none that is."""
    asked = fullmatch(r"(20[0-9]{2})-(0?[1-9]|1[0-2])", request.GET.get("mes", ""))
    return (int(asked[1]), int(asked[2])) if asked else (today.year, today.month)


@require_safe
@staff_page(OutreachRight.READ)
def month(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the campaigns of a month (1 SQL)."""
    today = access.institution.local_date(current_time())
    year, number = _month(request, today)
    weeks = month_weeks(year, number, {})
    first, last = weeks[0][0].on, weeks[-1][-1].on
    shown = campaigns(access.institution).filter(starts_on__lte=last, ends_on__gte=first, is_dropped=False)
    rows = {row.pk: row for row in shown[:_MOST]}
    weeks = month_weeks(year, number, {pk: (row.starts_on, row.ends_on) for pk, row in rows.items()})
    context = {
        "tabs": tabs(access), "title": f"{MONTHS[number - 1]} de {year}", "weekdays": WEEKDAYS,
        "weeks": [[(day, [rows[pk] for pk in day.campaigns]) for day in week] for week in weeks],
        "today": today,
        "before": "{}-{:02}".format(*month_beside(year, number, -1)),
        "after": "{}-{:02}".format(*month_beside(year, number, 1)),
    }  # fmt: skip
    return render(request, "outreach/workspace/calendar.html", context)


@require_safe
@staff_page(OutreachRight.READ)
def calendar(request: HttpRequest, access: Access) -> HttpResponse:
    """Hand out the campaigns that are not over as a file for calendars (1 SQL)."""
    institution, now = access.institution, current_time()
    rows = campaigns(institution).filter(ends_on__gte=institution.local_date(now), is_dropped=False)
    host = settings.SITE_URL.partition("//")[2].partition("/")[0]
    entries = []
    for row in rows[:_MOST]:
        page = reverse("workspace:outreach:campaign", args=[institution.slug, row.pk])
        text = f"{row.message} ({', '.join(row.media_names)}) {settings.SITE_URL}{page}"
        uid = f"campaign-{row.pk}@{host}"
        entries.append(Entry(uid, row.starts_on, row.ends_on, escaped(row.title), escaped(text), row.version))
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SIAC//Difusion//ES", "CALSCALE:GREGORIAN"]
    lines = [*head, *calendar_lines(entries, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"), "END:VCALENDAR"]
    content = "".join(f"{folded(line)}\r\n" for line in lines)
    response = HttpResponse(content.encode(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="difusion.ics"'
    return response
