# SPDX-License-Identifier: EUPL-1.2
"""What accounts add to lower contexts, said once when the application starts."""

from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_in

from siac.accounts.commands.trail import note_confirmed, note_signed_in
from siac.accounts.texts import REFUSALS
from siac.accounts.travelling import name_rows
from siac.ui.public import register_refusals


def register() -> None:
    """Register words, and that sign-ins are written down."""
    name_rows()
    register_refusals(REFUSALS)
    authentication_step_completed.connect(note_confirmed, dispatch_uid="accounts.confirmed")
    user_logged_in.connect(note_signed_in, dispatch_uid="accounts.trail")
