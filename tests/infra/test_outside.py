# SPDX-License-Identifier: EUPL-1.2
"""Where a name typed by an administrator may lead, and where not."""

import socket

import pytest

from siac.infra import outside, outside_http
from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed, addresses_of, allowed_networks, connect, is_allowed
from siac.infra.outside_http import post

FORBIDDEN = [
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "0.0.0.0",
    "::",
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "224.0.0.1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fd00:ec2::254",
    "100.100.100.200",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1:7f00:0:100::",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_this_machine_and_the_management_of_a_network_are_out_of_reach(address) -> None:
    assert not is_allowed(address, [])


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "192.168.1.20", "172.16.0.1", "8.8.8.8", "2606:4700::1111", "fd12::1"]
)
def test_mail_servers_of_a_body_are_in_reach(address) -> None:
    assert is_allowed(address, [])


def test_a_variable_opens_single_networks(monkeypatch) -> None:
    monkeypatch.setenv(outside.ALLOWED, "127.0.0.0/8, ::1")
    networks = allowed_networks()
    assert is_allowed("127.0.0.1", networks)
    assert is_allowed("::1", networks)
    assert not is_allowed("169.254.169.254", networks)
    monkeypatch.setenv(outside.ALLOWED, "aquí")
    with pytest.raises(Misconfigured, match=outside.ALLOWED):
        allowed_networks()


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch) -> None:
    """A name that says one address when it is looked at and another when it is
    used gains nothing: it is asked once.
    """
    asked = []

    def resolver(host, port, **options):
        asked.append(host)
        address = "10.9.9.9" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    reached = []
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    own = socket.socket()
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: reached.append(address) or own)
    connect("imap.ejemplo.org", 993, 1.0)
    assert asked == ["imap.ejemplo.org"]
    assert reached == [("10.9.9.9", 993)]
    assert own.gettimeout() == 1.0
    own.close()


def test_of_several_addresses_those_that_may_not_be_reached_are_left_out(monkeypatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 1)) for a in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    assert addresses_of("x", 1) == ["10.0.0.1"]
    found.pop()
    with pytest.raises(NotAllowed):
        addresses_of("x", 1)


@pytest.mark.parametrize("address", ["fec0::1", "fd12::1", "10.0.0.5", "64:ff9b::a00:1", "::10.0.0.5"])
def test_what_not_everybody_reaches_is_not_public_unless_it_was_opened(address) -> None:
    assert not is_allowed(address, [], public_only=True)


def test_all_addresses_of_a_name_share_one_term(monkeypatch) -> None:
    """Four silent ones take no longer than one, and the last one is tried all the same."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"10.0.0.{n}", 1)) for n in range(1, 5)]
    clock, waits = [0.0], []

    def silent(address, timeout):
        waits.append(timeout)
        clock[0] += timeout
        raise TimeoutError(address)

    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    monkeypatch.setattr(socket, "create_connection", silent)
    monkeypatch.setattr(outside.time, "monotonic", lambda: clock[0])
    with pytest.raises(TimeoutError):
        connect("x", 1, 10.0)
    assert waits == [2.5] * 4 and clock == [10.0]


def test_a_slow_resolver_takes_its_time_from_the_same_term(monkeypatch) -> None:
    clock = [0.0]

    def slow(*a, **k):
        clock[0] += 11
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 1))]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(outside.time, "monotonic", lambda: clock[0])
    with pytest.raises(TimeoutError):
        connect("x", 1, 10.0)


def test_without_encryption_only_networks_that_were_opened_are_reached(monkeypatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("8.8.8.8", "10.1.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    monkeypatch.setenv(outside.ALLOWED, "10.1.0.0/16")
    assert addresses_of("x", 80, public_only=True) == ["8.8.8.8", "10.1.0.1"]
    assert addresses_of("x", 80, public_only=True, listed_only=True) == ["10.1.0.1"]
    found.pop()
    with pytest.raises(NotAllowed):
        post("http://x/", b"", {}, public_only=True)


@pytest.mark.parametrize("host", ["a" * 70 + ".cl", "..", "ñ" * 64])
def test_what_can_be_no_name_of_a_machine_is_unknown(host) -> None:
    with pytest.raises(OSError):
        addresses_of(host, 443)


def test_signs_that_no_address_holds_are_a_wrong_address(monkeypatch) -> None:
    here, there = socket.socketpair()
    monkeypatch.setattr(outside_http, "connect", lambda *a, **k: here)
    with there, pytest.raises(Misconfigured):
        post("http://x/año", b"", {})
