# SPDX-License-Identifier: EUPL-1.2
"""A machine of the web that boots waits for the database, and for nothing else (`siac-setup-again.conf`)."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "docs" / "operate" / "cluster" / "siac-setup-again.conf"
PROGRAM = "/srv/siac/.venv/bin/siac"


def boot(folder: Path, codes: list[int]) -> subprocess.CompletedProcess[str]:
    """Do what the unit does, with a program that ends with each of `codes` in turn and a sleep of no time."""
    (folder / "codes").write_text("".join(f"{code}\n" for code in codes))
    next_code = f"code=$(head -1 {folder}/codes); sed -i 1d {folder}/codes; exit $code"
    for name, does in {
        "siac": f'echo "$@" >> {folder}/said; {next_code}',
        "sleep": f'echo "sleep $@" >> {folder}/said',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{does}\n")
        (folder / name).chmod(0o755)
    (order,) = re.findall(r"^ExecStart=(.+)$", UNIT.read_text(), re.M)
    assert PROGRAM in order
    words = shlex.split(order.replace(PROGRAM, str(folder / "siac")))
    path = f"{folder}:{os.environ['PATH']}"
    return subprocess.run(words, env={"PATH": path}, capture_output=True, text=True, timeout=20, check=False)


@pytest.mark.parametrize(
    ("codes", "ends", "waits"),
    [([0], 0, 0), ([75, 75, 0], 0, 2), ([1], 1, 0), ([75, 1], 1, 1), ([127], 1, 0)],
)
def test_only_a_database_that_is_away_is_waited_for(tmp_path, codes, ends, waits):
    done = boot(tmp_path, codes)
    assert done.returncode == ends
    assert (tmp_path / "said").read_text().splitlines() == (["setup", "sleep 10"] * waits) + ["setup"]
    assert done.stdout.count("se intenta otra vez en diez segundos") == waits
