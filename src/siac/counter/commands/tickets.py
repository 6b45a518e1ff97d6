# SPDX-License-Identifier: EUPL-1.2
"""Taking a ticket."""

import secrets
from datetime import datetime

from django.db import transaction

from siac.counter.domain.states import LIVE, State
from siac.counter.models import Halt, Stage, TicketCounter, Visit
from siac.counter.queries import lines
from siac.infra.ready import rows
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.servicepoints.public import service_points, state_of

MOST_WAITING = 1000
"""People that one point has in its lines at once: beyond, somebody plays with the screen."""
MOST_OF_LINE = 600
"""And that one line has: those of the other lines get theirs."""
_NUMBER = f"""
INSERT INTO {TicketCounter._meta.db_table} AS c (point_id, prefix, given_on, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (point_id, prefix, given_on) DO UPDATE SET last = c.last + 1 RETURNING last
"""  # noqa: S608 - a table of our own


@transaction.atomic
def take_ticket(
    *, institution: Institution, line_id: int, priority: str = "", hour: datetime | None = None, now: datetime
) -> Visit:
    """Give the next number of a line for the local day (7 SQL): from then on its person waits.

    `priority`: the code of a preference of the country, or none. Nobody asks for a proof: the desk sees it.
    `hour`: of an appointment that the ticket is for; from then on it goes first.

    Raises:
        Refused: the line gives no numbers (ticket_no_line), its point is closed by its hours (ticket_closed)
            or full (ticket_full), its line is (ticket_line_full), it gives no more today (ticket_halted; but
            to whoever has an appointment), or there is no such preference (ticket_preference).
    """
    line = lines(institution).get(line_id)
    point = service_points(institution).get(line.point_id) if line is not None else None
    if line is None or point is None or not (line.is_active and point.is_active):
        raise Refused("ticket_no_line")
    if priority and priority not in {each.code for each in institution.country.preferred}:
        raise Refused("ticket_preference")
    opening = state_of(point, now)
    if opening is not None and not opening.is_open:
        raise Refused("ticket_closed")
    today = institution.local_date(now)
    there = list(
        Stage.objects.filter(point=point, ended_at=None, state__in=LIVE).values_list("line_id", flat=True)
    )
    if len(there) >= MOST_WAITING:
        raise Refused("ticket_full")
    if there.count(line.pk) >= MOST_OF_LINE:
        raise Refused("ticket_line_full", count=there.count(line.pk))
    if hour is None and Halt.objects.filter(point=point, on=today).exists():
        raise Refused("ticket_halted")
    visit = Visit(
        institution=institution, point=point, line=line, prefix=line.prefix, taken_on=today, taken_at=now,
        priority=priority, hour=hour, token=secrets.token_urlsafe(16),
    )  # fmt: skip
    ((visit.number,),) = rows(_NUMBER, [point.pk, line.prefix, today])
    visit.save()
    Stage.objects.create(
        institution=institution, point=point, visit=visit, line=line, state=State.WAITING, begun_at=now
    )
    data = {"point": point.pk, "line": line.pk, "number": visit.number, "priority": priority}
    record(institution.pk, visit.stream, "counter.ticket_taken", now, data=data, new_stream=True)
    return visit
