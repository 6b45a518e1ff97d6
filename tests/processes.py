# SPDX-License-Identifier: EUPL-1.2
"""Other processes of the product, working on the database of the test that starts them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

from django.db import connection

from siac.infra.crypto import journal_keys, vault_keys

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
