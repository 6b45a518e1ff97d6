# SPDX-License-Identifier: EUPL-1.2
"""What happens to cases makes days of the cube untrue: the journal tells which."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from siac.cases.public import first_answers
from siac.indicators.commands.cube import mark_dirty
from siac.journal.public import Entry
from siac.organizations.public import institutions_of

CONSUMER = "indicators.dirty_days"
_STREAM = re.compile(r"^case:(\d+)$")


def mark_days_of_entries(entries: Sequence[Entry]) -> None:
    """Mark the local day of the first answer of every case in `entries`; cases without an
    answer count nowhere (2 SQL + 1 per body).

    A case whose unit or kind changed after its answer moves between cells of
    the same day, so one mark is enough.
    """
    ids = {int(match[1]) for entry in entries if (match := _STREAM.match(entry.stream))}
    moments: dict[int, list[datetime]] = {}
    for institution_id, moment in first_answers(ids):
        moments.setdefault(institution_id, []).append(moment)
    for entry in entries:
        if "answered_at" in entry.data and entry.kind == "cases.answer_undone":
            # The case may have no answer any more, and its day counted it.
            moments.setdefault(entry.institution_id, []).append(
                datetime.fromisoformat(entry.data["answered_at"])
            )
    now = max(entry.at for entry in entries)
    for institution in institutions_of(moments):
        days: set[date] = {institution.local_date(moment) for moment in moments[institution.pk]}
        mark_dirty(institution.pk, days, now=now)
