# SPDX-License-Identifier: EUPL-1.2
"""What happens to cases makes days of the cube untrue: the journal tells which."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from siac.cases.public import Case
from siac.indicators.commands.cube import mark_dirty
from siac.journal.public import Entry
from siac.organizations.public import Institution

CONSUMER = "indicators.dirty_days"
_STREAM = re.compile(r"^case:(\d+)$")


def mark_days_of_entries(entries: Sequence[Entry]) -> None:
    """Mark the local day of the first answer of every case in `entries`; cases without an
    answer count nowhere (2 SQL + 1 per body).

    A case whose unit or kind changed after its answer moves between cells of
    the same day, so one mark is enough.
    """
    ids = {int(match[1]) for entry in entries if (match := _STREAM.match(entry.stream))}
    answered = Case.objects.filter(pk__in=ids, answered_at__isnull=False)
    moments: dict[int, list[datetime]] = {}
    for institution_id, moment in answered.values_list("institution_id", "answered_at"):
        if moment is not None:
            moments.setdefault(institution_id, []).append(moment)
    for entry in entries:
        if "answered_at" in entry.data and entry.kind == "cases.answer_undone":
            # The case may have no answer any more, and its day counted it.
            moments.setdefault(entry.institution_id, []).append(
                datetime.fromisoformat(entry.data["answered_at"])
            )
    now = max(entry.at for entry in entries)
    for institution in Institution.objects.filter(pk__in=moments).order_by("pk"):
        days: set[date] = {institution.local_date(moment) for moment in moments[institution.pk]}
        mark_dirty(institution.pk, days, now=now)
