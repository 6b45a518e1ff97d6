# SPDX-License-Identifier: EUPL-1.2
"""Which cases an import brought in."""

from django.db.models import Q, QuerySet

from siac.cases.models import CHECKED, ImportBatch
from siac.organizations.public import Access, Institution


def checked_batches(institution: Institution) -> QuerySet[ImportBatch]:
    """Return the imports of a body that were checked and wait for somebody to load them.

    Lazy: no SQL until it is read.
    """
    return ImportBatch.objects.filter(institution=institution, state=CHECKED)


def batch_filter(access: Access, value: str) -> tuple[str, Q] | None:
    """Build the filter `lote`: the cases that one import brought in (1 SQL)."""
    if not (value.isascii() and value.isdigit() and len(value) < 18):
        return None
    name = (
        ImportBatch.objects.filter(institution=access.institution, pk=int(value))
        .values_list("name", flat=True)
        .first()
    )
    return None if name is None else (f"Importación: {name}", Q(batch=int(value)))
