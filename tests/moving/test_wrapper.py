# SPDX-License-Identifier: EUPL-1.2
"""The command of an installed machine has the role that owns the tables where that is needed only."""

import os
import subprocess
from pathlib import Path

import pytest

WRAPPER = Path(__file__).resolve().parents[2] / "docs" / "operate" / "siac"


def test_the_page_names_files_with_the_whole_path_of_a_folder_of_that_user():
    page = (WRAPPER.parent / "moving.md").read_text()
    lines = [line for line in page.splitlines() if line.startswith("    siac institution ")]
    named = [word for line in lines for word in line.partition("#")[0].split() if "puerto." in word]
    files = [word for word in named if not word.startswith("https:")]
    assert len(files) == 6 and all(word.startswith("/srv/siac/traslado/") for word in files)
    assert "install -d -o siac -g siac -m 700 /srv/siac/traslado" in page


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
