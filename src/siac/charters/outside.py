# SPDX-License-Identifier: EUPL-1.2
"""What programs outside are told of charters: editions that begin, promises that were broken."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from siac.cases.public import told_of_cases
from siac.charters.models import Breach, CharterEdition
from siac.charters.sealing import OPENED, PUBLISHED, TAKEN_BACK
from siac.journal.public import Entry, Told, register_outside


def register_events_outside() -> None:
    """Let programs outside be told of charters and broken promises."""
    register_outside("commitment.breached", "Compromiso de una carta incumplido", [OPENED], told_of_breaches)
    register_outside(
        "commitment.breach_undone", "Incumplimiento quitado por una corrección", [TAKEN_BACK],
        told_of_breaches,
    )  # fmt: skip
    register_outside("charter.published", "Edición de una carta en vigor", [PUBLISHED], told_of_charters)


def told_of_breaches(institution_id: int, entries: Sequence[Entry]) -> Mapping[int, Told]:
    """Return what is told of promises that were broken: which one, why, the day it was due, and of one to a
    person the request, as `told_of_cases`; nothing of one on a request of which nothing is told (1 SQL, and 2
    more for requests).
    """
    wanted: dict[int, int] = {entry.id: entry.data["breach"] for entry in entries}
    rows = Breach.ever.filter(institution=institution_id, pk__in=set(wanted.values()))
    found = {row.pk: row for row in rows.select_related("commitment__edition__charter")}
    on_cases = [each for each in entries if (row := found.get(wanted[each.id])) and row.case_id is not None]
    cases = told_of_cases(institution_id, on_cases) if on_cases else {}
    return {
        entry: _told_breach(found[pk], cases.get(entry))
        for entry, pk in wanted.items()
        if pk in found and (found[pk].case_id is None or entry in cases)
    }


def _told_breach(row: Breach, case: Told | None) -> Told:
    charter, commitment = row.commitment.edition.charter.code, row.commitment.code
    data = {
        **(case.data if case else {}),
        "charter": charter,
        "commitment": commitment,
        "cause": row.cause,
        "promised_for": row.due_on.isoformat(),
    }
    if case is not None:
        return Told(case.subject, data)
    links = {"compliance": f"{settings.SITE_URL}/api/v1/charters/{charter}/compliance"}
    return Told(f"{charter}/{commitment}", {**data, "links": links})


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
