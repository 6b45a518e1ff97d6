# SPDX-License-Identifier: EUPL-1.2
"""The files of the installation that only grow: all of a line is there, or none of it."""

import errno
import os

import pytest

from siac.infra import kept_lines
from siac.infra.kept_lines import writing
from siac.infra.postgres_files import EmbeddedError

ONE, TWO, THREE = '{"a": 1}\n', '{"a": 2}\n', '{"a": 3}\n'


def write(path, lines):
    with writing(path) as add:
        add(lines)


def test_on_a_full_disk_nothing_of_a_line_stays_and_it_is_told(tmp_path, monkeypatch):
    path = tmp_path / "kept.jsonl"
    write(path, ONE)
    written = os.write

    def room_for_three(descriptor: int, content: bytes) -> int:
        if len(content) <= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(descriptor, bytes(content[:3]))

    with monkeypatch.context() as full:
        full.setattr(kept_lines.os, "write", room_for_three)
        with pytest.raises(EmbeddedError, match="No space left"):
            write(path, TWO)
    assert path.read_text() == ONE
    write(path, THREE)
    assert path.read_text() == ONE + THREE


def test_a_line_is_whole_also_where_the_system_takes_it_in_parts(tmp_path, monkeypatch):
    written = os.write
    monkeypatch.setattr(kept_lines.os, "write", lambda to, content: written(to, bytes(content[:3])))
    write(tmp_path / "kept.jsonl", ONE + TWO)
    assert (tmp_path / "kept.jsonl").read_text() == ONE + TWO


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", TWO),
        (ONE, ONE + TWO),
        (ONE + '{"a": 2', ONE + TWO),  # somebody was killed, or lost power: it counted for nobody
        ('{"a"', TWO),
        (ONE + THREE.rstrip(), ONE + THREE + TWO),  # put together by hand
        ('{"long": "' + "x" * 200_000, TWO),
    ],
)
def test_the_next_line_stands_on_a_line_of_its_own(tmp_path, before, after):
    path = tmp_path / "kept.jsonl"
    path.write_text(before)
    write(path, TWO)
    assert path.read_text() == after
