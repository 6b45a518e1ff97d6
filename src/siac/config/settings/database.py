# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL, from `DATABASE_URL`: postgresql://user:password@host:port/name or ...?host=/socket/folder."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from siac.infra.environment import flag, text

PREPARED = flag("SIAC_PREPARED", default=True)


def connection(url: str) -> dict[str, Any]:
    """Return Django's settings of one database for `url`."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": query.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # What Django sends is bound in the client and never prepared; this is for infra.ready.
        "OPTIONS": {"connect_timeout": 5, "prepare_threshold": 5 if PREPARED else None, **query},
    }


DATABASES = {"default": connection(text("DATABASE_URL", "postgresql:///siac"))}
if flag("SIAC_TEST", default=False):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
