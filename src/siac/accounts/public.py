# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `accounts`."""

from siac.accounts.commands.accounts import (
    account_of,
    account_without_password,
    close_account,
    drop_second_step,
    has_second_step,
    open_account,
    post_letter,
    reopen_account,
)
from siac.accounts.commands.tokens import create_token, revoke_token, token_in_force, tokens_of
from siac.accounts.domain.roles import INSIDE, Right, Role, register_rights, rights_of
from siac.accounts.domain.scopes import Scope
from siac.accounts.models import ApiToken, User
from siac.accounts.queries import has_accounts, user_names, user_of, users_like
from siac.accounts.sessions import end_sessions

__all__ = [
    "INSIDE",
    "ApiToken",
    "Right",
    "Role",
    "Scope",
    "User",
    "account_of",
    "account_without_password",
    "close_account",
    "create_token",
    "drop_second_step",
    "end_sessions",
    "has_accounts",
    "has_second_step",
    "open_account",
    "post_letter",
    "register_rights",
    "reopen_account",
    "revoke_token",
    "rights_of",
    "token_in_force",
    "tokens_of",
    "user_names",
    "user_of",
    "users_like",
]
