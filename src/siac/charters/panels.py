# SPDX-License-Identifier: EUPL-1.2
"""What a case page shows of the promises that were broken on it."""

from collections.abc import Mapping
from typing import Any

from siac.cases.public import AttentionPanel, Case, Interaction, Panel
from siac.charters.domain.rights import CharterRight
from siac.charters.queries import breaches_of, breaches_of_attention, promised_of, promised_to
from siac.organizations.public import Access


def broken_promises(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the breaches of a case with their remedies; staff who manage remedies also get the way
    to them.
    """
    breaches = breaches_of(case)
    if not breaches:
        return None
    manages = access is not None and access.has(CharterRight.DECIDE)
    return {"breaches": breaches, "slug": case.institution.slug if manages else ""}


def promises_kept(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return what a request was promised, for its person; staff see its clocks. No SQL when warm."""
    promised = promised_to(case) if access is None else []
    return {"promised": promised, "slug": case.institution.slug} if promised else None


def attention_promises(row: Interaction, access: Access) -> Mapping[str, Any] | None:
    """Return what was promised of an attention, each with its breach or None, and its remedy (1 SQL, none
    where nothing was promised of it); staff who manage remedies also get the way to them.
    """
    promised = promised_of(access.institution, row)
    if not promised:
        return None
    broken = {each.commitment_id: each for each in breaches_of_attention(row)}
    return {
        "promised": [(each, broken.get(each.pk)) for each in promised],
        "row": row,
        "slug": access.institution.slug if access.has(CharterRight.DECIDE) else "",
    }


OF_ATTENTION = AttentionPanel(
    title="Lo que se le prometió", template="charters/_attention.html", context=attention_promises
)
PROMISES = Panel(
    title="Lo que le prometimos",
    template="charters/_promised.html",
    context=promises_kept,
    for_citizen=True,
)
PANEL = Panel(
    title="Compromisos",
    template="charters/_panel.html",
    context=broken_promises,
    for_citizen=True,
    only_missed=True,
)
