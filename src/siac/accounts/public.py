# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `accounts`."""

from siac.accounts.again import ask_again, asks_again, go_on_after_proof
from siac.accounts.commands.accounts import (
    account_of,
    account_without_password,
    close_account,
    drop_second_step,
    has_second_step,
    open_account,
    post_letter,
    readdress_account,
    rename_account,
    reopen_account,
)
from siac.accounts.commands.carrying import CarriedAccount, carried_accounts, take_in_accounts
from siac.accounts.commands.tokens import (
    create_token,
    key_holders,
    keys_in_force,
    revoke_token,
    token_in_force,
    tokens_of,
)
from siac.accounts.commands.trail import note_failure
from siac.accounts.domain.roles import INSIDE, Right, Role, register_rights, rights_of
from siac.accounts.domain.scopes import Scope
from siac.accounts.domain.signing_in import Step, Way, session_digest
from siac.accounts.entering import note_proof_again, sign_in_by_letter, sign_in_by_provider
from siac.accounts.entrance import Entrance, Offer, register_entrance
from siac.accounts.models import ApiToken, SignIn, User
from siac.accounts.queries import (
    OpenSession,
    has_accounts,
    open_sessions,
    sign_ins,
    token_names,
    user_names,
    user_of,
    users_like,
)
from siac.accounts.sessions import (
    end_other_sessions,
    end_provider_sessions,
    end_session,
    end_sessions,
    go_on_without_ended,
)

__all__ = [
    "INSIDE",
    "ApiToken",
    "CarriedAccount",
    "Entrance",
    "Offer",
    "OpenSession",
    "Right",
    "Role",
    "Scope",
    "SignIn",
    "Step",
    "User",
    "Way",
    "account_of",
    "account_without_password",
    "ask_again",
    "asks_again",
    "carried_accounts",
    "close_account",
    "create_token",
    "drop_second_step",
    "end_other_sessions",
    "end_provider_sessions",
    "end_session",
    "end_sessions",
    "go_on_after_proof",
    "go_on_without_ended",
    "has_accounts",
    "has_second_step",
    "key_holders",
    "keys_in_force",
    "note_failure",
    "note_proof_again",
    "open_account",
    "open_sessions",
    "post_letter",
    "readdress_account",
    "register_entrance",
    "register_rights",
    "rename_account",
    "reopen_account",
    "revoke_token",
    "rights_of",
    "session_digest",
    "sign_in_by_letter",
    "sign_in_by_provider",
    "sign_ins",
    "take_in_accounts",
    "token_in_force",
    "token_names",
    "tokens_of",
    "user_names",
    "user_of",
    "users_like",
]
