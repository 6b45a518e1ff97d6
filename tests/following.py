# SPDX-License-Identifier: EUPL-1.2
"""A server that really follows the one of the tests, or of a benchmark, on the same machine."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from siac.infra.postgres_files import account, programs, run


@contextmanager
def following() -> Iterator[Path]:
    """Copy the server of the default connection and let the copy follow it; yield the folder of its socket
    (port 5432). It is stopped and deleted behind.
    """
    who, folder = account(), Path(tempfile.mkdtemp(prefix="siac-r"))
    if who:
        os.chown(folder, who.uid, who.gid)
    bins, data = programs(who), folder / "data"
    source = ["-h", connection.settings_dict["HOST"], "-p", connection.settings_dict["PORT"] or "5432"]
    code, said = run(
        [bins / "pg_basebackup", *source, "-U", "postgres", "-D", data, "-R", "-X", "stream", "-c", "fast"],
        who,
    )
    assert code == 0, said
    options = f"-c unix_socket_directories={folder} -c port=5432 -c listen_addresses="
    log = folder / "pg_ctl.log"
    code, _ = run(
        [bins / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "-s", "start"], who, log
    )
    assert code == 0, (folder / "log").read_text()
    try:
        yield folder
    finally:
        run([bins / "pg_ctl", "-D", data, "-m", "immediate", "-w", "-s", "stop"], who, log)
        shutil.rmtree(folder)
