# SPDX-License-Identifier: EUPL-1.2
"""Reminding those who answer for a sheet that it is to be reviewed: a month before its day, and once it
came.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from siac.accounts.public import Role
from siac.catalogue.domain.services import SOON
from siac.catalogue.models import Service, ServiceVersion
from siac.catalogue.queries import due_for_review
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Holders, Institution, holders

NOTICE = "catalogue.review"
AT_ONCE = 500
"""Sheets of a body that are told in a day: more wait for the next."""


@transaction.atomic
def remind(institution: Institution, *, now: datetime) -> int:
    """Tell whoever published a sheet last, and the heads of its unit, that it is to be reviewed: once within
    the month before its day, and once when the day came. Return how many notices (5 SQL, 1 where there is
    none). Whoever does not work here any more is not told.
    """
    today = institution.local_date(now)
    before = due_for_review(institution, today).select_for_update(of=("self",), skip_locked=True)
    waiting = before.filter(
        Q(reminded_on=None)
        | Q(reminded_on__lt=F("review_on") - timedelta(days=SOON))
        | Q(reminded_on__lt=F("review_on"), review_on__lte=today)
    )
    rows = list(waiting.order_by("review_on", "pk")[:AT_ONCE])
    if not rows:
        return 0
    Service.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)
    known = holders(institution)
    new = [
        NewNotice(NOTICE, f"user:{user}", "email", "service", row.pk)
        for row, users in _whom(rows, known)
        for user in users
    ]
    queue_many(institution.pk, new, now)
    return len(new)


def _whom(rows: Sequence[Service], known: Holders) -> list[tuple[Service, list[int]]]:
    """Return whom each sheet is told to, by key: quality managers where nobody else is left (1 SQL)."""
    here = {user for _, _, user in known.rows}
    saved = ServiceVersion.objects.filter(service__in=[row.pk for row in rows], saved_by__isnull=False)
    last = dict(saved.order_by("service", "number").values_list("service_id", "saved_by_id"))
    found = []
    for row in rows:
        heads = known.over(Role.HEAD_OF_UNIT, row.responsible_id) if row.responsible_id else []
        users = {*heads, *({last[row.pk]} & here if row.pk in last else ())}
        found.append((row, sorted(users or known.over(Role.QUALITY_MANAGER, None))))
    return found
