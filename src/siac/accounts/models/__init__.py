# SPDX-License-Identifier: EUPL-1.2
from siac.accounts.models.session import Session
from siac.accounts.models.sign_in import SignIn
from siac.accounts.models.token import ApiToken
from siac.accounts.models.user import User, UserManager

__all__ = ["ApiToken", "Session", "SignIn", "User", "UserManager"]
