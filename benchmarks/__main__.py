# SPDX-License-Identifier: EUPL-1.2
"""Fill a database of its own to each size, measure, print Markdown tables."""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from siac.config.keys import load_keys

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
NAME = "siac_bench"


def database_url() -> str:
    """Return the URL of an empty database for the benchmark, on the server of DATABASE_URL or the embedded one."""
    from siac.infra.embedded import join_or_start

    url = os.environ.get("DATABASE_URL") or join_or_start(ROOT / "var" / "bench-postgres")
    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
    return urlunsplit(parts._replace(path=f"/{NAME}"))


def main() -> None:
    """Run what was asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--sizes", default="10k,100k,1m", help="sizes to fill and measure, smallest first")
    parser.add_argument("--rounds", type=int, default=40, help="requests of each kind")
    parser.add_argument("--import-rows", type=int, default=100_000, help="rows of the register to load")
    parser.add_argument("--keep", action="store_true", help="leave the database and the server")
    options = parser.parse_args()
    sizes = [SIZES[name.strip().lower()] for name in options.sizes.split(",")]
    os.environ.update(
        SIAC_TEST="1",
        SIAC_HOME=str(ROOT / "var" / "bench-home"),
        DJANGO_SETTINGS_MODULE="siac.config.settings",
        SIAC_MAIL="outbox",
    )
    load_keys(ROOT / "var" / "bench-home")  # the web that is weighed must read what is written here
    own_server = "DATABASE_URL" not in os.environ
    os.environ["DATABASE_URL"] = database_url()
    import django

    django.setup()
    from benchmarks.run import run

    run(sizes, rounds=options.rounds, import_rows=options.import_rows)
    if own_server and not options.keep:
        from django.db import connections

        from siac.infra.embedded import stop

        connections.close_all()
        stop(ROOT / "var" / "bench-postgres")


if __name__ == "__main__":
    sys.exit(main())
