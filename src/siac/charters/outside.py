# SPDX-License-Identifier: EUPL-1.2
"""What programs outside are told of charters: editions that begin, promises that were broken."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from siac.cases.public import told_of_cases
from siac.charters.models import CharterEdition
from siac.charters.sealing import PUBLISHED
from siac.journal.public import Entry, Told, register_outside


def register_events_outside() -> None:
    """Let programs outside be told of charters and broken promises."""
    register_outside(
        "commitment.breached", "Compromiso de una carta incumplido", ["charters.breach_opened"], told_of_cases
    )
    register_outside(
        "commitment.breach_undone", "Incumplimiento quitado por una corrección",
        ["charters.breach_taken_back"], told_of_cases,
    )  # fmt: skip
    register_outside("charter.published", "Edición de una carta en vigor", [PUBLISHED], told_of_charters)


def told_of_charters(institution_id: int, entries: Sequence[Entry]) -> Mapping[int, Told]:
    """Return what is told of editions put in force: code of the charter, number, since when (1 SQL)."""
    wanted: dict[int, int] = {entry.id: entry.data["edition"] for entry in entries}
    rows = CharterEdition.objects.filter(institution=institution_id, pk__in=set(wanted.values()))
    found = {row.pk: row for row in rows.select_related("charter")}
    return {entry: _told(found[edition]) for entry, edition in wanted.items() if edition in found}


def _told(edition: CharterEdition) -> Told:
    code = edition.charter.code
    data = {
        "charter": code,
        "edition": edition.number,
        "valid_from": edition.valid_from.isoformat() if edition.valid_from else None,
        "links": {"compliance": f"{settings.SITE_URL}/api/v1/charters/{code}/compliance"},
    }
    return Told(code, data)
