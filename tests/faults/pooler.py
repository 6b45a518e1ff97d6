# SPDX-License-Identifier: EUPL-1.2
"""A real PgBouncer that gives each transaction another connection."""

import pwd
import shutil
import socket
import subprocess
from pathlib import Path

from django.db import connection

from siac.infra.postgres_files import account
from tests.processes import wait_for

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


class Pooler:
    """PgBouncer in front of the database of this process: `size` connections for everybody."""

    def __init__(self, folder: Path, size: int = 2) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        known = connection.settings_dict
        who = account()
        self.user = ["-u", pwd.getpwuid(who.uid).pw_name] if who else []
        (folder / "users.txt").write_text(f'"{known["USER"]}" "{known["PASSWORD"]}"\n')
        self.file = folder / "pgbouncer.ini"
        self.file.write_text(f"""[databases]
{known["NAME"]} = host={known["HOST"] or "127.0.0.1"} port={known["PORT"] or 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = trust
auth_file = {folder / "users.txt"}
pool_mode = transaction
default_pool_size = {size}
stats_users = {known["USER"]}
""")
        folder.chmod(0o755)
        self.start()

    def start(self) -> None:
        """Start it and wait until it listens."""
        self.process = subprocess.Popen(
            [str(PROGRAM), *self.user, str(self.file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self.listens, seconds=30)

    def listens(self) -> bool:
        """Return whether it takes connections."""
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()
