# SPDX-License-Identifier: EUPL-1.2
"""Secrets, cookies, content policy, passwords."""

from csp.constants import NONE, SELF

from siac.infra.environment import flag, items, text

TEST = flag("SIAC_TEST", default=False)
SECRET_KEY = text("SECRET_KEY", "development-only" if TEST else None)
SECRET_KEY_FALLBACKS = items("SECRET_OLD_KEYS")
# This machine asks itself by its own names, whatever name citizens type: `curl http://127.0.0.1:8000/salud`.
ALLOWED_HOSTS = [
    *items("ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]", *(["testserver"] if TEST else []),
]  # fmt: skip
SECURE_COOKIES = flag("SIAC_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
CSRF_TRUSTED_ORIGINS = items("SIAC_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "siac.ui.views.csrf_failure"
SESSION_ENGINE = "siac.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
