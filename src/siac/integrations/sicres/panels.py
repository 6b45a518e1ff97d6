# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case shows of its exchange with other offices."""

from collections.abc import Mapping
from typing import Any

from siac.cases.public import Case, Channel, Panel
from siac.integrations.sicres.queries import dispatches_of, entry_of, is_here
from siac.organizations.public import Access


def exchanges(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return where a case came from and went to, for staff (at most 2 SQL; none in other countries)."""
    if access is None or not is_here(access.institution):
        return None
    entry = entry_of(case) if case.channel == Channel.PLATFORM else None
    sent = dispatches_of(case)
    if entry is None and not sent:
        return None
    return {"entry": entry, "sent": sent, "slug": access.institution.slug}


PANEL = Panel(title="Intercambio registral", template="sicres/_panel.html", context=exchanges)
