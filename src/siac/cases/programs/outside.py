# SPDX-License-Identifier: EUPL-1.2
"""What programs outside are told of cases: folio, codes, days; no people, and no restricted cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from siac.cases.models import Case
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.journal.public import Entry, Told
from siac.organizations.public import Institution, institution_of

_ENDED = (
    "closed", "withdrawn", "lapsed", "archived", "not_filed", "transferred", "dismissed", "merged",
    "duplicate",
)  # fmt: skip
EVENTS = (
    ("case.filed", "Solicitud ingresada", ("filed",)),
    ("case.referred", "Solicitud derivada a una unidad", ("referred",)),
    ("case.answered", "Solicitud respondida", ("answered",)),
    ("case.answer_undone", "Respuesta deshecha antes de salir", ("answer_undone",)),
    ("case.closed", "Solicitud terminada", _ENDED),
    ("case.reopened", "Solicitud reabierta o en revisión", ("reopened", "contested")),
    (
        "case.term_moved",
        "Plazo de una solicitud cambiado",
        ("term_extended", "term_moved", "extension_undone"),
    ),
)


def told(institution_id: int, entries: Sequence[Entry]) -> Mapping[int, Told]:
    """Return what is told of entries of cases, as these stand now (2 SQL when warm); nothing of a restricted
    case, not even that there is one, nor of one that was erased.
    """
    by_case = {_case_of(entry): entry for entry in entries}
    rows = Case.objects.filter(
        institution=institution_id, pk__in=by_case, is_restricted=False, erased_at=None
    )
    found = {case.pk: case for case in rows}
    if not found:
        return {}
    body = institution_of(institution_id)
    return {
        entry.id: _told(body, case) for entry in entries if (case := found.get(_case_of(entry))) is not None
    }


def _case_of(entry: Entry) -> int:
    """Return the case whose chain an entry is in; 0 for that of something else."""
    sort, _, pk = entry.stream.partition(":")
    return int(pk) if sort == "case" and pk.isdigit() else 0


def _told(body: Institution, case: Case) -> Told:
    page = reverse("workspace:cases:case", args=[body.slug, case.folio])
    data: dict[str, Any] = {
        "folio": case.folio,
        "kind": kinds(body)[case.kind_id].code,
        "topic": topics(body)[case.topic_id].code if case.topic_id else None,
        "channel": case.channel,
        "state": case.state,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "version": case.version,
        "links": {
            "self": f"{settings.SITE_URL}/api/v1/cases/{case.folio}",
            "page": f"{settings.SITE_URL}{page}",
        },
    }
    return Told(case.folio, data)
