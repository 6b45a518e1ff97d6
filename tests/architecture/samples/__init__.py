# SPDX-License-Identifier: EUPL-1.2
"""A sample object for every address of the product, and who is meant to open it.

A file for each context (for each feature of `cases`): `SAMPLES` has a line for each of its addresses,
`make` makes the objects that they open with. An address without a line fails the sweep: whoever adds a
page says with which object it opens and for whom.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from siac.cases.portal.browser import COOKIE
from siac.cases.portal.following import FOLLOWING, cookie_name
from tests.architecture.samples import (
    appointments,
    callbacks,
    catalogue,
    charters,
    clocks,
    counter,
    findings,
    governance,
    improvement,
    indicators,
    infra,
    mailbox,
    mailroom,
    notices,
    offline,
    organizations,
    outreach,
    policy,
    portal,
    procedures,
    processes,
    programme,
    reporting,
    servicepoints,
    sicres,
    signin,
    signing,
    staff,
    statutory,
    surveys,
    transparency,
    ui,
    webhooks,
    workspace,
)
from tests.architecture.samples.cases import (
    alerts,
    appeals,
    attentions,
    auditing,
    bulk,
    causes,
    core,
    embedding,
    hearing,
    identified,
    imports,
    kinds,
    linking,
    lists,
    protection,
    reserve,
    routing,
    starter,
    suggesting,
    teamwork,
    traits,
)
from tests.architecture.samples.cases.core import BROWSER
from tests.architecture.samples.whom import EVERYONE, Made, Sample
from tests.factories import House

FILES: tuple[ModuleType, ...] = (
    infra,
    ui,
    core,
    clocks,
    alerts,
    appeals,
    attentions,
    auditing,
    bulk,
    causes,
    embedding,
    hearing,
    identified,
    imports,
    kinds,
    linking,
    lists,
    protection,
    reserve,
    routing,
    starter,
    suggesting,
    teamwork,
    traits,
    mailroom,
    statutory,
    procedures,
    charters,
    processes,
    programme,
    indicators,
    reporting,
    surveys,
    catalogue,
    servicepoints,
    staff,
    counter,
    callbacks,
    offline,
    appointments,
    organizations,
    findings,
    governance,
    signin,
    signing,
    improvement,
    policy,
    mailbox,
    sicres,
    transparency,
    webhooks,
    notices,
    outreach,
    portal,
    workspace,
)
"""In the order in which they make their objects: those of `cases.core` come before whatever needs a case."""

SAMPLES: dict[str, Sample] = {name: sample for each in FILES for name, sample in each.SAMPLES.items()}
FOREIGN = (
    "account_", "mfa_", "usersessions_", "socialaccount_", "headless", "api:", "open311:", "scim:", "metrics",
)  # fmt: skip
"""Addresses of the sign-in library, whose rules are its own, and of programs,
which have tokens and tests of their own.
"""


def build_objects(house: House) -> Made:
    """Make one of everything that addresses name, and return their arguments by key."""
    made: Made = {"slug": house.slug}
    now = timezone.now()
    for each in FILES:
        if hasattr(each, "make"):
            more = each.make(house, made, now)
            taken = made.keys() & more.keys()
            assert not taken, f"{each.__name__} makes what another made: {sorted(taken)}"
            made |= more
    return made


def addresses() -> list[str]:
    """Return the qualified name of every address the resolver knows; nameless ones by their pattern."""
    return sorted({name for name, _ in _walk(get_resolver(), "", "")})


def views() -> dict[str, str]:
    """Return the module of the view behind every address."""
    return {name: entry.callback.__module__ for name, entry in _walk(get_resolver(), "", "")}


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, route, inner)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else f"/{route}", entry)


def address_of(name: str, sample: Sample, objects: Made) -> str:
    """Return the address of a sample."""
    scoped = name.startswith(("portal:", "workspace:"))
    arguments = {**({"slug": objects["slug"]} if scoped else {}), **sample.arguments(objects)}
    asked = sample.query(objects)
    return reverse(name, kwargs=arguments) + (f"?{urlencode(asked)}" if asked else "")


def citizen_cookies(house: House, objects: dict[str, Any]) -> dict[str, str]:
    """Return the cookies of a citizen who has opened the sample case, wrote the draft and sent the other."""
    return {cookie_name(house.institution): FOLLOWING.sign(str(objects["case_pk"])), COOKIE: BROWSER}


__all__ = [
    "EVERYONE",
    "FILES",
    "FOREIGN",
    "SAMPLES",
    "Sample",
    "address_of",
    "addresses",
    "build_objects",
    "citizen_cookies",
    "views",
]
