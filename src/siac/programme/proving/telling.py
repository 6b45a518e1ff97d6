# SPDX-License-Identifier: EUPL-1.2
"""How proofs tell what they found."""

from collections.abc import Iterable

from django.urls import reverse

from siac.organizations.public import Institution
from siac.programme.domain.proofs import Row, Told


def told(rows: Iterable[Row], query: str) -> Told:
    """Return rows as a proof tells them: all of them, and how they were asked for. Costs what reading them
    costs.
    """
    found = list(rows)
    return Told(len(found), found, query)


def page(institution: Institution, name: str, *numbers: int) -> str:
    """Return the address of a page of the staff. No SQL."""
    return reverse(f"workspace:{name}", args=[institution.slug, *numbers])
