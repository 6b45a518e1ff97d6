# SPDX-License-Identifier: EUPL-1.2
"""Who signs in and how. Citizens need no account."""

from siac.infra.environment import whole

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "siac.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = whole("SIAC_PROXIES", "0")
MFA_ADAPTER = "siac.accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "SIAC"
# Nobody signs up and nobody changes an address: it is that of whoever invited them or runs the installation.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# By address only; how often one account may be tried is counted in
# `accounts.guessing`, where outsiders lock nobody out.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/gestion/"
