# SPDX-License-Identifier: EUPL-1.2
"""The keys that sealed the data of a database are never replaced silently; two
set-ups at once are one after the other.
"""

import subprocess

import pytest

from siac.infra import embedded
from tests.infra.test_cli import SIAC, environment, siac

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path):
    yield tmp_path / "var"
    embedded.erase(tmp_path / "var" / "postgres")


def test_a_lost_file_of_keys_stops_every_command_and_comes_back_with_its_copy(home):
    both = [
        subprocess.Popen([*SIAC, "setup"], env=environment(home), stderr=subprocess.PIPE) for _ in range(2)
    ]
    assert [each.wait(300) for each in both] == [0, 0], [each.stderr.read() for each in both if each.stderr]
    keys = (home / "keys.env").read_text()
    (home / "keys.env").unlink()
    for words in (["institutions"], ["setup"]):
        said = siac(home, *words)
        assert said.returncode == 1, words
        assert "sellados con otra clave SIAC_VAULT_KEY" in said.stderr
        assert "bring back the original keys.env" in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1
        assert not (home / "keys.env").exists()
    (home / "keys.env").write_text(keys)
    assert siac(home, "institutions").returncode == 0
    verified = siac(home, "verify")
    assert verified.returncode == 0
    assert "dueño de las tablas" in verified.stdout
    assert "Aviso" not in verified.stdout  # it runs as the role that owns nothing
