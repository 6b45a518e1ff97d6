# SPDX-License-Identifier: EUPL-1.2
"""How a case page leads to the mails of the case."""

from collections.abc import Mapping
from typing import Any

from siac.cases.public import Case, CaseRight, Channel, Panel
from siac.integrations.mailbox.queries import has_mailboxes
from siac.organizations.public import Access


def mails(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the way to the mails of a case, for staff who may open them; no SQL once warm.

    Any case of a body with mailboxes may have got mail, whatever channel it came by.
    """
    if access is None or not access.has(CaseRight.FILE):
        return None
    if case.channel != Channel.EMAIL and not has_mailboxes(access.institution):
        return None
    return {"case": case, "slug": access.institution.slug}


PANEL = Panel(title="Correos", template="mailbox/_panel.html", context=mails)
