# SPDX-License-Identifier: EUPL-1.2
"""Other processes of the product, working on the database of the test that starts them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import psutil
from django.apps import apps
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django import app

from siac.infra.crypto import journal_keys, vault_keys
from siac.infra.models import LongWork

SIAC = [sys.executable, "-c", "from siac.config.cli import main; main()"]


def database_url() -> str:
    """Return the address of the test database, as another process needs it."""
    known = connection.settings_dict
    secret = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    host, port = known["HOST"], known["PORT"]
    user = f"{quote(known['USER'], safe='')}{secret}@" if known["USER"] else ""
    if not host or host.startswith("/"):
        query = f"?host={quote(host, safe='/')}" + (f"&port={port}" if port else "") if host else ""
        return f"postgresql://{user}/{known['NAME']}{query}"
    return f"postgresql://{user}{host}{f':{port}' if port else ''}/{known['NAME']}"


def keys() -> dict[str, str]:
    """Return the variables with the keys of this test: another process opens with
    them what it sealed, and signs as it does.
    """
    return {"SIAC_VAULT_KEY": vault_keys().current.hex(), "SIAC_JOURNAL_KEY": journal_keys().current.hex()}


def start(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start `siac WORDS` on the test database; the caller ends it."""
    env = os.environ | keys() | {"DATABASE_URL": database_url(), "SIAC_TEST": "1"} | environment
    return subprocess.Popen([*SIAC, *words], env=env, stdout=subprocess.DEVNULL)


def wait_for(condition: Callable[[], object], seconds: float = 180) -> None:
    """Wait until `condition()` is true; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def worker_killed_when(condition: Callable[[], object]) -> None:
    """Start a worker, and kill it and its children as a power cut would once `condition()` is true."""
    worker = start("worker")
    try:
        wait_for(condition)
    finally:
        for child in [*psutil.Process(worker.pid).children(recursive=True), worker]:
            child.kill()
        worker.wait()


def _a_minute_later() -> None:
    """Let the last sign of every worker, and what it holds by a lease, be a minute
    older, and what nobody works on be taken up again, as happens by itself then.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    for model in apps.get_models():
        if issubclass(model, LongWork):
            model._default_manager.update(leased_until=F("leased_until") - timedelta(minutes=1))
    app.configure_task("siac.retry_stalled_jobs", queueing_lock="now").defer(timestamp=0)


def worker_until(condition: Callable[[], object]) -> None:
    """A minute later, let a worker run until `condition()` is true, and end in peace."""
    _a_minute_later()
    worker = start("worker")
    try:
        wait_for(condition)
    finally:
        worker.terminate()
        assert worker.wait(90) == 0


def somebody_waits_for(table: str) -> bool:
    """Return whether a process waits for a lock on `table`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
        return bool(cursor.fetchone()[0])


def somebody_waits() -> bool:
    """Return whether somebody waits for a lock that another has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
