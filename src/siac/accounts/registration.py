# SPDX-License-Identifier: EUPL-1.2
"""What accounts add to lower contexts, said once when the application starts."""

from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_in

from siac.accounts.commands.trail import note_confirmed, note_signed_in
from siac.accounts.models import User
from siac.accounts.texts import REFUSALS
from siac.notices.public import Address, register_recipient
from siac.ui.public import register_refusals


def mail_address(institution_id: int, user_id: int) -> Address | None:
    """Return where to write to an active person of the house; None when there is none."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return Address(user.email, user.name) if user else None


def register() -> None:
    """Register words, how to write to people of the house, and that sign-ins are written down."""
    register_refusals(REFUSALS)
    authentication_step_completed.connect(note_confirmed, dispatch_uid="accounts.confirmed")
    user_logged_in.connect(note_signed_in, dispatch_uid="accounts.trail")
    register_recipient("user", mail_address)
