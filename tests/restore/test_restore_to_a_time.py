# SPDX-License-Identifier: EUPL-1.2
"""The database goes back to a moment by pgBackRest, and what was erased since is erased again."""

import os

import pytest

from tests.restore.archiving import PACKAGES, Archived, missing
from tests.restore.going_back import go_back


@pytest.mark.cluster
@pytest.mark.skipif(not os.environ.get("SIAC_CLUSTER"), reason="a server of its own: SIAC_CLUSTER=1")
@pytest.mark.skipif(bool(missing()), reason=f"apt install {PACKAGES}")
def test_back_to_a_moment_what_was_erased_since_is_erased_again():
    server = Archived()
    try:
        server.bring_up()
        assert go_back(server).there == 6
    finally:
        server.end()


def test_the_example_is_of_one_piece():
    """What a test puts in the place of folders and passwords is found in the files of the manual."""
    server = Archived()
    try:
        for name in ("pgbackrest.conf", "archive.conf"):
            lines = [line for line in server.placed(name).splitlines() if not line.startswith("#")]
            text = "\n".join(lines)
            assert "REPOSITORY-PASSWORD" not in text and "/var/" not in text.replace(str(server.folder), "")
            assert "/srv/" not in text
        assert f"pg1-path={server.data}\n" in server.placed("pgbackrest.conf")
        assert f"pg1-port={server.port}\n" in server.placed("pgbackrest.conf")
        assert f"--config={server.folder}" in server.placed("archive.conf")
    finally:
        server.end()
