# SPDX-License-Identifier: EUPL-1.2
"""How the units whose cases a guarantee counts kept it in a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from siac.charters.models import Commitment
from siac.charters.standings import behind, kept_in
from siac.indicators.public import Share, number_words
from siac.kernel.hiding import hidden
from siac.organizations.public import unit_tree


@dataclass(frozen=True, slots=True)
class UnitKept:
    """A unit with its share; `share` is None where its group is too small to be told."""

    unit_id: int
    """0: the cases without a unit."""
    name: str
    share: Share | None
    reached: bool | None

    @property
    def words(self) -> str:
        """Its share with its unit."""
        if self.share is None or self.share.percent is None:
            return "No se muestra"
        return f"{number_words(self.share.percent)}\N{NO-BREAK SPACE}%"


def units_of(commitment: Commitment, *, first: date, last: date) -> Sequence[UnitKept]:
    """Return the units that the cases behind a guarantee lie with, the best first and those that are not told
    last: each counts as many as its list has (1 SQL when warm). Nothing where they lie with fewer than two,
    or where all are so small that not even which they are is told.
    """
    institution = commitment.institution
    rows = behind(commitment, first=first, last=last).order_by().values_list("unit_id")
    kept = Count("pk", filter=kept_in(commitment, first=first, last=last))
    counted = {
        unit_id or 0: Share(met, total) for unit_id, total, met in rows.annotate(total=Count("pk"), met=kept)
    }
    if len(counted) < 2:
        return []
    sizes = {str(unit_id): share.total for unit_id, share in counted.items()}
    taken = hidden(sizes, {}, least=institution.smallest_group)
    if taken == set(sizes):
        return []
    names = {unit.pk: unit.name for _, unit in unit_tree(institution).outline()}
    found = [
        _kept(commitment, unit_id, names, None if str(unit_id) in taken else share)
        for unit_id, share in counted.items()
    ]
    return sorted(found, key=_place)


def _place(each: UnitKept) -> tuple[bool, Decimal, str]:
    percent = each.share.percent if each.share else None
    return each.share is None, -(percent or Decimal(0)), each.name


def _kept(of: Commitment, unit_id: int, names: dict[int, str], share: Share | None) -> UnitKept:
    name = names.get(unit_id, "Otra unidad") if unit_id else "Sin unidad todavía"
    return UnitKept(unit_id, name, share, share.reaches(of.target) if share else None)
