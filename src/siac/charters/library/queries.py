# SPDX-License-Identifier: EUPL-1.2
"""What is known of charters of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from siac.charters.models import CharterEdition, ReferenceCharter
from siac.organizations.public import Institution


def references(institution: Institution) -> QuerySet[ReferenceCharter]:
    """Return the charters of others that a body keeps. Lazy: no SQL until it is read."""
    return ReferenceCharter.objects.filter(institution=institution)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """How an edition compares with a charter of another body."""

    reference: ReferenceCharter
    note: str


def benchmarks_of(edition: CharterEdition) -> list[Benchmark]:
    """Return how an edition compares with charters of others (1 SQL; none where it does not)."""
    if not edition.benchmarks:
        return []
    known = references(edition.institution).in_bulk([row["reference_id"] for row in edition.benchmarks])
    return [
        Benchmark(known[row["reference_id"]], row["note"])
        for row in edition.benchmarks
        if row["reference_id"] in known
    ]


def benchmarks_words(names: Mapping[int, str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return what is compared as history tells it. No SQL."""
    return "; ".join(f"{names.get(row['reference_id'], '')}: {row['note']}" for row in rows)
