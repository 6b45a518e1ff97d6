# SPDX-License-Identifier: EUPL-1.2
"""The office of a body, what came to it and what went out."""

from django.db.models import Q, QuerySet

from siac.cases.public import Case, not_yet_cases, seen_by
from siac.countries.public import Duty
from siac.integrations.sicres.models import Dispatch, RegistryEntry, RegistryOffice
from siac.organizations.public import Access, Institution


def is_here(institution: Institution) -> bool:
    """Return whether the law of the body's country knows the exchange. No SQL."""
    return Duty.REGISTRY_EXCHANGE in institution.country.duties


def office_of(institution: Institution) -> RegistryOffice | None:
    """Return the office of a body, None where it is not set up (1 SQL)."""
    return RegistryOffice.objects.filter(institution=institution).select_related("kind").first()


def visible_entries(access: Access) -> QuerySet[RegistryEntry]:
    """Return the entries of the body that the holder of `access` may see, unordered.

    One that is no request: whoever reads the cases of no unit yet, and whoever brought it. One that became a
    request: whoever sees that request. Lazy: no SQL until it is read.
    """
    rows = RegistryEntry.objects.filter(institution=access.institution)
    unfiled = Q(case=None) & (not_yet_cases(access, unit="case__unit") | Q(brought_by=access.user))
    return rows.filter(unfiled | (Q(case__isnull=False) & seen_by(access, through="case__")))


def visible_dispatches(access: Access) -> QuerySet[Dispatch]:
    """Return what was sent of cases that the holder of `access` sees, unordered. Lazy: no SQL
    until it is read.
    """
    rows = Dispatch.objects.filter(institution=access.institution)
    return rows.filter(seen_by(access, through="case__"))


def dispatches_of(case: Case) -> list[Dispatch]:
    """Return what was sent of a case, the oldest first (1 SQL)."""
    return list(Dispatch.objects.filter(case=case).order_by("pk"))


def entry_of(case: Case) -> RegistryEntry | None:
    """Return the entry that a case came from (1 SQL)."""
    return RegistryEntry.objects.filter(case=case).first()
