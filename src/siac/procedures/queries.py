# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about procedures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from siac.organizations.public import Institution
from siac.procedures.domain import compliance, kept_part, key_of, whole_percent
from siac.procedures.models import ProcedureRecord

COLUMNS = (
    "Año", "Trámite o producto", "Por qué se informa", "Hito de inicio", "Hito final", "Tiempo comprometido",
    "Unidad", "Gestionados", "En más tiempo", "Por ciento a tiempo", "Media", "Mediana", "Mínimo", "Máximo",
)  # fmt: skip


def records(institution: Institution) -> QuerySet[ProcedureRecord]:
    """Return every record of a body. Lazy: no SQL until it is read."""
    return ProcedureRecord.objects.filter(institution=institution)


def years_told(institution: Institution) -> list[int]:
    """Return the years of which there is any record, the latest first (1 SQL)."""
    return list(records(institution).order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Total:
    """All procedures of a year with a promise that counted how many took longer: how many were handled, and
    how many of them took longer.
    """

    handled: int
    beyond: int

    @property
    def percent(self) -> int | None:
        """How many in a hundred did not take longer; None where nothing was handled."""
        return whole_percent(kept_part(self.beyond, self.handled))


def total(rows: QuerySet[ProcedureRecord]) -> Total:
    """Return what some records add up to (1 SQL)."""
    judged = rows.filter(promised__isnull=False, beyond__isnull=False).order_by()
    found = judged.aggregate(handled=Sum("handled"), beyond=Sum("beyond"))
    return Total(found["handled"] or 0, found["beyond"] or 0)


def handled_lately(institution: Institution, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return, by the key of each procedure of those names that has a record, its latest year and how many
    were handled in it (1 SQL).
    """
    rows = records(institution).filter(key__in={key_of(name) for name in names})
    told = rows.order_by("key", "-year").distinct("key").values_list("key", "year", "handled")
    return {key: (year, handled) for key, year, handled in told}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in words."""

    row: ProcedureRecord
    promised: str
    percent: int | None


def shown(row: ProcedureRecord) -> Shown:
    """Return a record in words. No SQL."""
    unit = row.get_time_unit_display()
    promised = f"{row.promised} {unit}" if row.promised is not None else f"Sin compromiso ({unit})"
    return Shown(row, promised, whole_percent(compliance(row.promised, row.beyond, row.handled)))


def exported(rows: QuerySet[ProcedureRecord]) -> Iterator[tuple[Any, ...]]:
    """Yield records as lines of a table under `COLUMNS` (1 SQL)."""
    for row in rows.order_by("-year", "name", "pk").iterator(chunk_size=1000):
        yield (
            row.year, row.name, row.get_reason_display(), row.begins_with, row.ends_with, row.promised,
            row.get_time_unit_display(), row.handled, row.beyond, shown(row).percent, row.mean, row.median,
            row.least, row.greatest,
        )  # fmt: skip
