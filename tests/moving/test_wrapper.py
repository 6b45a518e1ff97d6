# SPDX-License-Identifier: EUPL-1.2
"""The command of an installed machine has the role that owns the tables where that is needed only."""

import os
import subprocess
from pathlib import Path

import pytest

WRAPPER = Path(__file__).resolve().parents[2] / "docs" / "operate" / "siac"


@pytest.mark.parametrize(
    ("words", "is_owner"),
    [
        (["institution", "import", "/srv/siac/traslado/puerto.siac"], True), (["setup"], True),
        (["restore", "--check", "x"], True), (["verify"], False), (["institutions"], False), ([], False),
    ],
)  # fmt: skip
def test_a_body_comes_in_as_the_role_that_owns_the_tables(tmp_path, words, is_owner):
    fake = tmp_path / "systemd-run"
    fake.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    fake.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(["/bin/sh", WRAPPER, *words], env={"PATH": path}, capture_output=True, check=True)
    said = done.stdout.decode().splitlines()
    assert ("EnvironmentFile=-/etc/siac/owner.env" in said) == is_owner
    assert said[len(said) - len(words) :] == words and "--uid=siac" in said
