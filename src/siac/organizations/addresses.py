# SPDX-License-Identifier: EUPL-1.2
"""How the outbox reaches people of the house."""

from siac.notices.public import Address
from siac.organizations.models import Membership


def address_of_member(institution_id: int, user_id: int) -> Address | None:
    """Return where to write to somebody who has a role in the body and whose account is open; None of anybody
    else, whoever they are (1 SQL).
    """
    rows = Membership.objects.filter(institution=institution_id, user=user_id, user__is_active=True)
    row = rows.select_related("user").first()
    return Address(row.user.email, row.user.name) if row else None
