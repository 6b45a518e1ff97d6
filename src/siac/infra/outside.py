# SPDX-License-Identifier: EUPL-1.2
"""Which machines may be reached on behalf of somebody who typed their name into a page.

A name that an administrator of a body types must not lead to this machine or to the services of the
network that guard it. The name is looked up once and the connection goes to an address that was looked
at: a second look-up could give another.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable

from siac.infra.environment import Misconfigured, items

ALLOWED = "SIAC_OUTSIDE_ALLOWED"
"""Networks, by commas, that may be reached although they are this machine's or
of the management of a network.
"""
_METADATA = tuple(
    ipaddress.ip_network(network)
    for network in ("169.254.0.0/16", "fd00:ec2::/32", "100.100.100.200/32", "192.0.0.192/32")
)
_CARRYING = tuple(ipaddress.ip_network(network) for network in ("64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96"))
"""Networks whose addresses stand for IPv4 ones that only the gateway on the way knows: nobody can look at
them (RFC 8215, RFC 4291, RFC 2765).
"""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NotAllowed(Exception):
    """Every address of the name is this machine's, link-local, or of the management of a network."""


def addresses_of(host: str, port: int, *, public_only: bool = False, listed_only: bool = False) -> list[str]:
    """Return the addresses of `host` that may be connected to, in the order the resolver gives.

    Waits for the resolver: only jobs call this. `public_only`: as `is_allowed`. `listed_only`: only those of
    a network of `SIAC_OUTSIDE_ALLOWED`.

    Raises:
        NotAllowed: it has addresses, and none may be reached.
        OSError: the name is unknown, or can be none.
    """
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except UnicodeError as error:
        raise OSError(f"no name of a machine: {host!r}") from error
    open_networks = allowed_networks()
    reachable = [
        one
        for one in dict.fromkeys(found)
        if is_allowed(one, open_networks, public_only=public_only)
        and (not listed_only or _is_in(_address(one), open_networks))
    ]
    if not reachable:
        raise NotAllowed(host)
    return reachable


def connect(
    host: str, port: int, seconds: float, *, public_only: bool = False, listed_only: bool = False
) -> socket.socket:
    """Return a connection to the first address of `host` that may be reached and answers; all of them
    together have `seconds`, looking up the name among it, so that the last ones are tried too.

    Raises:
        NotAllowed: as `addresses_of`.
        OSError: the name is unknown, or nobody answers.
    """
    error: OSError | None = None
    ends = time.monotonic() + seconds
    tried = addresses_of(host, port, public_only=public_only, listed_only=listed_only)[:4]
    for place, address in enumerate(tried):
        left = ends - time.monotonic()
        if left <= 0:
            raise error or TimeoutError(host)
        try:
            line = socket.create_connection((address, port), timeout=left / (len(tried) - place))
        except OSError as failed:
            error = failed
            continue
        line.settimeout(seconds)
        return line
    raise error or OSError("no address")


def allowed_networks() -> list[Network]:
    """Return the networks of `SIAC_OUTSIDE_ALLOWED`.

    Raises:
        Misconfigured: one of them is no network.
    """
    try:
        return [ipaddress.ip_network(item, strict=False) for item in items("SIAC_OUTSIDE_ALLOWED")]
    except ValueError as error:
        raise Misconfigured(f"{ALLOWED}: {error}.") from error


def is_allowed(text: str, open_networks: list[Network], *, public_only: bool = False) -> bool:
    """Return whether an address may be reached.

    Private networks may: bodies have their mail servers there. `public_only`: only what everybody on the
    Internet reaches, and the networks of `SIAC_OUTSIDE_ALLOWED`.
    """
    address = _address(text)
    if _is_in(address, open_networks):
        return True
    if _is_in(address, _METADATA) or _is_in(address, _CARRYING):
        return False
    if public_only and (not address.is_global or _is_site_local(address)):
        return False
    return not (
        address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
    )


def _address(text: str) -> Address:
    return _plain(ipaddress.ip_address(text.partition("%")[0]))


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _is_site_local(address: Address) -> bool:
    """Return whether it is one of the private ones that IPv6 had before (RFC 3879)."""
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local


def _plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address.sixtofour or _translated(address) or address
    return address


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address behind NAT64 (RFC 6052)."""
    is_translated = address in ipaddress.IPv6Network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if is_translated else None
