# SPDX-License-Identifier: EUPL-1.2
"""What accounts add to lower contexts, said once when the application starts."""

from siac.accounts.models import User
from siac.accounts.texts import REFUSALS
from siac.notices.public import Address, register_recipient
from siac.ui.public import register_refusals


def mail_address(institution_id: int, user_id: int) -> Address | None:
    """Return where to write to an active person of the house; None when there is none."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return Address(user.email, user.name) if user else None


def register() -> None:
    """Register words, and how to write to people of the house."""
    register_refusals(REFUSALS)
    register_recipient("user", mail_address)
