# SPDX-License-Identifier: EUPL-1.2
"""What a case page shows of the mails it came from."""

from collections.abc import Mapping
from typing import Any

from siac.accounts.public import Permission
from siac.cases.public import Case, Panel
from siac.integrations.mailbox.queries import mails_of_case
from siac.organizations.public import Access


def mails(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the mails of a case for staff who may open them (1 SQL)."""
    if access is None or not access.has(Permission.CASE_FILE):
        return None
    found = mails_of_case(case.institution_id, case.pk)
    return {"mails": found, "slug": access.institution.slug} if found else None


PANEL = Panel(title="Correos", template="mailbox/_panel.html", context=mails)
