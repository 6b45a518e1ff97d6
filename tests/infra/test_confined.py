# SPDX-License-Identifier: EUPL-1.2
"""What is read apart ends alone: by time, by memory, by death; the next item is read as if nothing
had been.
"""

import os
import signal
import sys
import time

import pytest

from siac.infra import confined
from siac.infra.confined import CannotRead, read


@pytest.fixture(autouse=True)
def parsers(tmp_path, monkeypatch):
    """Put hostile parsers where the child finds them."""
    package = tmp_path / "siac_hostile.py"
    package.write_text(
        "import os, time\n"
        "def echo(payload, options): return {'size': len(payload), **options}, [payload, b'']\n"
        "def sleep(payload, options): time.sleep(60)\n"
        "def hog(payload, options): return len(bytes(4 << 30)), []\n"
        "def die(payload, options): os._exit(7)\n"
        "def deep(payload, options): return deep(payload, options)\n"
        "def talk(payload, options): print('x' * 100000); return 1, []\n"
        "def secrets(payload, options): return sorted(os.environ), []\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(confined, "_ALLOWED", ("siac_hostile",))
    confined.end_idle()
    yield
    confined.end_idle()


def test_values_and_bytes_come_back_and_the_process_serves_again():
    value, found = read("siac_hostile:echo", b"\x00" * 3_000_000, {"a": "ñ"})
    assert value == {"size": 3_000_000, "a": "ñ"}
    assert found == [b"\x00" * 3_000_000, b""]
    first = confined._idle[0].process.pid
    read("siac_hostile:echo", b"x")
    assert confined._idle[0].process.pid == first


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to a group there")
def test_who_stops_the_program_does_not_make_an_item_bad():
    """A stopped service tells all its processes to end; the worker finishes what it has in hand."""
    read("siac_hostile:echo", b"x")
    child = confined._idle[0].process
    for number in (signal.SIGTERM, signal.SIGINT):
        child.send_signal(number)
    assert read("siac_hostile:echo", b"again")[0] == {"size": 5}
    assert confined._idle[0].process is child


@pytest.mark.parametrize(
    ("parser", "reason"), [("sleep", "time"), ("die", "died"), ("deep", "RecursionError")]
)
def test_a_bad_item_ends_alone_and_in_time(parser, reason):
    read("siac_hostile:echo", b"x")
    started = time.monotonic()
    with pytest.raises(CannotRead) as refused:
        read(f"siac_hostile:{parser}", b"x", seconds=1.0)
    assert refused.value.reason == reason
    assert time.monotonic() - started < 8
    assert read("siac_hostile:echo", b"again")[0] == {"size": 5}


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux holds a process to its address space for sure"
)
def test_memory_has_a_limit():
    with pytest.raises(CannotRead, match="memory"):
        read("siac_hostile:hog", b"x")


def test_what_a_parser_prints_does_not_get_among_the_answers():
    assert read("siac_hostile:talk", b"x")[0] == 1


def test_the_child_knows_no_secret_of_its_parent(monkeypatch):
    monkeypatch.setenv("SIAC_VAULT_KEY_TRY", "secret")
    names = read("siac_hostile:secrets", b"")[0]
    assert not [name for name in names if name.startswith(("SIAC_", "DATABASE"))]


def test_a_child_gone_for_want_of_work_is_replaced():
    read("siac_hostile:echo", b"x")
    confined._idle[0].process.kill()
    time.sleep(0.2)
    assert read("siac_hostile:echo", b"xy")[0] == {"size": 2}


def test_only_parsers_of_the_product_are_run(monkeypatch):
    monkeypatch.setattr(confined, "_ALLOWED", ("siac.",))
    with pytest.raises(ValueError, match="os"):
        read("os:getcwd", b"")
    assert os.getcwd()
