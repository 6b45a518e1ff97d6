# SPDX-License-Identifier: EUPL-1.2
"""`siac serve`: what its workers are told when they begin."""

import os
import socket
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from siac.config.allocator import SETTINGS, begin_again_with_settings
from tests.processes import start, wait_for


def told(pid: int) -> dict[str, str]:
    """Return the environment that a process began with: what its libc was told."""
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().rstrip("\0").split("\0")
    return dict(pair.partition("=")[::2] for pair in pairs)


def answers(port: int) -> bool:
    """Return whether the web answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accesibilidad/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only glibc listens")
@pytest.mark.parametrize("own", [{}, {"MALLOC_ARENA_MAX": "4"}])
def test_each_worker_of_the_web_gives_memory_back(real_commits, house, monkeypatch, own):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web = start("serve", PORT=str(port), WEB_WORKERS="2", **own)
    try:
        wait_for(lambda: answers(port), 60)
        workers = psutil.Process(web.pid).children()
        assert len(workers) == 2
        for process in workers:
            found = told(process.pid)
            assert {name: found.get(name) for name in SETTINGS} == {**SETTINGS, **own}
            assert found["PORT"] == str(port)
    finally:
        web.terminate()
        assert web.wait(30) == 0


def test_a_program_that_was_told_goes_on(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "execve", lambda *words: pytest.fail("began again"))
    begin_again_with_settings()
