# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL, from `DATABASE_URL`: postgresql://user:password@host:port/name or ...?host=/socket/folder.

Of several nodes: postgresql://user:password@a:5432,b:5432/name?target_session_attrs=read-write, of which the
one that can write is used, asked anew with each connection.

With a pooler that gives each transaction another connection, `DATABASE_URL` is the pooler's address, which
the web uses alone, and `DATABASE_DIRECT_URL` the server's, for whatever keeps locks or listens: the worker,
set-up and every other command.
"""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from siac.infra.environment import Misconfigured, flag, text, whole

POOLED = bool(text("DATABASE_DIRECT_URL", ""))
PREPARED = flag("SIAC_PREPARED", default=not POOLED)
REQUEST_SECONDS = whole("SIAC_REQUEST_SECONDS", "30")
_ALIVE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A machine that is gone without a word is noticed within half a minute."""


def connection(url: str) -> dict[str, Any]:
    """Return Django's settings of one database for `url`.

    Raises:
        Misconfigured: a port is none.
    """
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    who, _, where = parts.netloc.rpartition("@")
    user, _, password = who.partition(":")
    hosts, ports = _nodes(where)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(user or query.pop("user", "")),
        "PASSWORD": unquote(password or query.pop("password", "")),
        "HOST": query.pop("host", None) or hosts,
        "PORT": ports or query.pop("port", ""),
        "CONN_MAX_AGE": 0 if flag("SIAC_TEST", default=False) else None,
        "CONN_HEALTH_CHECKS": True,
        # What Django sends is bound in the client and never prepared; this is for infra.ready.
        "OPTIONS": {
            "connect_timeout": 5, "prepare_threshold": 5 if PREPARED else None, **_ALIVE, **query,
        },
    }  # fmt: skip


def _nodes(where: str) -> tuple[str, str]:
    """Return hosts and ports of `a:5432,b:5432`, as libpq wants them: `a,b` and `5432,5432`."""
    hosts, ports = [], []
    for node in where.split(",") if where else []:
        host, _, port = node.rpartition(":")
        if not port.isdigit():
            host, port = node.rstrip(":"), ""
        if ":" in host and not host.startswith("["):
            raise Misconfigured("DATABASE_URL: el puerto debe ser un número.")
        hosts.append(unquote(host).strip("[]"))
        ports.append(port)
    return ",".join(hosts), ",".join(ports) if any(ports) else ""


def for_web() -> dict[str, Any]:
    """Return the settings with which the web reaches the database: by the pooler, if there is one, and with
    limits of the server, a step before the limit that requests have themselves (`infra.limits`).

    A pooler hands no such options on: it sets them by itself (`connect_query`, docs/operate/cluster.md).
    """
    found = connection(text("DATABASE_URL", "postgresql:///siac"))
    if POOLED:
        found["DISABLE_SERVER_SIDE_CURSORS"] = True
    elif REQUEST_SECONDS and PREPARED:  # else a pooler may stand between, which refuses them
        limits = {
            "statement_timeout": REQUEST_SECONDS * 1000,
            "lock_timeout": REQUEST_SECONDS * 1000 * 2 // 3,
            "idle_in_transaction_session_timeout": REQUEST_SECONDS * 1000 * 2,
        }
        said = " ".join(f"-c {name}={value}" for name, value in limits.items())
        found["OPTIONS"]["options"] = f"{found['OPTIONS'].get('options', '')} {said}".strip()
    return found


DATABASES: dict[str, dict[str, Any]] = {
    "default": connection(text("DATABASE_DIRECT_URL", "") or text("DATABASE_URL", "postgresql:///siac")),
}
if text("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = connection(text("DATABASE_REPLICA_URL"))
    DATABASES["replica"]["OPTIONS"] |= {
        "connect_timeout": 2,
        "options": f"-c default_transaction_read_only=on -c statement_timeout={REQUEST_SECONDS * 1000}",
    }
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
