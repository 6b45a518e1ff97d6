# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of attentions: rows against the journal, clocks against rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection

from siac.cases.attentions.texts import (
    CORRECTED,
    FILED,
    FORGOTTEN,
    REGISTERED,
    UNDONE,
    WITHDRAWN,
)
from siac.cases.domain.clock_kinds import ATTENTION
from siac.cases.models import Interaction
from siac.clocks.public import Clock, clocks_of
from siac.journal.public import check_seal, histories

_CHUNK = 1000
_GONE = """
SELECT e.stream FROM journal_journalentry e WHERE e.institution_id = %s AND e.kind = %s AND e.seq = 1
  AND NOT EXISTS (SELECT FROM cases_interaction i WHERE i.institution_id = e.institution_id
    AND 'interaction:' || i.id = e.stream)
ORDER BY e.id
"""
_SAID = {
    "channel": "channel", "point": "service_point_id", "unit": "unit_id", "topic": "topic_id",
    "minutes": "minutes", "waited": "waited", "resolved": "is_resolved",
}  # fmt: skip
"""Columns by their name in the entries; those of before said fewer."""


@dataclass(slots=True)
class _Told:
    """What the entries of an attention say of it by now."""

    data: Mapping[str, Any]
    is_withdrawn: bool = False
    before: "tuple[Mapping[str, Any], bool] | None" = None
    """What its last change changed: nothing where it was only registered, or that was taken back."""
    is_filed: bool = False
    is_forgotten: bool = False

    def read(self, kind: str, data: Mapping[str, Any]) -> None:
        """Follow an entry after the first."""
        now = self.data, self.is_withdrawn
        if kind == CORRECTED:
            self.before, self.data = now, data
        elif kind == WITHDRAWN:
            self.before, self.is_withdrawn = now, True
        elif kind == UNDONE:
            self.data, self.is_withdrawn = self.before or (self.data, True)
            self.before = None
        elif kind == FILED:
            self.before, self.is_filed = now, True
        elif kind == FORGOTTEN:
            self.is_forgotten = True


def attention_problems(institution_id: int) -> Iterator[str]:
    """Yield a Spanish sentence for each attention that does not say what the journal says of it, or whose
    waiting was not judged by what it says (2 SQL, and 2 for every thousand).
    """
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [institution_id, REGISTERED])
        gone = [stream.partition(":")[2] for (stream,) in cursor.fetchall()]
    for pk in gone:
        yield f"atención {pk}: la bitácora la conoce y ya no está"
    rows = Interaction.objects.filter(institution_id=institution_id).select_related("case").order_by("pk")
    read = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(read, _CHUNK)):
        told = _told(institution_id, [row.stream for row in chunk])
        judged = _judged(institution_id, [row.pk for row in chunk])
        for row in chunk:
            yield from _problems(row, told.get(row.stream), judged.get(row.pk, []))


def _told(institution_id: int, streams: list[str]) -> dict[str, _Told]:
    """Return what the journal says of some attentions by their streams (1 SQL)."""
    found: dict[str, _Told] = {}
    for stream, entries in histories(institution_id, streams).items():
        for entry in entries:
            if entry.kind == REGISTERED:
                found[stream] = _Told(entry.data)
            elif stream in found:
                found[stream].read(entry.kind, entry.data)
    return found


def _judged(institution_id: int, ids: list[int]) -> dict[int, list[Clock]]:
    """Return the clocks of some attentions that stand, by their attention (1 SQL)."""
    found: dict[int, list[Clock]] = {}
    for clock in clocks_of(institution_id, ATTENTION, ids):
        if clock.state != Clock.State.CANCELLED:
            found.setdefault(clock.subject_id, []).append(clock)
    return found


def _problems(row: Interaction, told: _Told | None, judged: list[Clock]) -> Iterator[str]:
    if told is None:
        yield f"atención {row.pk}: la bitácora no la conoce"
        return
    if not (_is_as_told(row, told) and _is_sealed(row, told)):
        yield f"atención {row.pk}: no dice lo que consta en la bitácora"
    if not all(_is_right(row, clock) for clock in judged):
        yield f"atención {row.pk}: lo que esperó no se juzgó por lo que dice"


def _is_as_told(row: Interaction, told: _Told) -> bool:
    said = told.data
    same = all(said[name] == getattr(row, column) for name, column in _SAID.items() if name in said)
    is_theirs = told.is_filed or told.is_forgotten or said.get("person") == row.person_id
    begun = datetime.fromisoformat(said["begun_at"]) == row.begun_at
    return same and begun and is_theirs and told.is_withdrawn == (row.withdrawn_at is not None)


def _is_sealed(row: Interaction, told: _Told) -> bool:
    """Return whether the text is what was sealed, or was erased with leave."""
    if row.salt:
        return check_seal(row.subject, told.data["text"], row.salt)
    is_erased = told.is_forgotten or (row.case is not None and row.case.erased_at is not None)
    return not row.subject and is_erased


def _is_right(row: Interaction, clock: Clock) -> bool:
    if row.waited is None or row.withdrawn_at is not None or clock.ended_at != row.begun_at:
        return False
    is_met = clock.state == Clock.State.MET
    is_since = clock.started_at == row.begun_at - timedelta(minutes=row.waited)
    return is_since and is_met == (row.begun_at <= clock.due_at) and is_met == (clock.missed_at is None)
