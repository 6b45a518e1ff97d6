# SPDX-License-Identifier: EUPL-1.2
"""A provider of identity for tests: a real server of OpenID Connect on this machine."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.test import Client

from siac.accounts.public import Role
from siac.signin.asking import read_server
from siac.signin.commands.domains import add_domain
from siac.signin.commands.providers import save_provider
from siac.signin.models import IdentityProvider, MailDomain
from tests.factories import NOW, House

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

OWN = ("muni.cl", "puerto.example")


@dataclass
class Running:
    """The server, and where it is."""

    server: Any
    url: str

    def tell(self, sub: str, **claims: Any) -> None:
        """Have the server know somebody."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5).raise_for_status()


@contextmanager
def running(port: int = 0) -> Iterator[Running]:
    """Run the server until the block ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with oidc_provider_mock.run_server_in_thread(port=port) as server:
            yield Running(server, f"http://localhost:{server.server_port}")


def connect(house: House, server: Running, **changed: Any) -> IdentityProvider:
    """Have a body use the server, and have said which addresses are its own."""
    for domain in OWN:
        if not MailDomain.objects.filter(domain=domain).exists():
            add_domain(institution=house.institution, domain=domain, now=NOW)
    fields: dict[str, Any] = {
        "label": "Entrar con la cuenta municipal",
        "issuer": server.url,
        "client_id": "siac",
        "domain": "",
        "claim": "",
        "claim_value": "",
        "trusts_addresses": False,
        "provisions": False,
        "default_role": "",
        "default_unit_id": None,
        "is_only_way": False,
        "is_active": True,
        "secret": "un secreto",
    }
    return save_provider(
        institution=house.institution,
        actor=house.user(Role.ADMINISTRATOR),
        now=NOW,
        read=read_server(server.url),
        **{**fields, **changed},
    )


def sent_out(client: Client, house: House, go_on: str = "", path: str = "") -> str:
    """Press the button and return where that leads."""
    answer = client.get(f"/cuenta/institucional/{house.slug}/{path}", {"next": go_on} if go_on else {})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def come_back(client: Client, address: str, sub: str) -> Any:
    """Say at the server to be `sub`, and come back with what it gives."""
    there = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    parts = urlsplit(there.headers["Location"])
    return client.get(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})
