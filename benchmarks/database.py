# SPDX-License-Identifier: EUPL-1.2
"""The database of the benchmark: one of its own, on the server of DATABASE_URL or an embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
HOME, SERVER = ROOT / "var" / "bench-home", ROOT / "var" / "bench-postgres"
NAME = "siac_bench"


@contextmanager
def opened(*, again: bool, keep: bool) -> Iterator[None]:
    """Set Django up on the benchmark's database.

    It is made new, or, `again`, the one left by an earlier run. An embedded
    server is stopped at the end unless `keep`.
    """
    os.environ.update(
        SIAC_TEST="1", SIAC_HOME=str(HOME), DJANGO_SETTINGS_MODULE="siac.config.settings", SIAC_MAIL="outbox"
    )  # fmt: skip
    from siac.config.keys import load_keys
    from siac.infra.embedded import join_or_start, stop

    load_keys(HOME)  # the web that is weighed must read what is written here
    own_server = "DATABASE_URL" not in os.environ
    url = os.environ.get("DATABASE_URL") or join_or_start(SERVER)
    if not again:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {NAME}")
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{NAME}"))
    import django

    django.setup()
    yield
    if own_server and not keep:
        from django.db import connections

        connections.close_all()
        stop(SERVER)
