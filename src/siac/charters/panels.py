# SPDX-License-Identifier: EUPL-1.2
"""What a case page shows of the promises that were broken on it."""

from collections.abc import Mapping
from typing import Any

from siac.cases.public import Case, Panel
from siac.charters.domain.rights import CharterRight
from siac.charters.queries import breaches_of
from siac.organizations.public import Access


def broken_promises(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the breaches of a case with their remedies; staff who manage remedies also get the way
    to them.
    """
    breaches = breaches_of(case)
    if not breaches:
        return None
    manages = access is not None and access.has(CharterRight.REMEDIES)
    return {"breaches": breaches, "slug": case.institution.slug if manages else ""}


PANEL = Panel(
    title="Compromisos",
    template="charters/_panel.html",
    context=broken_promises,
    for_citizen=True,
    only_missed=True,
)
