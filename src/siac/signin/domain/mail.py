# SPDX-License-Identifier: EUPL-1.2
"""Domains of mail: what may be one of a body, and which one an address has."""

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
OF_EVERYBODY = frozenset(
    f"{name}.{end}"
    for names, ends in {
        "aol gmail googlemail icloud mac me msn mail fastmail hey latinmail rocketmail ymail zoho": "com",
        "hotmail live outlook yahoo": "com cl es pe com.pe com.mx com.ar co.uk fr it",
        "terra": "com cl es com.pe",
        "gmx": "com net de es",
        "proton protonmail pm": "me com ch",
        "tuta tutanota": "com io",
        "vtr telefonica": "net",
        "yandex": "com ru",
        "web": "de",
        "ya qq": "com",
        "free": "fr",
    }.items()
    for name in names.split()
    for end in ends.split()
)
"""Domains of mail in which anybody opens an address: none of them is a body's."""


def as_domain(text: str) -> str:
    """Return a domain in small letters, without @ before it and without a dot at its end.

    >>> as_domain("@Muni.CL.")
    'muni.cl'
    """
    return text.strip().lower().removeprefix("@").removesuffix(".")


def refusal_of_domain(domain: str) -> str:
    """Return why a domain can be no body's: domain_odd or domain_of_everybody; empty where it can."""
    if len(domain) > 253 or not _DOMAIN.fullmatch(domain):
        return "domain_odd"
    return "domain_of_everybody" if domain in OF_EVERYBODY else ""


def domain_of(address: str) -> str:
    """Return what follows the last @ of an address, in small letters; empty without one."""
    name, sign, domain = address.strip().lower().rpartition("@")
    return domain if name and sign else ""
