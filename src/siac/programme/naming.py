# SPDX-License-Identifier: EUPL-1.2
"""What programmes are called where processes and bodies speak of them."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.urls import reverse

from siac.governance.public import Decidable
from siac.governance.public import Named as Decided
from siac.organizations.public import Access
from siac.processes.public import Named
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.domain.subjects import KIND
from siac.programme.models import Programme
from siac.programme.queries import programmes


def title_of(row: Programme) -> str:
    """Return what a programme is called. No SQL when its guide is at hand."""
    return f"{row.guide.title}, {row.year}"


def programme_names(access: Access, ids: Sequence[int]) -> dict[int, Named]:
    """Return what programmes are called, and their pages (1 SQL)."""
    slug = access.institution.slug
    rows = programmes(access.institution).filter(pk__in=ids)
    return {
        row.pk: Named(title_of(row), reverse("workspace:programme:programme", args=[slug, row.pk]))
        for row in rows
    }


def _offered(asking: object) -> Mapping[int, str]:
    """Return the programmes of a body (1 SQL)."""
    access = cast("Access", asking)
    return {row.pk: title_of(row) for row in programmes(access.institution)}


def _names(asking: object, numbers: Sequence[int]) -> Mapping[int, Decided]:
    """Return what programmes are called, with their page for whoever may open it (1 SQL)."""
    access = cast("Access", asking)
    opens = access.has(ProgrammeRight.READ)
    return {
        pk: Decided(named.name, named.url if opens else "")
        for pk, named in programme_names(access, numbers).items()
    }


DECIDABLE = Decidable(KIND, "Programa anual", _offered, _names)
