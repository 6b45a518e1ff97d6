# SPDX-License-Identifier: EUPL-1.2
"""The cases behind a figure, as far as whoever looks may read them."""

from collections.abc import Sequence

from django.urls import reverse

from siac.cases.access import hidden_from, may_read_cases, visible_to
from siac.cases.models import Case
from siac.cases.queries import all_cases, kinds
from siac.infra.metrics import Thing, Things
from siac.organizations.public import Access, Institution, unit_tree


def _told(access: Access, rows: Sequence[Case]) -> list[Thing]:
    """Return a page of cases: one that is not for the holder of `access` has no link, and of a restricted one
    there is nothing but that it is (2 SQL).
    """
    ids = [case.pk for case in rows]
    readable = set(visible_to(access).filter(pk__in=ids).values_list("pk", flat=True))
    hidden = _hidden(access, ids)
    if not may_read_cases(access):
        readable = set()
    return [
        Thing("Reservada") if case.pk in hidden else _thing(access.institution, case, case.pk in readable)
        for case in rows
    ]


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return those of some cases that are restricted and not for the holder of `access` (1 SQL)."""
    if may_read_cases(access):
        return set(hidden_from(access, list(ids)))
    restricted = all_cases(access.institution).filter(pk__in=ids, is_restricted=True)
    return set(restricted.order_by().values_list("pk", flat=True))


def _thing(institution: Institution, case: Case, may_open: bool) -> Thing:
    kind, unit = kinds(institution).get(case.kind_id), unit_tree(institution).nodes.get(case.unit_id or 0)
    url = reverse("workspace:cases:case", args=[institution.slug, case.folio]) if may_open else ""
    days = (case.filed_at, case.answered_at)
    filed, answered = (f"{institution.local_date(day):%d-%m-%Y}" if day else "" for day in days)
    return Thing(
        str(case.folio),
        url,
        (filed, answered or "Sin respuesta", kind.name if kind else "", unit.name if unit else "Por derivar"),
    )


THINGS = Things(
    one="solicitud",
    many="solicitudes",
    heads=("Folio", "Recibida", "Respondida", "Tipo", "Unidad"),
    rows=all_cases,
    tell=_told,
    hidden=_hidden,
)
