# SPDX-License-Identifier: EUPL-1.2
"""Where a name typed by an administrator may lead, and where not."""

import socket

import pytest

from siac.infra import outside
from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed, addresses_of, allowed_networks, connect, is_allowed

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
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: reached.append(address))
    connect("imap.ejemplo.org", 993, 1.0)
    assert asked == ["imap.ejemplo.org"]
    assert reached == [("10.9.9.9", 993)]


def test_of_several_addresses_those_that_may_not_be_reached_are_left_out(monkeypatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 1)) for a in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    assert addresses_of("x", 1) == ["10.0.0.1"]
    found.pop()
    with pytest.raises(NotAllowed):
        addresses_of("x", 1)
