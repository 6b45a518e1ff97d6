# SPDX-License-Identifier: EUPL-1.2
"""What of charters stands on the first page of those who look after them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import now as current_time

from siac.charters.domain.rights import CharterRight
from siac.charters.models import Remedy, RemedyState
from siac.charters.queries import Standing, period, remedies, standings
from siac.organizations.public import Access, StaffRight
from siac.ui.tiles import SHOWN, Tile, TileRow


def _owed(access: Access) -> QuerySet[Remedy]:
    return remedies(access.institution, RemedyState.OWED)


def _remedy_rows(access: Access, today: date) -> Sequence[TileRow]:
    return [_remedy_row(access, row) for row in _owed(access).order_by("due_on", "pk")[:SHOWN]]


def _remedy_row(access: Access, row: Remedy) -> TileRow:
    case = row.breach.case
    name = f"Reservada {row.pk}" if case.is_restricted else str(case.folio)
    url = reverse("workspace:charters:remedy", args=[access.institution.slug, row.pk])
    return TileRow(row.text, url, f"por {name}: {row.breach.commitment.text}", due_on=row.due_on)


def _missed_rows(access: Access, today: date) -> Sequence[TileRow]:
    first, last = period(access.institution, current_time())
    lines = standings(access.institution, first=first, last=last)
    return [_missed_row(access, line) for line in lines if line.reached is False]


def _missed_row(access: Access, line: Standing) -> TileRow:
    share, commitment = line.share, line.commitment
    return TileRow(
        commitment.text,
        reverse("workspace:charters:cases", args=[access.institution.slug, commitment.pk]),
        f"{share.met} de {share.total}",
        f"{number_format(share.percent or 0)} % · meta {number_format(commitment.indicator.target)} %",
    )


TILES = (
    Tile(
        "Medidas por entregar",
        "workspace:charters:remedies",
        lambda access: access.has(CharterRight.REMEDIES),
        40,
        counted=lambda access, today: (_owed(access),),
        late=lambda access, today: _owed(access).filter(due_on__lt=today),
        rows=_remedy_rows,
        sql=1,
    ),
    Tile(
        "Compromisos bajo su meta",
        "workspace:charters:compliance",
        lambda access: access.has(StaffRight.FIGURES),
        45,
        rows=_missed_rows,
        sql=4,
    ),
)
