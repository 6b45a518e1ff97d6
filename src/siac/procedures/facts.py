# SPDX-License-Identifier: EUPL-1.2
"""Writing the facts of procedures, as their records say now."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from siac.organizations.public import Institution, institution_of
from siac.procedures.domain import TimeUnit, compliance, keeps, whole_percent
from siac.procedures.models import ProcedureFact, ProcedureRecord

_COLUMNS = [field.attname for field in ProcedureFact._meta.concrete_fields if not field.primary_key]


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these records of a body as they are now (2 SQL, however many)."""
    institution = institution_of(institution_id)
    rows = ProcedureRecord.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk")
    facts = [_fact(institution, row) for row in rows]
    ProcedureFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["record"], update_fields=_COLUMNS, batch_size=500
    )


def _fact(institution: Institution, row: ProcedureRecord) -> ProcedureFact:
    mean = row.mean if row.time_unit == TimeUnit.BUSINESS_DAYS else None
    return ProcedureFact(
        record=row,
        institution_id=institution.pk,
        counted_on=min(date(row.year, 12, 31), institution.local_date(row.loaded_at)),
        reason=row.reason,
        time_unit=row.time_unit,
        percent_within=whole_percent(compliance(row.promised, row.beyond, row.handled)),
        is_kept=keeps(row.median, row.promised),
        mean_days=None if mean is None else int(mean.quantize(Decimal(1), ROUND_HALF_UP)),
    )


def records_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next records of a body by id, after one (1 SQL)."""
    rows = ProcedureRecord.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])
